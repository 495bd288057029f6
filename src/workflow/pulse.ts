/**
 * The beat of the whole: every interval the folders are compared with the record, and the status files are written.
 * `healthz` asks it whether the beat still goes.
 */
import type { Health } from '../domain/health.ts';
import type { Door } from '../domain/ports.ts';
import type { Clock } from '../lib/clock.ts';
import { localDate, localSeconds } from '../lib/local-time.ts';
import type { Logger } from '../lib/logger.ts';
import { messageOf, strange, unmarked } from '../lib/words.ts';
import type { StatusFiles } from '../vault/status-files.ts';
import { jumpWords } from './clock-jumps.ts';
import type { ClockJump } from './clock-jumps.ts';

export type Pulse = {
  start(): Promise<void>;
  stop(): Promise<void>;
  health(): Health;
};

export type PulseParts = {
  readonly intervalSeconds: number;
  readonly rescan: () => Promise<void>;
  readonly door: Door;
  readonly files: StatusFiles;
  /** Name of the watcher whose last look is `last_gmail_check`. */
  readonly mailWatcher: string;
  /** The clock was set since the last beat; undefined when it was not. */
  readonly clockJump: () => ClockJump | undefined;
  /** Tells people in every chat, once. */
  readonly announce: (text: string, key: string) => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
};

export function createPulse(parts: PulseParts): Pulse {
  const { clock, logger } = parts;
  let cancel: (() => void) | undefined;
  let beating: Promise<void> | undefined;
  let stopped = false;
  let since = clock.now();
  let lastLook: Date | undefined;
  let trouble = '';

  const beat = async () => {
    try {
      await sayJump(parts);
      await parts.rescan();
      lastLook = clock.now();
      if (trouble !== '') since = lastLook;
      trouble = '';
    } catch (thrown) {
      if (trouble === '') since = clock.now();
      trouble = messageOf(thrown);
      logger.error(`Comparing folders and record failed: ${trouble}`, thrown);
    }
    await writeFiles(parts, lastLook, true);
  };
  const arm = () => {
    if (stopped) return;
    cancel = clock.after(parts.intervalSeconds * 1_000, () => {
      beating = beat().finally(arm);
    });
  };

  return {
    async start() {
      lastLook = clock.now();
      await writeFiles(parts, lastLook, true);
      arm();
    },
    async stop() {
      stopped = true;
      cancel?.();
      await beating;
      await writeFiles(parts, lastLook, false);
    },
    health() {
      const late = lastLook === undefined || clock.now().getTime() - lastLook.getTime() > lateMs(parts.intervalSeconds);
      const standing = trouble === '' && !late ? 'well' : 'troubled';
      const words =
        trouble === ''
          ? 'Folders and record are compared.'
          : `Comparing folders and record fails: ${strange(trouble, 200)}`;
      return { part: 'vault', standing, since, lastSuccess: lastLook, words };
    },
  };
}

async function sayJump({ clockJump, announce, clock, logger }: PulseParts): Promise<void> {
  const jump = clockJump();
  if (jump === undefined) return;
  const words = jumpWords(jump);
  logger.warn(words);
  await announce(words, `clock:${clock.now().toISOString()}`);
}

/** A look at 10,000 waiting drafts takes seconds; three intervals and a minute without one is trouble. */
const lateMs = (intervalSeconds: number): number => intervalSeconds * 3_000 + 60_000;

const localIso = (at: Date): string => `${localDate(at)}T${localSeconds(at)}`;

/** A status file that can't be written (disk full, read-only vault) must not stop the work; it is logged once a beat. */
async function writeFiles(parts: PulseParts, lastLook: Date | undefined, running: boolean): Promise<void> {
  try {
    const { files, door, clock } = parts;
    const status = await door.status();
    const mail = status.parts.find((part) => part.part === parts.mailWatcher);
    const { counts } = status;
    await files.report({
      timestamp: localIso(clock.now()),
      running,
      last_gmail_check: mail?.lastSuccess === undefined ? null : localIso(mail.lastSuccess),
      last_approval_check: lastLook === undefined ? null : localIso(lastLook),
      processed_files_count: counts.done + counts.rejected + counts.failed,
      pending_approval_count: counts.pending,
      approved_count: counts.approved,
      in_progress_count: counts.inProgress,
      unknown_count: counts.unknown,
      done_count: counts.done,
      rejected_count: counts.rejected,
      failed_count: counts.failed,
      paused: status.paused,
      parts: status.parts.map((part) => ({ part: part.part, standing: part.standing, words: unmarked(part.words) })),
    });
    await files.status(running ? sentence(status.paused, counts) : 'Stopped.');
  } catch (thrown) {
    parts.logger.warn(`The status files could not be written: ${messageOf(thrown)}`);
  }
}

const sentence = (paused: boolean, counts: { pending: number; approved: number; unknown: number }): string =>
  [
    paused ? 'Paused.' : '✓ Running.',
    `${counts.pending} waiting for approval, ${counts.approved} approved.`,
    ...(counts.unknown > 0 ? [`${counts.unknown} with unknown outcome.`] : []),
  ].join(' ');
