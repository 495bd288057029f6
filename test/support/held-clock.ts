import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../src/lib/clock.ts';

/** A clock that stands still until told to go on. */
export type HeldClock = Clock & {
  /** Lets `ms` pass: calls what falls due, in order, each at its own instant, and lets its promises run. */
  advance(ms: number): Promise<void>;
  /** Sets the time of day forward or back, as people and time servers do: durations go on as if nothing happened. */
  jump(ms: number): void;
  /** How many calls are waiting. */
  waiting(): number;
};

/** Starts at `start`. @param settle lets promises run between two instants; the usual one is enough without input or output */
export function createHeldClock(start: Date, settle: () => Promise<void> = fewTurns): HeldClock {
  let now = start.getTime();
  let jumped = 0;
  const calls = new Set<{ at: number; readonly call: () => void }>();

  const nextUntil = (end: number) =>
    [...calls]
      .filter(({ at }) => at <= end)
      .reduce<{ at: number; call: () => void } | undefined>(
        (first, other) => (first === undefined || other.at < first.at ? other : first),
        undefined,
      );

  return {
    now: () => new Date(now),
    steady: () => now - jumped,
    after(ms, call) {
      const entry = { at: now + Math.max(ms, 0), call };
      calls.add(entry);
      return () => void calls.delete(entry);
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (let next = nextUntil(end); next !== undefined; next = nextUntil(end)) {
        calls.delete(next);
        now = next.at;
        next.call();
        await settle();
      }
      now = end;
      await settle();
    },
    jump(ms) {
      now += ms;
      jumped += ms;
      for (const entry of calls) entry.at += ms;
    },
    waiting: () => calls.size,
  };
}

// Enough for chains of promises without real input or output; for those a test waits for its condition.
async function fewTurns(): Promise<void> {
  for (let round = 0; round < 5; round += 1) await setImmediate();
}
