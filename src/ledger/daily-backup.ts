/**
 * A copy of the ledger a day, made while everything goes on: the way back when the disk loses the original. They lie
 * beside it, never in the vault, and the newest seven are kept.
 */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import { localDate } from '../lib/local-time.ts';
import type { Logger } from '../lib/logger.ts';
import { messageOf } from '../lib/words.ts';

export type DailyBackup = {
  start(): void;
  /** Waits for a copy that is being made. */
  stop(): Promise<void>;
};

const kept = 7;
const lookMs = 3_600_000;
/** Not in the middle of a start. */
const firstLookMs = 60_000;

export function createDailyBackup(parts: {
  readonly backup: (file: string) => Promise<void>;
  readonly folder: string;
  readonly clock: Clock;
  readonly logger: Logger;
}): DailyBackup {
  const { backup, folder, clock, logger } = parts;
  let cancel = (): void => undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;

  const look = async (): Promise<void> => {
    const name = `ledger-${localDate(clock.now())}.db`;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const before = await copiesIn(folder);
    if (before.includes(name)) return;
    await backup(join(folder, name));
    for (const old of (await copiesIn(folder)).slice(0, -kept)) await rm(join(folder, old), { force: true });
  };
  const arm = (ms: number): void => {
    if (stopped) return;
    cancel = clock.after(ms, () => {
      running = look()
        .catch((thrown: unknown) => logger.warn(`The ledger could not be backed up: ${messageOf(thrown)}`))
        .finally(() => arm(lookMs));
    });
  };
  return {
    start: () => arm(firstLookMs),
    async stop() {
      stopped = true;
      cancel();
      await running;
    },
  };
}

/** Oldest first: the day is in the name. */
const copiesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder)).filter((name) => /^ledger-\d{4}-\d\d-\d\d\.db$/.test(name)).toSorted();
