import type { Database } from 'better-sqlite3';
import type { Attempt } from '../domain/attempt.ts';
import type { AttemptTable, LeftAlike } from '../domain/ledger-port.ts';
import type { Evidence } from '../domain/outcome.ts';
import { instant, json } from './columns.ts';
import type { Direct } from './turn.ts';

export type AttemptRow = {
  readonly id: string;
  readonly draft_id: string;
  readonly number: number;
  readonly decision_id: string;
  readonly revision: string;
  readonly needed: number;
  readonly phase: Attempt['phase'];
  readonly started_at: number;
  readonly committed_at: number | null;
  readonly ended_at: number | null;
  readonly outcome: Exclude<Attempt['outcome'], undefined> | null;
  readonly evidence: string | null;
  readonly words: string;
  readonly held: number;
};

/**
 * Numbered tries and their proof. Each step is a compare-and-set on the phase, so that of two callers one wins.
 */
export function createAttemptTable(db: Database): Direct<AttemptTable> {
  const start = db.prepare<AttemptRow>(`
    INSERT INTO attempts (id, draft_id, number, decision_id, revision, likeness, needed, phase, started_at, words)
    SELECT @id, @draftId, coalesce(max(number), 0) + 1, @decisionId, @revision,
      coalesce((SELECT likeness FROM revisions WHERE draft_id = @draftId AND hash = @revision), ''),
      @needed, 'started', @startedAt, ''
    FROM attempts WHERE draft_id = @draftId
    RETURNING *`);
  const commit = db.prepare(`
    UPDATE attempts SET phase = 'committed', committed_at = @at, platform = @platform, account = @account
    WHERE id = @id AND phase = 'started'`);
  const end = db.prepare(`
    UPDATE attempts SET phase = 'ended', ended_at = @at, outcome = @outcome, evidence = @evidence, words = @words,
      held = @held
    WHERE id = @id AND phase <> 'ended'`);
  const settle = db.prepare(`
    UPDATE attempts SET outcome = @outcome, evidence = @evidence, words = @words
    WHERE id = @id AND phase = 'ended' AND outcome = 'unknown'`);
  const byId = db.prepare<AttemptRow>('SELECT * FROM attempts WHERE id = ?');
  const ofDraft = db.prepare<AttemptRow>('SELECT * FROM attempts WHERE draft_id = ? ORDER BY number');
  const commitsSince = db.prepare<{ readonly committed_at: number }>(`
    SELECT committed_at FROM attempts
    WHERE platform = ? AND account = ? AND committed_at >= ? ORDER BY committed_at`);

  const leftAlike = db.prepare<LeftRow>(`
    SELECT attempts.draft_id, decision_id, committed_at, outcome, drafts.name
    FROM attempts JOIN drafts ON drafts.id = attempts.draft_id
    WHERE likeness = ? AND likeness <> '' AND committed_at IS NOT NULL AND committed_at >= ?
      AND (outcome IS NULL OR outcome IN ('posted', 'unknown'))
    ORDER BY committed_at DESC LIMIT 50`);
  const neverReached = db.prepare<{ readonly value: string }>(`
    SELECT value FROM json_each(@addresses)
    WHERE value NOT IN (SELECT address FROM reached WHERE platform = @platform AND address = value)`);
  const reachedDomains = db.prepare<{ readonly domain: string }>(`
    SELECT DISTINCT rtrim(substr(address, instr(address, '@') + 1), '> ') AS domain FROM reached
    WHERE length(rtrim(substr(address, instr(address, '@') + 1), '> ')) BETWEEN @length - 1 AND @length + 1`);

  return {
    start({ id, draftId, decisionId, revision, needed = 1, startedAt }) {
      const row = start.get({ id, draftId, decisionId, revision, needed, startedAt: startedAt.getTime() });
      if (row === undefined) throw new Error('SQLite returned nothing for an inserted attempt');
      return toAttempt(row);
    },
    commit: (id, at, platform, account) => commit.run({ id, at: at.getTime(), platform, account }).changes === 1,
    end: (id, at, outcome, evidence, words, held = false) =>
      end.run({ id, at: at.getTime(), outcome, evidence: json(evidence), words, held: Number(held) }).changes === 1,
    settle: (id, outcome, evidence, words) =>
      settle.run({ id, outcome, evidence: json(evidence), words }).changes === 1,
    byId(id) {
      const row = byId.get(id);
      return row && toAttempt(row);
    },
    of: (draftId) => ofDraft.all(draftId).map(toAttempt),
    leftAlike: (likeness, since) => leftAlike.all(likeness, since.getTime()).map(toLeftAlike),
    neverReached: (platform, addresses) =>
      neverReached.all({ platform, addresses: JSON.stringify(addresses) }).map(({ value }) => value),
    reachedDomains: (length) => reachedDomains.all({ length }).map(({ domain }) => domain),
    commitsSince: (platform, account, since) =>
      commitsSince.all(platform, account, since.getTime()).map((row) => new Date(row.committed_at)),
  };
}

type LeftRow = Pick<AttemptRow, 'draft_id' | 'decision_id' | 'outcome'> & {
  readonly committed_at: number;
  readonly name: string;
};

const toLeftAlike = (row: LeftRow): LeftAlike => ({
  draftId: row.draft_id,
  decisionId: row.decision_id,
  at: new Date(row.committed_at),
  certain: row.outcome === 'posted',
  file: row.name,
});

export const toAttempt = (row: AttemptRow): Attempt => ({
  id: row.id,
  draftId: row.draft_id,
  number: row.number,
  decisionId: row.decision_id,
  revision: row.revision,
  needed: row.needed,
  phase: row.phase,
  startedAt: new Date(row.started_at),
  committedAt: instant(row.committed_at),
  endedAt: instant(row.ended_at),
  outcome: row.outcome ?? undefined,
  evidence: row.evidence === null ? undefined : (JSON.parse(row.evidence) as Evidence),
  words: row.words,
  held: row.held === 1,
});
