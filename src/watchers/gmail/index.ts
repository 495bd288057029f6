/**
 * The mail watcher: looks when the server hints at something new and every check interval, and comes back from whatever
 * happens to the connection.
 */
import type { Watcher } from '../../domain/ports.ts';
import { sleep } from '../../lib/clock.ts';
import { createStanding } from '../standing.ts';
import { createBell } from './bell.ts';
import { createRounds, type GmailWatcherParts } from './rounds.ts';

export type { GmailWatcherParts };

/** Finds new mail in the INBOX of one account, by IMAP. Mail from before its first look is left alone. */
export function createGmailWatcher(parts: GmailWatcherParts): Watcher {
  const { clock, config, logger } = parts;
  const bell = createBell(clock);
  const silentMs = 3_000 * config.checkIntervalSeconds + 120_000;
  const standing = createStanding({ part: 'gmail', clock, logger, silentMs });
  const rounds = createRounds(parts, bell, standing);
  let stopping = new AbortController();
  let running: Promise<void> | undefined;
  let asked: (() => void)[] = [];

  const run = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      const served = asked.splice(0);
      const waitMs = await rounds.next(signal);
      for (const done of served) done();
      if (rounds.isLockedOut()) {
        // Not the bell: neither a question nor a hint may end this pause.
        for (const done of asked.splice(0)) done();
        await sleep(clock, waitMs, signal);
      } else if (asked.length === 0) {
        // Whoever asked during the round wants one that begins after the question.
        await bell.wait(waitMs, signal);
      }
    }
    await rounds.leave();
  };

  return {
    name: 'gmail',
    start() {
      if (running !== undefined) return Promise.resolve();
      stopping = new AbortController();
      standing.starting('Connecting to the mailbox.');
      running = run(stopping.signal);
      return Promise.resolve();
    },
    check() {
      if (running === undefined || rounds.isLockedOut()) return Promise.resolve();
      return new Promise((resolve) => {
        asked.push(resolve);
        bell.ring();
      });
    },
    async stop() {
      stopping.abort();
      await running;
      running = undefined;
      standing.stopped();
      for (const done of asked) done();
      asked = [];
    },
    health: standing.health,
  };
}
