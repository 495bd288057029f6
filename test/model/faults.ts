import type { Parts } from '../../src/workflow/parts.ts';
import { blocks } from '../../src/domain/problem.ts';

export type Fault = 'none' | 'disk full' | 'locked' | 'one write';

/** Makes writes fail while a fault stands. Reading goes on, as on a full disk. */
export function createFaults() {
  let fault: Fault = 'none';
  const fails = (): boolean => {
    if (fault === 'one write') {
      fault = 'none';
      return true;
    }
    return fault === 'disk full';
  };
  const writing = new Set(
    'insert put change append start commit end settle want shown renew retired add mark set'.split(' '),
  );
  return {
    set(next: Fault) {
      fault = next;
    },
    beforeStart({ ledger, vault }: Parts): void {
      for (const part of Object.values(ledger)) if (typeof part === 'object') wrap(part, writing, throwing(fails));
      wrap(ledger, new Set(['tx']), throwing(fails));
      wrap(vault, new Set(['move', 'create', 'replaceText', 'stamp']), (usual) => async (...given) => {
        const code = fault === 'locked' ? 'EBUSY' : 'ENOSPC';
        const problem = blocks('unreachable', `The file can’t be written (${code}).`, 'Try again.');
        return fault === 'locked' || fails() ? { kind: 'failed', problem } : await usual(...given);
      });
    },
  };
}

type Call = (...given: unknown[]) => Promise<unknown>;

const throwing =
  (fails: () => boolean) =>
  (usual: Call): Call =>
  async (...given) => {
    if (fails()) throw new Error('database or disk is full');
    return await usual(...given);
  };

function wrap(target: object, names: ReadonlySet<string>, around: (usual: Call) => Call): void {
  for (const [name, value] of Object.entries(target)) {
    if (typeof value === 'function' && names.has(name)) Object.assign(target, { [name]: around(value as Call) });
  }
}
