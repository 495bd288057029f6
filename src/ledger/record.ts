/** Everything a ledger holds about drafts, read beside whoever uses it, on a connection that can't write. */
import Database from 'better-sqlite3';
import type { Attempt } from '../domain/attempt.ts';
import type { Decision } from '../domain/decision.ts';
import type { Draft, Revision } from '../domain/draft.ts';
import type { CardRow } from '../domain/ledger-port.ts';
import { toAttempt, type AttemptRow } from './attempts.ts';
import { toCard, type ShownRow } from './cards.ts';
import { toDecision, type DecisionRow } from './decisions.ts';
import { toDraft, type DraftRow } from './drafts.ts';
import { toRevision, type RevisionRow } from './revisions.ts';

export type LedgerRecord = {
  /** Oldest first. */
  readonly drafts: readonly Draft[];
  readonly revisions: readonly Revision[];
  /** In the order they were put on record. */
  readonly decisions: readonly Decision[];
  /** In the order they were begun. */
  readonly attempts: readonly Attempt[];
  readonly cards: readonly CardRow[];
};

/**
 * One consistent state, also while the ledger is written to.
 *
 * @param file absolute path of an existing ledger
 */
export function readRecord(file: string): LedgerRecord {
  const db = new Database(file, { readonly: true, timeout: 5_000 });
  try {
    const read = db.transaction(() => ({
      drafts: db.prepare<DraftRow>('SELECT * FROM drafts ORDER BY created_at, seq').all().map(toDraft),
      revisions: db.prepare<RevisionRow>('SELECT * FROM revisions').all().map(toRevision),
      decisions: db.prepare<DecisionRow>('SELECT * FROM decisions ORDER BY seq').all().map(toDecision),
      attempts: db.prepare<AttemptRow>('SELECT * FROM attempts ORDER BY rowid').all().map(toAttempt),
      cards: db.prepare<ShownRow>('SELECT * FROM cards ORDER BY seq').all().map(toCard),
    }));
    return read.deferred();
  } finally {
    db.close();
  }
}

/** What beside the record says how things stand: read like it. */
export type RecordMarks = {
  /** Drafts for which a job is left. */
  readonly waiting: ReadonlySet<string>;
  readonly flags: ReadonlyMap<string, string>;
};

/** @param file absolute path of an existing ledger */
export function readMarks(file: string): RecordMarks {
  const db = new Database(file, { readonly: true, timeout: 5_000 });
  try {
    const jobs = db.prepare<{ readonly key: string }>('SELECT key FROM jobs').all();
    const flags = db.prepare<{ readonly name: string; readonly value: string }>('SELECT name, value FROM flags').all();
    return {
      waiting: new Set(jobs.map(({ key }) => key)),
      flags: new Map(flags.map(({ name, value }) => [name, value])),
    };
  } finally {
    db.close();
  }
}
