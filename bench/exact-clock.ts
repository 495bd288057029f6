/** The system's clock for the stand-ins, with the instants behind its dates: a Date holds only whole milliseconds. */
import { systemClock } from '../src/lib/clock.ts';
import type { Clock } from '../src/lib/clock.ts';

export type ExactClock = {
  readonly clock: Clock;
  /** When this clock gave out the date, as `performance.now()` would say. Throws for a date of another clock. */
  instantOf(date: Date): number;
};

export function createExactClock(): ExactClock {
  const instants = new WeakMap<Date, number>();
  return {
    clock: {
      ...systemClock,
      now() {
        const date = systemClock.now();
        instants.set(date, performance.now());
        return date;
      },
    },
    instantOf(date) {
      const instant = instants.get(date);
      if (instant === undefined) throw new Error('this date is not from this clock');
      return instant;
    },
  };
}
