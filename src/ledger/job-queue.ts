/** The rows of the jobs: which wake-up is due, who has taken it, and when a failed one comes back. */
import type { Database } from 'better-sqlite3';
import type { Job, JobTable } from '../domain/ledger-port.ts';
import type { Direct } from './turn.ts';

/** A job somebody took. `failures` counts those in a row. */
export type TakenJob = Omit<Job, 'runAt'> & { readonly failures: number };

/** What the runner needs of the job rows. */
export type JobQueue = {
  /**
   * Takes the longest due job of these kinds whose serial key is free; undefined when there is none. To the first call
   * after the ledger was opened, what failed before is due.
   */
  take(kinds: readonly string[], now: Date): Promise<TakenJob | undefined>;
  /** The instant of the next job of these kinds that is not due yet. */
  next(kinds: readonly string[], now: Date): Promise<Date | undefined>;
  /** Gives a taken job back: gone, unless it was added anew meanwhile. */
  finish(job: TakenJob): Promise<void>;
  /** Gives a taken job back for another try; one that was added anew waits with it. */
  retry(job: TakenJob, at: Date): Promise<void>;
};

type DueRow = {
  readonly kind: string;
  readonly key: string;
  readonly serial_key: string;
  readonly failures: number;
};

// `+kind` keeps the planner on the index by instant: due jobs are few, waiting ones may be many.
const queries = {
  add: `INSERT INTO jobs (kind, key, serial_key, run_at) VALUES (@kind, @key, @serialKey, @runAt)
    ON CONFLICT (kind, key) DO UPDATE SET serial_key = excluded.serial_key, run_at = min(run_at, excluded.run_at)`,
  addAgain: `UPDATE jobs SET serial_key = @serialKey, again_at = min(coalesce(again_at, @runAt), @runAt)
    WHERE kind = @kind AND key = @key`,
  firstDue: `SELECT kind, key, serial_key, failures FROM jobs
    WHERE run_at <= @now
      AND +kind IN (SELECT value FROM json_each(@kinds))
      AND serial_key NOT IN (SELECT value FROM json_each(@serialKeys))
      AND NOT EXISTS (SELECT 1 FROM json_each(@names) AS name
        WHERE name.value ->> 0 = jobs.kind AND name.value ->> 1 = jobs.key)
    ORDER BY run_at, kind, key LIMIT 1`,
  next: `SELECT run_at FROM jobs WHERE run_at > @now AND +kind IN (SELECT value FROM json_each(@kinds))
    ORDER BY run_at LIMIT 1`,
  hurry: 'UPDATE jobs SET run_at = @now WHERE failures > 0 AND run_at > @now',
  remove: 'DELETE FROM jobs WHERE kind = ? AND key = ? AND again_at IS NULL',
  renew: 'UPDATE jobs SET run_at = again_at, again_at = NULL, failures = 0 WHERE kind = ? AND key = ?',
  retry: `UPDATE jobs SET run_at = @at, again_at = iif(again_at > @at, again_at, NULL), failures = failures + 1
    WHERE kind = @kind AND key = @key`,
} as const;

/**
 * The wake-ups. Who is running is known in memory only: taking a job costs no write, and after a crash every row is
 * simply there again. While a job runs its row keeps the instant it was due, so a crash repeats it, and what is added
 * goes to `again_at`, so a wake-up that arrives during the run leads to another run.
 */
export function createJobQueue(db: Database): { readonly table: Direct<JobTable>; readonly queue: Direct<JobQueue> } {
  const taken = new Map<string, TakenJob>();
  let isFresh = true;

  const add = db.prepare(queries.add);
  const addAgain = db.prepare(queries.addAgain);
  const firstDue = db.prepare<DueRow>(queries.firstDue);
  const next = db.prepare<{ readonly run_at: number }>(queries.next);
  const hurry = db.prepare(queries.hurry);
  const remove = db.prepare(queries.remove);
  const renew = db.prepare(queries.renew);
  const retry = db.prepare(queries.retry);

  return {
    table: {
      add({ kind, key, serialKey, runAt }) {
        const statement = taken.has(nameOf({ kind, key })) ? addAgain : add;
        statement.run({ kind, key, serialKey, runAt: runAt.getTime() });
      },
    },
    queue: {
      take(kinds, now) {
        // A start is often what a person does after mending what was broken. Not tried again when it fails: the rest goes on.
        const wasFresh = isFresh;
        isFresh = false;
        if (wasFresh) hurry.run({ now: now.getTime() });
        const row = firstDue.get({
          now: now.getTime(),
          kinds: JSON.stringify(kinds),
          serialKeys: JSON.stringify([...taken.values()].map((job) => job.serialKey)),
          names: JSON.stringify([...taken.values()].map((job) => [job.kind, job.key])),
        });
        if (row === undefined) return undefined;
        const job = { kind: row.kind, key: row.key, serialKey: row.serial_key, failures: row.failures };
        taken.set(nameOf(job), job);
        return job;
      },
      next(kinds, now) {
        const row = next.get({ now: now.getTime(), kinds: JSON.stringify(kinds) });
        return row && new Date(row.run_at);
      },
      finish(job) {
        if (remove.run(job.kind, job.key).changes === 0) renew.run(job.kind, job.key);
        taken.delete(nameOf(job));
      },
      retry(job, at) {
        retry.run({ kind: job.kind, key: job.key, at: at.getTime() });
        taken.delete(nameOf(job));
      },
    },
  };
}

const nameOf = ({ kind, key }: Pick<Job, 'kind' | 'key'>): string => JSON.stringify([kind, key]);
