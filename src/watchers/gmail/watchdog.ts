import type { Clock } from '../../lib/clock.ts';

const patienceMs = 60_000;

/** Calls `giveUp` when there was no sign of life for a minute. */
export function createWatchdog(clock: Clock, giveUp: () => void): { alive(): void; end(): void } {
  let cancel = clock.after(patienceMs, giveUp);
  return {
    alive() {
      cancel();
      cancel = clock.after(patienceMs, giveUp);
    },
    end: () => cancel(),
  };
}
