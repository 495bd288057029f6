/**
 * The undo time of each approval by a clock that nobody can set: an hour's jump of the time of day must not end it at
 * once, nor make an hour of ten seconds. Known in memory only; after a start the time on record counts.
 */
import type { Clock } from '../lib/clock.ts';

export type Holds = {
  /** @param hold.from the time of day at which it begins, as its end is on record; what was approved for a later time has both */
  begin(draftId: string, hold: { readonly ms: number; readonly from: Date }): void;
  /** When it ends by the time of day as that is now: another instant than on record once somebody set the clock. Undefined when it is over, or not known. */
  end(draftId: string): Date | undefined;
  /** Whether this instant on record is nothing but the end of an undo time that is known here: then the time of day says nothing. */
  isEnd(draftId: string, at: Date | undefined): boolean;
  /** Nothing is held back any more. */
  forget(draftId: string): void;
};

/** Two clocks never agree to the millisecond; in milliseconds. */
const sameMs = 1_000;

/** @param over called when an undo time is over although it is not by the time of day: nobody else would notice */
export function createHolds(clock: Clock, over: (draftId: string) => void): Holds {
  const holds = new Map<string, { readonly endsAt: number; until: number }>();

  return {
    begin(draftId, { ms, from }) {
      holds.delete(draftId);
      if (ms <= 0) return;
      const hold = { endsAt: clock.steady() + ms, until: from.getTime() + ms };
      holds.set(draftId, hold);
      clock.after(ms, () => {
        if (holds.get(draftId) === hold && clock.now().getTime() < hold.until) over(draftId);
      });
    },
    end(draftId) {
      const hold = holds.get(draftId);
      const left = Math.ceil((hold?.endsAt ?? 0) - clock.steady());
      if (hold === undefined || left <= 0) return undefined;
      const end = clock.now().getTime() + left;
      if (Math.abs(end - hold.until) >= sameMs) hold.until = end;
      return new Date(hold.until);
    },
    isEnd: (draftId, at) => at !== undefined && holds.get(draftId)?.until === at.getTime(),
    forget: (draftId) => void holds.delete(draftId),
  };
}
