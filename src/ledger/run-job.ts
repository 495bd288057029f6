import { backoff } from '../lib/backoff.ts';
import { sleep, type Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Random } from '../lib/random.ts';
import type { JobQueue, TakenJob } from './job-queue.ts';

/** Milliseconds to wait after `failures` in a row: from one second to five minutes. */
export const retryDelay = (failures: number, random: Random): number =>
  backoff(failures, 1000, 5 * 60_000, random.fraction());

/** Carries out one taken job and gives it back. Never rejects. */
export function createJobRun(parts: {
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Aborts when the runner stops. */
  readonly signal: AbortSignal;
}): (job: TakenJob, handler: ((key: string) => Promise<void>) | undefined) => Promise<void> {
  const { queue, clock, random, logger, signal } = parts;

  return async (job, handler) => {
    try {
      await handler?.(job.key);
    } catch (thrown) {
      const delay = retryDelay(job.failures + 1, random);
      logger.error(`Job ${job.kind} ${job.key} failed; again in ${Math.ceil(delay / 1000)} s.`, thrown);
      await giveBack(() => queue.retry(job, new Date(clock.now().getTime() + delay)));
      return;
    }
    await giveBack(() => queue.finish(job));
  };

  /**
   * A job whose end can't be written (disk full) stays taken until it can: released, it would run again at once, over
   * and over. When we stop first, its row is still there and it runs at the next start.
   */
  async function giveBack(write: () => Promise<void>): Promise<void> {
    for (let failures = 1; ; failures += 1) {
      try {
        await write();
        return;
      } catch (thrown) {
        logger.error('The end of a job can’t be written to the ledger; trying again.', thrown);
        await sleep(clock, retryDelay(failures, random), signal);
        if (signal.aborted) return;
      }
    }
  }
}
