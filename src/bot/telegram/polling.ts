/**
 * Our own poll loop: what Telegram delivers is handed over, and confirmed only when it is on record. It survives everything
 * the far side does and ends only when told to.
 */
import type { Api } from './client.ts';

import { backoff } from '../../lib/backoff.ts';
import { sleep } from '../../lib/clock.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Random } from '../../lib/random.ts';
import { messageOf, strange } from '../../lib/words.ts';
import type { Ears } from '../chat/messenger.ts';
import type { Standing } from '../chat/channel-health.ts';
import type { Trouble } from '../chat/trouble.ts';
import { troubleOf } from './errors.ts';

/** How long Telegram may hold a poll. Every client limit must be well above, or half-open lines go unnoticed. */
const pollSeconds = 25;

const allowedUpdates = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;
/** The same while the next piece of a text that an app cut may still lie with Telegram. */
const soonSeconds = 2;
/** A second poller right after a crash is the ghost of the first; only a lasting one is worth an alarm. */
const conflictGraceMs = 120_000;

export type PollParts = {
  readonly api: Api;
  readonly ears: Ears;
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
};

/** Runs until `stopping` aborts. Never rejects. */
export async function runPoll(parts: PollParts, stopping: AbortSignal): Promise<void> {
  let line: Line = brandNew;
  while (!stopping.aborted) {
    try {
      if (!line.connected) {
        await parts.connect();
        line = { ...line, connected: true, more: (await parts.ears.take([])).more };
      }
      // The first poll after trouble asks for what is there now: its answer proves that the line works.
      const seconds = !line.proven ? 0 : line.more ? soonSeconds : pollSeconds;
      const more = await pollOnce(parts, seconds, stopping);
      if (line.failures > 0) parts.reachable();
      line = { ...afterSuccess(parts, line, seconds > 0), more };
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
  /** More of a text may still lie with Telegram. */
  readonly more: boolean;
  readonly proven: boolean;
  readonly failures: number;
  readonly conflicts: number;
  readonly conflictSince: Date | undefined;
  /** What was logged last: days without a network must not fill the log. */
  readonly said: string;
};

const brandNew: Line = {
  connected: false,
  more: false,
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
    more: before.more,
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

/** @returns whether more of a text may still lie with Telegram */
async function pollOnce({ api, ears, clock }: PollParts, seconds: number, stopping: AbortSignal): Promise<boolean> {
  const from = clock.now().getTime();
  const updates = await api.getUpdates({
    offset: Number((await ears.cursor()) ?? 0),
    timeout: seconds,
    allowed_updates: allowedUpdates,
  });
  const last = updates.at(-1);
  if (last === undefined) {
    // A far side that does not hold the line must not make us spin.
    if (seconds > 0 && clock.now().getTime() - from < 1_000) await sleep(clock, 1_000, stopping);
    return (await ears.take([])).more;
  }
  const rows = updates.map((update) => ({ id: String(update.update_id), payload: JSON.stringify(update) }));
  // Ids start anew at random after a quiet week: the newest counts, even when it is smaller than the one before.
  return (await ears.take(rows, String(last.update_id + 1))).more;
}
