import type { Parts } from '../../src/workflow/parts.ts';

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
  const wrap = (target: object, writing: ReadonlySet<string>) => {
    for (const [name, value] of Object.entries(target)) {
      if (typeof value === 'function') Object.assign(target, { [name]: mortal(value as Call, writing.has(name)) });
    }
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
    beforeStart({ ledger, vault, lastCommit }: Parts): void {
      const { tx } = ledger;
      for (const part of Object.values(ledger)) if (typeof part === 'object') wrap(part, writesOfTables);
      wrap(vault, writesOfVault);
      wrap(lastCommit, new Set(['write']));
      const { inbox, memory } = ledger;
      const wrapped = <T extends object>(target: T, writing: ReadonlySet<string>): T => {
        wrap(target, writing);
        return target;
      };
      Object.assign(ledger, {
        inbox: (channel: string) => wrapped(inbox(channel), writesOfInbox),
        memory: (channel: string) => wrapped(memory(channel), writesOfTables),
      });
      Object.assign(ledger, { tx: mortal(tx as Call, true) });
    },
  };
}

type Call = (...given: unknown[]) => Promise<unknown>;

const writesOfTables: ReadonlySet<string> = new Set(
  'insert put change append start commit end settle want shown renew retired add mark set settleSending'.split(' '),
);
const writesOfVault: ReadonlySet<string> = new Set([
  'move',
  'create',
  'replaceText',
  'stamp',
  'keepPicture',
  'replaceMedia',
]);
const writesOfInbox: ReadonlySet<string> = new Set(['store', 'done', 'failed']);
