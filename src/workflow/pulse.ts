/**
 * The beat of the whole: every interval the folders are compared with the record, and the status files are written.
 * `healthz` asks it whether the beat still goes.
 */
import { createHealth } from '../domain/health.ts';
import type { Health } from '../domain/health.ts';
import type { Door } from '../domain/ports.ts';
import type { Clock } from '../lib/clock.ts';
import { localDate, localSeconds } from '../lib/local-time.ts';
import type { Logger } from '../lib/logger.ts';
import { messageOf, oneLine, strange, unmarked } from '../lib/words.ts';
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
  /** What keeps a part of the vault from being used, each in words. */
  readonly inspect: () => Promise<readonly string[]>;
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
  let lastLook: Date | undefined;
  const compared = 'Folders and record are compared.';
  const kept = createHealth('vault', clock, { standing: 'well', words: compared });
  const findings = createFindings(parts);

  const look = async (): Promise<string> => {
    try {
      await sayJump(parts);
      await parts.rescan();
      lastLook = clock.now();
      return '';
    } catch (thrown) {
      logger.error(`Comparing folders and record failed: ${messageOf(thrown)}`, thrown);
      return messageOf(thrown);
    }
  };
  const beat = async () => {
    const trouble = await look();
    await findings.renew(lastLook);
    note(trouble);
  };
  const note = (trouble: string) => {
    const fails = trouble === '' ? [] : [`Comparing folders and record fails: ${strange(trouble, 200)}`];
    // A folder that can’t be listed is found by both; once is enough.
    const others = findings.words().filter((one) => one !== trouble);
    const wrong = oneLine([...fails, ...others].join(' '), 500);
    kept.become(wrong === '' ? 'well' : 'troubled', wrong === '' ? compared : wrong);
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
      await findings.renew(lastLook);
      note('');
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
      return { ...kept.now(), ...(late ? { standing: 'troubled' } : {}), lastSuccess: lastLook };
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

/** What is wrong with places in the vault and with the status files, as the last beat found it. */
function createFindings(parts: PulseParts) {
  let found: readonly string[] = [];
  return {
    words: () => found,
    async renew(lastLook: Date | undefined): Promise<void> {
      const places = await parts.inspect().catch((thrown: unknown) => [messageOf(thrown)]);
      // Said once, and again after it was right: a week without a remedy must not fill the log.
      for (const words of places) if (!found.includes(words)) parts.logger.warn(words);
      // The status files tell it too.
      found = places;
      const unwritten = await writeFiles(parts, lastLook, true);
      if (unwritten !== '') found = [...places, unwritten];
    },
  };
}

/** A look at 10,000 waiting drafts takes seconds; three intervals and a minute without one is trouble. */
const lateMs = (intervalSeconds: number): number => intervalSeconds * 3_000 + 60_000;

const localIso = (at: Date): string => `${localDate(at)}T${localSeconds(at)}`;

/**
 * A status file that can't be written (disk full, read-only vault) must not stop the work; it is logged once a beat.
 * @returns why not, in words; empty when they are written
 */
async function writeFiles(parts: PulseParts, lastLook: Date | undefined, running: boolean): Promise<string> {
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
    return '';
  } catch (thrown) {
    const words = `The status files could not be written: ${messageOf(thrown)}`;
    parts.logger.warn(words);
    return words;
  }
}

const sentence = (paused: boolean, counts: { pending: number; approved: number; unknown: number }): string =>
  [
    paused ? 'Paused.' : '✓ Running.',
    `${counts.pending} waiting for approval, ${counts.approved} approved.`,
    ...(counts.unknown > 0 ? [`${counts.unknown} with unknown outcome.`] : []),
  ].join(' ');
