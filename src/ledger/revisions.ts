import type { Database } from 'better-sqlite3';
import type { FileLayout, Revision } from '../domain/draft.ts';
import { emptyEffect, type Effect } from '../domain/effect.ts';
import type { RevisionTable } from '../domain/ledger-port.ts';
import type { Problem } from '../domain/problem.ts';
import { json } from './columns.ts';
import type { Direct } from './turn.ts';

export type RevisionRow = {
  readonly draft_id: string;
  readonly hash: string;
  readonly mark: string;
  readonly likeness: string;
  readonly effect: string;
  readonly problems: string;
  readonly original: string;
  readonly layout: string;
  readonly at: number;
};

/** What was shown; the stored effect is what leaves (promise P1). */
export function createRevisionTable(db: Database): Direct<RevisionTable> {
  const put = db.prepare(`
    INSERT INTO revisions (draft_id, hash, mark, likeness, effect, problems, original, layout, at)
    VALUES (@draftId, @hash, @mark, @likeness, @effect, @problems, @original, @layout, @at)
    ON CONFLICT (draft_id, hash) DO UPDATE SET problems = excluded.problems, layout = excluded.layout`);
  const find = db.prepare<RevisionRow>('SELECT * FROM revisions WHERE draft_id = ? AND hash = ?');
  const of = db.prepare<
    Pick<RevisionRow, 'hash' | 'likeness' | 'at'> & { readonly row: number; readonly signs: number }
  >(`
    SELECT rowid AS row, hash, likeness, at, length(coalesce(json_extract(effect, '$.text'), '')) AS signs FROM revisions
    WHERE draft_id = ?`);

  return {
    put(revision) {
      put.run({
        draftId: revision.draftId,
        hash: revision.hash,
        mark: revision.mark,
        likeness: revision.likeness,
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
        .map(({ hash, likeness, at, signs }) => ({ hash, likeness, at: new Date(at), signs })),
  };
}

export const toRevision = (row: RevisionRow): Revision => ({
  draftId: row.draft_id,
  hash: row.hash,
  mark: row.mark,
  likeness: row.likeness,
  // JSON drops undefined fields; the empty effect brings them back.
  effect: readEffect(JSON.parse(row.effect) as Partial<Effect>),
  problems: JSON.parse(row.problems) as Problem[],
  original: row.original,
  layout: JSON.parse(row.layout) as FileLayout,
  at: new Date(row.at),
});

/** Files of earlier versions have no name of their own: then the last part of the path was what left. */
function readEffect(stored: Partial<Effect>): Effect {
  const effect = { ...emptyEffect, ...stored };
  const media = effect.media.map((one) => ({ ...one, name: one.name ?? one.path.split('/').at(-1) ?? '' }));
  return { ...effect, media };
}
