import type { Health } from '../../domain/health.ts';
import type { Clock } from '../../lib/clock.ts';
import { oneLine } from '../../lib/words.ts';

/** Keeps how the watcher stands, and since when. */
export type Standing = {
  set(standing: Health['standing'], words: string): void;
  succeeded(): void;
  health(): Health;
};

/** @param silentMs without a success for so long, "well" is no longer true */
export function createStanding(part: string, clock: Clock, silentMs: number): Standing {
  let health: Health = { part, standing: 'off', since: clock.now(), lastSuccess: undefined, words: 'Not started.' };
  const set: Standing['set'] = (standing, words) => {
    const since = standing === health.standing ? health.since : clock.now();
    health = { ...health, standing, since, words: oneLine(words, 300) };
  };
  return {
    set,
    succeeded() {
      set('well', 'Watching the INBOX.');
      health = { ...health, lastSuccess: clock.now() };
    },
    health() {
      const last = health.lastSuccess?.getTime() ?? 0;
      if (health.standing === 'well' && clock.now().getTime() - last > silentMs) {
        return { ...health, standing: 'troubled', words: 'The mail server has not answered for a while.' };
      }
      return health;
    },
  };
}
