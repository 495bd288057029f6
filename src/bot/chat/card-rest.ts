/**
 * Which changes of a card may wait a moment, so that several become one: two within a second, and in a group the step
 * "going out now", which the result mostly follows within seconds. The first change after a card was sent never waits.
 */
import type { Card } from '../../domain/card.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Place } from './messenger.ts';

export type Rest = {
  /** Seconds until this change may be shown; 0: now. */
  secondsFor(card: Card, place: Place): number;
  /** A change of it was shown. */
  changed(card: Card): void;
};

const betweenMs = 1_000;
/** A result mostly follows before that; when it does not, people want to know. */
const worksMs = 30_000;
const mostKept = 1_000;

/** @param isShared whether several people read there */
export function createRest(clock: Clock, isShared: (place: Place) => boolean): Rest {
  const last = new Map<string, { readonly shownAt: number; readonly worksSince: number | undefined }>();
  const keep = (key: string, value: { shownAt: number; worksSince: number | undefined }) => {
    last.delete(key);
    last.set(key, value);
    const oldest = last.keys().next().value;
    if (last.size > mostKept && oldest !== undefined) last.delete(oldest);
  };
  return {
    secondsFor({ key, mood }, place) {
      const now = clock.now().getTime();
      const before = last.get(key);
      // Set back by people or time servers: then nothing is known.
      const since = before !== undefined && before.shownAt <= now ? now - before.shownAt : betweenMs;
      const soon = betweenMs - since;
      if (mood !== 'works' || !isShared(place)) return Math.max(0, soon) / 1_000;
      const worksSince = before?.worksSince ?? now;
      if (before?.worksSince === undefined) keep(key, { shownAt: before?.shownAt ?? 0, worksSince: now });
      return Math.max(0, soon, worksSince <= now ? worksSince + worksMs - now : 0) / 1_000;
    },
    changed({ key }) {
      keep(key, { shownAt: clock.now().getTime(), worksSince: undefined });
    },
  };
}
