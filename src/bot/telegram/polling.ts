/**
 * Our own poll loop: what Telegram delivers is on record before it is confirmed, is handed on in order, and counts
 * once. It survives everything the far side does and ends only when told to.
 */
import type { Api } from 'grammy';
import type { Message, Update } from 'grammy/types';

import type { Inbox } from '../../domain/ports.ts';
import { backoff } from '../../lib/backoff.ts';
import { sleep } from '../../lib/clock.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Random } from '../../lib/random.ts';
import { messageOf, strange } from '../../lib/words.ts';
import { runFrom } from './pieces.ts';
import type { KeptUpdate } from './pieces.ts';
import type { Standing } from '../chat/channel-health.ts';
import type { Trouble } from '../chat/trouble.ts';
import { troubleOf } from './errors.ts';

/** How long Telegram may hold a poll. Every client limit must be well above, or half-open lines go unnoticed. */
const pollSeconds = 25;

const allowedUpdates = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;
const mostTries = 3;
/** So long the next piece of a text that an app may have cut is waited for. The apps send the pieces at once. */
const pieceMs = 2_000;
/** Others may write all the time: after so many polls it is enough. */
const mostPolls = 20;
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
  act(update: KeptUpdate): Promise<void>;
  /** Whether this message may mean something here, so that more of it is waited for. */
  mayCount(message: Message): boolean;
  /** Says that an update was given up; undefined when it could not even be read. */
  sayGivenUp(update: Update | undefined): Promise<void>;
};

/** Runs until `stopping` aborts; then ends as soon as the update at hand is done. Never rejects. */
export async function runPoll(parts: PollParts, stopping: AbortSignal): Promise<void> {
  let line: Line = brandNew;
  const hold = createHold(parts.clock);
  while (!stopping.aborted) {
    try {
      if (!line.connected) await parts.connect();
      line = { ...line, connected: true };
      const held = await workOff(parts, hold, stopping);
      // The first poll after trouble asks for what is there now: its answer proves that the line works.
      const seconds = !line.proven ? 0 : held ? pieceMs / 1_000 : pollSeconds;
      if (!stopping.aborted) await pollOnce(parts, seconds, stopping);
      hold.polled();
      if (line.failures > 0) parts.reachable();
      line = afterSuccess(parts, line, seconds > 0);
      // What came in time counts before anything is said about a gap.
      await workOff(parts, hold, stopping);
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
  if (before.failures > 0) logger.info('listening again.');
  standing.heard();
  return { ...brandNew, connected: true, proven: true };
}

async function waitAfter(thrown: unknown, before: Line, parts: PollParts, stopping: AbortSignal): Promise<Line> {
  const { clock, logger, standing, random } = parts;
  const trouble = troubleOf(thrown);
  const words =
    trouble === undefined ? `Could not take in what came: ${strange(messageOf(thrown), 200)}` : trouble.words;
  if (words !== before.said) logger.warn(words);
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

/** Whether the piece that may still come was waited for: Telegram was asked, and the time is over. */
type Hold = {
  isOver(id: number, receivedAt: number | undefined): boolean;
  polled(): void;
};

function createHold(clock: Clock): Hold {
  let waitsFor: { readonly id: number; readonly from: number; polls: number } | undefined;
  return {
    isOver(id, receivedAt) {
      const now = clock.now().getTime();
      // Also what lay here while we were off: its other piece may still lie with Telegram.
      if (waitsFor?.id !== id) waitsFor = { id, from: receivedAt ?? now, polls: 0 };
      const { from, polls } = waitsFor;
      return polls >= mostPolls || (polls > 0 && now - from >= pieceMs);
    },
    polled() {
      if (waitsFor !== undefined) waitsFor.polls += 1;
    },
  };
}

type Waiting = Awaited<ReturnType<Inbox['waiting']>>[number] & { readonly update: KeptUpdate | undefined };

/**
 * Hands on what waits, oldest first. What fails is tried again before the next, so that order stays. The pieces of one
 * text are one.
 *
 * @returns whether it stopped at a text of which more may come
 */
async function workOff(parts: PollParts, hold: Hold, stopping: AbortSignal): Promise<boolean> {
  let rows: readonly Waiting[] = (await parts.inbox.waiting()).map((row) => ({
    ...row,
    update: readUpdate(row.payload),
  }));
  for (let [row] = rows; row !== undefined && !stopping.aborted; [row] = rows) {
    const later = rows.slice(1);
    const run = row.update === undefined ? undefined : runFrom(row.update, later.map(updateOf), parts.mayCount);
    const rest = later.filter((_, place) => run?.rest.includes(place));
    const { id, update } = rest.at(-1) ?? row;
    if (run?.open === true && !hold.isOver(id, update?.received_at)) return true;
    await actOnOne(parts, row, rest, stopping);
    rows = later.filter((one) => !rest.includes(one));
  }
  return false;
}

/** What can't be read belongs to nobody. */
const updateOf = ({ id, update }: Waiting): Update => update ?? { update_id: id };

async function actOnOne(
  parts: PollParts,
  row: Waiting,
  rest: readonly Waiting[],
  stopping: AbortSignal,
): Promise<void> {
  const { inbox, clock, logger } = parts;
  const ids = [row.id, ...rest.map(({ id }) => id)];
  const pieces = rest.flatMap(({ update }) => update?.message ?? []);
  const update = row.update === undefined || rest.length === 0 ? row.update : { ...row.update, pieces };
  for (let tried = row.tries + 1; !stopping.aborted; tried += 1) {
    const failure = update === undefined ? 'unreadable' : await failureOf(() => parts.act(update));
    if (failure === undefined) return inbox.done(...ids);
    const giveUp = update === undefined || tried >= mostTries;
    logger.error(`an update failed (try ${tried} of ${mostTries}): ${failure}`);
    for (const id of ids) await inbox.failed(id, failure, giveUp);
    if (giveUp) return parts.sayGivenUp(update);
    await sleep(clock, 1_000 * tried, stopping);
  }
}

function readUpdate(payload: string): KeptUpdate | undefined {
  try {
    return JSON.parse(payload) as KeptUpdate;
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
