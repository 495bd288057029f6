/**
 * At start: every draft that waits is looked at once, because much may have been due while we were off. Nothing is
 * written for those that are as they should be: a job each would be a thousand synced writes after every crash.
 */
import { sleep } from '../lib/clock.ts';
import { messageOf } from '../lib/words.ts';
import { jobKinds } from './parts.ts';
import type { Parts } from './parts.ts';
import { settle } from './settle.ts';

/** How many at a time: taps and jobs go on beside it. */
const lanes = 4;

/** What a crash cut off goes first; a far side that takes its time must not keep the rest from being looked at. */
const longestWaitMs = 5_000;

/** Resolves when nothing is due and nothing runs any more, but not later than that. */
export async function caughtUp(parts: Parts, longestMs: number): Promise<void> {
  const waited = new AbortController();
  await Promise.race([parts.jobs.calm(), sleep(parts.clock, longestMs, waited.signal)]);
  waited.abort();
}

/** Resolves when all were looked at, or when we are told to stop. Never rejects. */
export async function lookAtAll(parts: Parts, wake: () => void): Promise<void> {
  try {
    await caughtUp(parts, longestWaitMs);
    if (parts.stopping.aborted) return;
    const waiting = (await parts.ledger.drafts.open()).filter(({ state }) => state === 'pending').map(({ id }) => id);
    const left = waiting.values();
    const lane = async () => {
      for (const id of left) {
        if (parts.stopping.aborted) return;
        await settle(parts, id).catch((thrown: unknown) => lookLater(parts, id, thrown));
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    wake();
    if (!parts.stopping.aborted) parts.logger.info(`${waiting.length} waiting: each was looked at after the start.`);
  } catch (thrown) {
    parts.logger.error(`What waits could not be looked at: ${messageOf(thrown)}`, thrown);
  }
}

/** As a job, so that it is tried until it works. */
async function lookLater(parts: Parts, draftId: string, thrown: unknown): Promise<void> {
  parts.logger.error(`Draft ${draftId} could not be looked at: ${messageOf(thrown)}`, thrown);
  const runAt = parts.clock.now();
  await parts.ledger.jobs.add({ kind: jobKinds.settle, key: draftId, serialKey: draftId, runAt }).then(
    () => parts.jobs.wake(),
    // The next start looks again.
    () => undefined,
  );
}
