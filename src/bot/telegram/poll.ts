/**
 * Our own poll loop: what Telegram delivers is on record before it is confirmed, is handed on in order, and counts
 * once. It survives everything the far side does and ends only when told to.
 */
import type { Api } from 'grammy';
import type { Update } from 'grammy/types';

import type { Inbox } from '../../domain/ports.ts';
import { backoff } from '../../lib/backoff.ts';
import { sleep } from '../../lib/clock.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Random } from '../../lib/random.ts';
import { messageOf, strange } from '../../lib/words.ts';
import type { KeptUpdate } from './late.ts';
import type { Standing } from './standing.ts';
import { troubleOf, troubleWords } from './trouble.ts';
import type { Trouble } from './trouble.ts';

/** How long Telegram may hold a poll. Every client limit must be well above, or half-open lines go unnoticed. */
const pollSeconds = 25;

const allowedUpdates = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;
const mostTries = 3;
/** A second poller right after a crash is the ghost of the first; only a lasting one is worth an alarm. */
const conflictGraceMs = 120_000;

export type PollParts = {
  readonly api: Api;
  readonly inbox: Inbox;
  readonly standing: Standing;
  /** The line works again: what could not be sent goes now. */
  readonly reachable: () => void;
  /** After each poll that worked. */
  readonly heard: () => Promise<void>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Once, before the first poll; again after it failed. */
  connect(): Promise<void>;
  /** Acts on one update. A throw means it did not count and is tried again. */
  act(update: Update): Promise<void>;
  /** Says that an update was given up; undefined when it could not even be read. */
  sayGivenUp(update: Update | undefined): Promise<void>;
};

/** Runs until `stopping` aborts; then ends as soon as the update at hand is done. Never rejects. */
export async function runPoll(parts: PollParts, stopping: AbortSignal): Promise<void> {
  let line: Line = brandNew;
  while (!stopping.aborted) {
    try {
      if (!line.connected) await parts.connect();
      line = { ...line, connected: true };
      await workOff(parts, stopping);
      // The first poll after trouble asks for what is there now: its answer proves that the line works.
      const seconds = line.proven ? pollSeconds : 0;
      if (!stopping.aborted) await pollOnce(parts, seconds, stopping);
      if (line.failures > 0) parts.reachable();
      line = afterSuccess(parts, line, seconds > 0);
      // What came in time counts before anything is said about a gap.
      await workOff(parts, stopping);
      await parts.heard();
    } catch (thrown) {
      if (stopping.aborted) return;
      line = await waitAfter(thrown, line, parts, stopping);
    }
  }
}

/** How the line to Telegram stands; failures are counted since the last poll that worked. */
type Line = {
  readonly connected: boolean;
  readonly proven: boolean;
  readonly failures: number;
  readonly conflicts: number;
  readonly conflictSince: Date | undefined;
  /** What was logged last: days without a network must not fill the log. */
  readonly said: string;
};

const brandNew: Line = {
  connected: false,
  proven: false,
  failures: 0,
  conflicts: 0,
  conflictSince: undefined,
  said: '',
};

/**
 * A poll that does not wait never meets another program’s: after a conflict only one that was held proves that nobody
 * else listens.
 */
function afterSuccess({ logger, standing }: PollParts, before: Line, wasHeld: boolean): Line {
  if (!wasHeld && before.conflictSince !== undefined) return { ...before, connected: true, proven: true };
  if (before.failures > 0) logger.info('Telegram: listening again.');
  standing.heard();
  return { ...brandNew, connected: true, proven: true };
}

async function waitAfter(thrown: unknown, before: Line, parts: PollParts, stopping: AbortSignal): Promise<Line> {
  const { clock, logger, standing, random } = parts;
  const trouble = troubleOf(thrown);
  const words =
    trouble === undefined ? `Could not take in what came: ${strange(messageOf(thrown), 200)}` : troubleWords(trouble);
  if (words !== before.said) logger.warn(`Telegram: ${words}`);
  const conflict = trouble?.kind === 'conflict';
  const line: Line = {
    connected: before.connected,
    proven: false,
    failures: before.failures + 1,
    conflicts: conflict ? before.conflicts + 1 : 0,
    conflictSince: conflict ? (before.conflictSince ?? clock.now()) : undefined,
    said: words,
  };
  const ghost =
    line.conflictSince !== undefined && clock.now().getTime() - line.conflictSince.getTime() < conflictGraceMs;
  if (!ghost) standing.deaf(words);
  await sleep(clock, waitMs(trouble, line, random.fraction()), stopping);
  return line;
}

function waitMs(trouble: Trouble | undefined, line: Line, fraction: number): number {
  if (trouble?.kind === 'wait') return trouble.seconds * 1_000;
  if (trouble?.kind === 'conflict') return [5_000, 10_000, 20_000][line.conflicts - 1] ?? 30_000;
  if (trouble?.kind === 'token_refused') return 300_000;
  // Our own disk needs no sparing, and a tap lives for 150 seconds.
  if (trouble === undefined) return backoff(line.failures, 500, 5_000, fraction);
  return backoff(line.failures, 1_000, 30_000, fraction);
}

async function pollOnce({ api, inbox, clock }: PollParts, seconds: number, stopping: AbortSignal): Promise<void> {
  const from = clock.now().getTime();
  const updates = await api.getUpdates({
    offset: await inbox.offset(),
    timeout: seconds,
    allowed_updates: allowedUpdates,
  });
  const last = updates.at(-1);
  if (last === undefined) {
    // A far side that does not hold the line must not make us spin.
    if (seconds > 0 && clock.now().getTime() - from < 1_000) await sleep(clock, 1_000, stopping);
    return;
  }
  const rows = updates.map((update) => ({
    id: update.update_id,
    payload: JSON.stringify({ ...update, received_at: clock.now().getTime() } satisfies KeptUpdate),
  }));
  // Ids start anew at random after a quiet week: the newest counts, even when it is smaller than the one before.
  await inbox.store(rows, last.update_id + 1);
}

/** Hands on what waits, oldest first. What fails is tried again before the next, so that order stays. */
async function workOff(parts: PollParts, stopping: AbortSignal): Promise<void> {
  const { inbox, clock, logger } = parts;
  for (const { id, payload, tries } of await inbox.waiting()) {
    const update = readUpdate(payload);
    for (let tried = tries + 1; !stopping.aborted; tried += 1) {
      const failure = update === undefined ? 'unreadable' : await failureOf(() => parts.act(update));
      if (failure === undefined) {
        await inbox.done(id);
        break;
      }
      const giveUp = update === undefined || tried >= mostTries;
      logger.error(`Telegram: an update failed (try ${tried} of ${mostTries}): ${failure}`);
      await inbox.failed(id, failure, giveUp);
      if (giveUp) {
        await parts.sayGivenUp(update);
        break;
      }
      await sleep(clock, 1_000 * tried, stopping);
    }
  }
}

function readUpdate(payload: string): Update | undefined {
  try {
    return JSON.parse(payload) as Update;
  } catch {
    return undefined;
  }
}

async function failureOf(act: () => Promise<void>): Promise<string | undefined> {
  try {
    await act();
    return undefined;
  } catch (thrown) {
    return messageOf(thrown);
  }
}
