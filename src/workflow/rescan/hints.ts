/**
 * Looks when told to, but not without a pause. Our own moves are hints too: with a thousand drafts waiting, one look
 * after the other would leave no time for anything else.
 */
import type { Clock } from '../../lib/clock.ts';

/** A look may take a quarter of the time. */
const restsFor = 3;
const longestRestMs = 1_000;

/** @param look never rejects @returns to be called at every hint; never waits */
export function createHints(clock: Clock, look: () => Promise<void>): () => void {
  let isBusy = false;
  let isToldAgain = false;
  const rested = () => {
    isBusy = false;
    if (isToldAgain) hint();
  };
  const hint = (): void => {
    isToldAgain = isBusy;
    if (isBusy) return;
    isBusy = true;
    const began = clock.now().getTime();
    void look().then(() => {
      const restMs = Math.min(restsFor * (clock.now().getTime() - began), longestRestMs);
      if (restMs > 0) clock.after(restMs, rested);
      else rested();
    });
  };
  return hint;
}
