import type { Jobs } from '../domain/ledger-port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Random } from '../lib/random.ts';
import type { JobQueue } from './job-queue.ts';
import { createJobRun, retryDelay } from './run-job.ts';
import { coalesced } from './turn.ts';

// A timer does not count the time a machine sleeps, and clocks are set; looking once a minute bounds the delay.
const longestWaitMs = 60_000;

type Parts = {
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** How many handlers at a time. */
  readonly concurrency?: number;
};

/**
 * Runs the jobs of the ledger in this process: at once after `wake`, otherwise by one timer set to the next instant.
 * At-least-once: a row goes only after its handler resolved; what was running in a crash, or failed, runs again at the
 * next start.
 */
export function createJobs({ queue, clock, random, logger, concurrency = 8 }: Parts): Jobs {
  const handlers = new Map<string, (key: string) => Promise<void>>();
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();
  const { signal } = stopping;
  const runJob = createJobRun({ queue, clock, random, logger, signal });
  let started = false;
  let failures = 0;
  let cancelTimer = (): void => undefined;

  const look = async (): Promise<void> => {
    cancelTimer();
    try {
      const waitMs = await startDue();
      if (waitMs !== undefined) cancelTimer = clock.after(waitMs, wake);
      failures = 0;
    } catch (thrown) {
      failures += 1;
      logger.error('Jobs can’t be read from the ledger; trying again.', thrown);
      cancelTimer = clock.after(retryDelay(failures, random), wake);
    }
  };
  const looks = coalesced(look);
  const wake = (): void => {
    if (started && !signal.aborted) looks.call();
  };

  /** Starts what is due, as far as there is room. Returns when to look next; undefined when nothing waits. */
  const startDue = async (): Promise<number | undefined> => {
    const kinds = [...handlers.keys()];
    // One instant for both questions: a job that falls due between "what is due?" and "what comes next?" is in neither.
    const now = clock.now();
    while (running.size < concurrency && !signal.aborted) {
      const job = await queue.take(kinds, now);
      if (job === undefined) break;
      const run = runJob(job, handlers.get(job.kind)).finally(() => {
        running.delete(run);
        wake();
      });
      running.add(run);
    }
    const next = await queue.next(kinds, now);
    return next && Math.min(Math.max(next.getTime() - clock.now().getTime(), 0), longestWaitMs);
  };

  return {
    handle: (kind, handler) => void handlers.set(kind, handler),
    start() {
      started = true;
      wake();
    },
    wake,
    async calm() {
      for (await looks.idle(); running.size > 0; await looks.idle()) await Promise.race(running);
    },
    async stop() {
      stopping.abort();
      await looks.idle();
      cancelTimer();
      await Promise.all(running);
    },
  };
}
