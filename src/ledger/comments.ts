import type { Database } from 'better-sqlite3';
import type { Comment } from '../domain/comment.ts';
import type { CommentTable } from '../domain/ledger-port.ts';
import type { Direct } from './turn.ts';

type Row = {
  readonly id: string;
  readonly draft_id: string;
  readonly revision: string;
  readonly actor_source: string;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly at: number;
  readonly text: string;
  readonly after: number;
};

/** What people said about drafts. Only added to. */
export function createCommentTable(db: Database): Direct<CommentTable> {
  const append = db.prepare(`
    INSERT INTO comments (id, draft_id, revision, actor_source, actor_id, actor_name, at, text, after, tap)
    VALUES (@id, @draftId, @revision, @source, @actorId, @name, @at, @text,
      (SELECT count(*) FROM decisions WHERE decisions.draft_id = @draftId), @tap)
    ON CONFLICT (tap) DO NOTHING`);
  const of = db.prepare<Row>('SELECT * FROM comments WHERE draft_id = ? ORDER BY seq');

  return {
    append({ actor, at, ...comment }, tap) {
      const row = { ...comment, source: actor.source, actorId: actor.id, name: actor.name, at: at.getTime() };
      append.run({ ...row, tap: tap ?? null });
    },
    of: (draftId) => of.all(draftId).map(toComment),
  };
}

const toComment = (row: Row): Comment => ({
  id: row.id,
  draftId: row.draft_id,
  revision: row.revision,
  actor: { source: row.actor_source, id: row.actor_id, name: row.actor_name },
  at: new Date(row.at),
  text: row.text,
  after: row.after,
});
