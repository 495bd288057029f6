/** Decisions and results in the order they came on record, for the log people can read. */
import type { Database } from 'better-sqlite3';
import type { Attempt } from '../domain/attempt.ts';
import type { Decision } from '../domain/decision.ts';
import { toAttempt, type AttemptRow } from './attempts.ts';
import { toDecision, type DecisionRow } from './decisions.ts';
import type { Direct } from './turn.ts';

type Numbered<T> = {
  readonly number: number;
  readonly row: T;
  /** Name of the draft's file now. */ readonly file: string;
};

export type LogRows = {
  /** At most `limit`, in order, with numbers above `number`. */
  decisionsAfter(number: number, limit: number): Promise<readonly Numbered<Decision>[]>;
  attemptsAfter(number: number, limit: number): Promise<readonly Numbered<Attempt>[]>;
  attempt(id: string): Promise<Numbered<Attempt> | undefined>;
};

type More = { readonly number: number; readonly name: string };

export function createLogRows(db: Database): Direct<LogRows> {
  const decisions = db.prepare<DecisionRow & More>(`
    SELECT decisions.*, decisions.seq AS number, drafts.name FROM decisions JOIN drafts ON drafts.id = draft_id
    WHERE decisions.seq > ? ORDER BY decisions.seq LIMIT ?`);
  const attempts = db.prepare<AttemptRow & { readonly line: number; readonly name: string }>(`
    SELECT attempts.*, attempts.rowid AS line, drafts.name FROM attempts JOIN drafts ON drafts.id = draft_id
    WHERE attempts.rowid > ? ORDER BY attempts.rowid LIMIT ?`);
  const attempt = db.prepare<AttemptRow & { readonly line: number; readonly name: string }>(`
    SELECT attempts.*, attempts.rowid AS line, drafts.name FROM attempts JOIN drafts ON drafts.id = draft_id
    WHERE attempts.id = ?`);
  const numbered = (row: AttemptRow & { readonly line: number; readonly name: string }): Numbered<Attempt> => ({
    number: row.line,
    row: toAttempt(row),
    file: row.name,
  });
  return {
    decisionsAfter: (number, limit) =>
      decisions.all(number, limit).map((row) => ({ number: row.number, row: toDecision(row), file: row.name })),
    attemptsAfter: (number, limit) => attempts.all(number, limit).map(numbered),
    attempt(id) {
      const row = attempt.get(id);
      return row && numbered(row);
    },
  };
}
