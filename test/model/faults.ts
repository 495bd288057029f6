import type { Parts } from '../../src/workflow/parts.ts';
import { blocks } from '../../src/domain/problem.ts';
import { wrapCalls } from '../support/durable-writes.ts';
import type { Call } from '../support/durable-writes.ts';

export type Fault = 'none' | 'disk full' | 'locked' | 'one write';

/** Makes writes fail while a fault stands. Reading goes on, as on a full disk. */
export function createFaults() {
  let fault: Fault = 'none';
  let room = 0;
  let lasts = false;
  const fails = (): boolean => {
    if (fault === 'one write') {
      fault = 'none';
      return true;
    }
    if (fault !== 'disk full') return false;
    room -= 1;
    return room < 0;
  };
  const throwing =
    (usual: Call): Call =>
    async (...given) => {
      if (fails()) throw new Error('database or disk is full');
      return await usual(...given);
    };
  const refusing =
    (usual: Call): Call =>
    async (...given) => {
      const code = fault === 'locked' ? 'EBUSY' : 'ENOSPC';
      const problem = blocks('unreachable', `The file can’t be written (${code}).`, 'Try again.');
      return fault === 'locked' || fails() ? { kind: 'failed', problem } : await usual(...given);
    };
  return {
    set(next: Fault) {
      fault = next;
      room = 0;
      lasts = false;
    },
    /** So many writes still fit, then none, for this process and for those after it, until somebody makes room. */
    fill(fits: number) {
      fault = 'disk full';
      room = fits;
      lasts = true;
    },
    /** What is left of it for the next process. */
    outlive() {
      if (!lasts) fault = 'none';
    },
    isFull: () => fault === 'disk full' && room < 0,
    beforeStart(parts: Parts): void {
      wrapCalls(parts, (usual, kind) => {
        if (!kind.writes) return usual;
        return kind.in === 'vault' ? refusing(usual) : throwing(usual);
      });
      const { recordLog, runFiles } = parts;
      Object.assign(recordLog, { append: throwing(recordLog.append as Call) });
      Object.assign(runFiles, { open: throwing(runFiles.open as Call) });
    },
  };
}
