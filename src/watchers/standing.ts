import { createHealth } from '../domain/health.ts';
import type { Health } from '../domain/health.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { oneLine } from '../lib/words.ts';

/** Keeps how a watcher stands, and since when. */
export type WatcherStanding = {
  starting(words: string): void;
  /** It looked, and all is well. */
  well(words: string): void;
  /** Also logs it, but not again while the words stay the same: a week without a network must not fill the log. */
  troubled(words: string): void;
  stopped(): void;
  health(): Health;
};

/** @param silentMs without a look that went well for so long, "well" is no longer true */
export function createStanding(parts: {
  part: string;
  clock: Clock;
  logger: Logger;
  silentMs: number;
}): WatcherStanding {
  const { part, clock, logger, silentMs } = parts;
  const kept = createHealth(part, clock, { standing: 'off', words: 'Not started.' });
  const set = (standing: Health['standing'], words: string): void => {
    kept.become(standing, oneLine(words, 300));
    if (standing === 'well') kept.succeeded();
  };
  return {
    starting: (words) => set('starting', words),
    well: (words) => set('well', words),
    troubled(words) {
      const before = kept.now();
      set('troubled', words);
      const now = kept.now();
      if (before.standing !== 'troubled' || before.words !== now.words) logger.warn(now.words);
    },
    stopped: () => set('off', 'Stopped.'),
    health() {
      const health = kept.now();
      const last = health.lastSuccess?.getTime() ?? 0;
      const silent = clock.now().getTime() - last > silentMs;
      return health.standing === 'well' && silent
        ? { ...health, standing: 'troubled', words: 'No look has gone well for a while.' }
        : health;
    },
  };
}
