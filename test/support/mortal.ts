import type { Parts } from '../../src/workflow/parts.ts';
import { wrapCalls } from './durable-writes.ts';
import type { Call } from './durable-writes.ts';

/** Where a process dies: `before` or `after` its n-th durable write, from 1. */
export type Death = { readonly write: number; readonly side: 'before' | 'after' };

/**
 * Parts that live up to one durable write and then hang, every call of them, as in a process that was killed: nothing
 * after that instant is read, written or answered.
 */
export function createMortality(death: Death, isArmed = true) {
  let writes = 0;
  let isDead = false;
  let isSpared = !isArmed;
  let die: () => void = () => undefined;
  const dead = new Promise<void>((resolve) => {
    die = () => {
      isDead = true;
      resolve();
    };
  });
  const hang = (): Promise<never> => new Promise(() => undefined);
  const mortal =
    (usual: Call, counts: boolean): Call =>
    async (...given) => {
      if (isDead) return await hang();
      if (!counts || isSpared) return await usual(...given);
      writes += 1;
      const last = writes === death.write;
      if (last && death.side === 'before') {
        die();
        return await hang();
      }
      const result = await usual(...given);
      if (last) die();
      return isDead ? await hang() : result;
    };
  return {
    dead,
    isDead: () => isDead,
    /** From now on it does not die any more: the story is over, and its end has writes of its own. */
    spare: () => {
      isSpared = true;
    },
    /** From now on it may die again, and writes count from here. */
    arm: () => {
      isSpared = false;
      writes = 0;
    },
    beforeStart(parts: Parts): void {
      wrapCalls(parts, (usual, { writes: counts }) => mortal(usual, counts));
    },
  };
}
