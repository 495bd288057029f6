import { join } from 'node:path';
import type { Cursor, TakeIn, Watcher } from '../../domain/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Root } from '../../lib/root.ts';
import { messageOf, strange } from '../../lib/words.ts';
import { createStanding } from '../standing.ts';
import { createEntries } from './entries.ts';
import { tick } from './tick.ts';

const minuteMs = 60_000;

/**
 * Makes a draft at each tick of the entries in `Schedule/*.md`. Looks once a minute, which also finds changed entries.
 * After a pause only the latest missed tick counts, and only when it is younger than a day. A new or changed entry
 * begins now: it never makes up for ticks from before it was written.
 */
export function createScheduleWatcher(parts: {
  /** The vault's. */
  root: Root;
  takeIn: TakeIn;
  cursor: Cursor;
  clock: Clock;
  logger: Logger;
}): Watcher {
  const { takeIn, cursor, clock, logger } = parts;
  const entries = createEntries(parts.root, join(parts.root.path, 'Schedule'));
  const standing = createStanding({ part: 'schedule', clock, logger, silentMs: 10 * minuteMs });
  let running = false;
  let looking: Promise<void> | undefined;
  let cancel = () => {};

  const look = async (): Promise<void> => {
    try {
      await entries.reload();
      await tick({ entries, cursor, takeIn, now: clock.now(), goOn: () => running });
      const trouble = entries.trouble();
      if (trouble === '')
        standing.well(`Watching Schedule/, ${entriesWords(entries.usable().length)}. ${entries.remarks()}`.trim());
      else standing.troubled(trouble);
    } catch (thrown) {
      standing.troubled(
        `The schedule could not be carried on: ${strange(messageOf(thrown), 200)}. It is tried again in a minute.`,
      );
    }
  };

  const check = async (): Promise<void> => {
    if (!running) return;
    looking ??= look().finally(() => {
      looking = undefined;
      cancel();
      // Just after the next full minute, so that a tick isn't late by up to one.
      if (running) cancel = clock.after(minuteMs - (clock.now().getTime() % minuteMs) + 50, () => void check());
    });
    await looking;
  };

  return {
    name: 'schedule',
    async start() {
      running = true;
      standing.starting('Reading Schedule/.');
      await check();
    },
    check,
    async stop() {
      running = false;
      cancel();
      await looking;
      await entries.clear();
      standing.stopped();
    },
    health: standing.health,
  };
}

const entriesWords = (count: number): string => (count === 1 ? '1 entry' : `${count} entries`);
