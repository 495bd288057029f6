import type { Database } from 'better-sqlite3';
import type { Layout, Revision } from '../domain/draft.ts';
import { emptyEffect, type Effect } from '../domain/effect.ts';
import type { RevisionTable } from '../domain/ledger-port.ts';
import type { Problem } from '../domain/problem.ts';
import { json } from './columns.ts';
import type { Direct } from './turn.ts';

export type RevisionRow = {
  readonly draft_id: string;
  readonly hash: string;
  readonly effect: string;
  readonly problems: string;
  readonly original: string;
  readonly layout: string;
  readonly at: number;
};

/** What was shown; the stored effect is what leaves (promise P1). */
export function createRevisionTable(db: Database): Direct<RevisionTable> {
  const put = db.prepare(`
    INSERT INTO revisions (draft_id, hash, effect, problems, original, layout, at)
    VALUES (@draftId, @hash, @effect, @problems, @original, @layout, @at)
    ON CONFLICT (draft_id, hash) DO UPDATE SET problems = excluded.problems, layout = excluded.layout`);
  const find = db.prepare<RevisionRow>('SELECT * FROM revisions WHERE draft_id = ? AND hash = ?');
  const of = db.prepare<{ readonly row: number; readonly hash: string; readonly at: number; readonly signs: number }>(`
    SELECT rowid AS row, hash, at, length(coalesce(json_extract(effect, '$.text'), '')) AS signs FROM revisions
    WHERE draft_id = ?`);
  const postedSince = db.prepare<{ readonly draft_id: string; readonly at: number }>(`
    SELECT draft_id, max(committed_at) AS at FROM attempts
    WHERE revision = ? AND committed_at >= ? AND draft_id <> ?
      AND (outcome IS NULL OR outcome IN ('posted', 'unknown'))
    GROUP BY draft_id ORDER BY at DESC`);

  return {
    put(revision) {
      put.run({
        draftId: revision.draftId,
        hash: revision.hash,
        effect: json(revision.effect),
        problems: json(revision.problems),
        original: revision.original,
        layout: json(revision.layout),
        at: revision.at.getTime(),
      });
    },
    find(draftId, hash) {
      const row = find.get(draftId, hash);
      return row && toRevision(row);
    },
    // Sorted here: the index has them by hash, and a draft has few.
    of: (draftId) =>
      of
        .all(draftId)
        .toSorted((a, b) => a.row - b.row)
        .map(({ hash, at, signs }) => ({ hash, at: new Date(at), signs })),
    postedSince: (hash, since, exceptDraftId) =>
      postedSince
        .all(hash, since.getTime(), exceptDraftId)
        .map((row) => ({ draftId: row.draft_id, at: new Date(row.at) })),
  };
}

export const toRevision = (row: RevisionRow): Revision => ({
  draftId: row.draft_id,
  hash: row.hash,
  // JSON drops undefined fields; the empty effect brings them back.
  effect: { ...emptyEffect, ...(JSON.parse(row.effect) as Partial<Effect>) },
  problems: JSON.parse(row.problems) as Problem[],
  original: row.original,
  layout: JSON.parse(row.layout) as Layout,
  at: new Date(row.at),
});
