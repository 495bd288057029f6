import type { Database } from 'better-sqlite3';
import type { Draft } from '../domain/draft.ts';
import type { DraftTable } from '../domain/ledger-port.ts';
import type { DraftState, Folder } from '../domain/lifecycle.ts';
import type { Problem } from '../domain/problem.ts';
import { instant, json, millis } from './columns.ts';
import type { Direct } from './turn.ts';

export type DraftRow = {
  readonly id: string;
  readonly key: string;
  readonly state: DraftState;
  readonly folder: Folder;
  readonly path: string;
  readonly content_hash: string;
  readonly inode: string;
  readonly size: number;
  readonly mtime_ms: number;
  readonly revision: string | null;
  readonly platform: string;
  readonly account: string;
  readonly choice: string;
  readonly not_before: number | null;
  readonly asked_from: number;
  readonly trouble: string | null;
  readonly created_at: number;
  readonly updated_at: number;
};

/**
 * Every query here walks an index, so that finished drafts cost nothing (promise P11). The state lists repeat those of
 * the partial indexes word for word; SQLite uses such an index only then.
 */
const queries = {
  byId: 'SELECT * FROM drafts WHERE id = ?',
  byKey: 'SELECT * FROM drafts WHERE key = ?',
  byPlace: `SELECT * FROM drafts WHERE folder = ? AND path = ? AND state <> 'vanished'
    ORDER BY created_at DESC, seq DESC LIMIT 1`,
  // Each leg is cut by itself: thousands of drafts may share a file name. Nothing is found by an empty trace.
  byTrace: `SELECT * FROM drafts WHERE seq IN (
      SELECT seq FROM (SELECT seq FROM drafts WHERE content_hash = @contentHash AND @contentHash <> ''
        ORDER BY created_at DESC, seq DESC LIMIT 20)
      UNION SELECT seq FROM (SELECT seq FROM drafts WHERE inode = @inode AND @inode <> ''
        ORDER BY created_at DESC, seq DESC LIMIT 20)
      UNION SELECT seq FROM (SELECT seq FROM drafts WHERE name = @name AND @name <> ''
        ORDER BY created_at DESC, seq DESC LIMIT 20))
    ORDER BY created_at DESC, seq DESC LIMIT 20`,
  open: `SELECT * FROM drafts WHERE state IN ('pending', 'approved', 'in_progress', 'unknown')
    ORDER BY created_at, seq`,
  settled: `SELECT * FROM drafts WHERE state IN ('done', 'rejected', 'failed', 'vanished')
    ORDER BY updated_at DESC, seq DESC LIMIT ?`,
  alike: `SELECT drafts.* FROM revisions JOIN drafts ON drafts.id = revisions.draft_id AND drafts.revision = revisions.hash
    WHERE likeness = ? AND likeness <> '' AND drafts.id <> ? AND drafts.state <> 'vanished'
    ORDER BY revisions.rowid DESC LIMIT 50`,
  answering: `SELECT drafts.* FROM revisions JOIN drafts ON drafts.id = revisions.draft_id AND drafts.revision = revisions.hash
    WHERE json_extract(revisions.effect, '$.thread.inReplyTo') = ?
      AND json_extract(revisions.effect, '$.thread.inReplyTo') IS NOT NULL
      AND drafts.state IN ('pending', 'approved', 'in_progress', 'unknown') LIMIT 200`,
  // CROSS keeps the planner from walking through all that was ever an answer.
  awaited: `SELECT DISTINCT json_extract(revisions.effect, '$.thread.inReplyTo') AS id
    FROM drafts CROSS JOIN revisions ON drafts.id = revisions.draft_id AND drafts.revision = revisions.hash
    WHERE drafts.state IN ('pending', 'approved', 'in_progress', 'unknown') AND EXISTS
      (SELECT 1 FROM incoming WHERE incoming.id = json_extract(revisions.effect, '$.thread.inReplyTo')) LIMIT 2000`,
  counts: 'SELECT state, count FROM draft_counts',
  insert: `INSERT INTO drafts (id, key, state, folder, path, name, content_hash, inode, size, mtime_ms,
      revision, platform, account, choice, not_before, asked_from, trouble, created_at, updated_at)
    VALUES (@id, @key, @state, @folder, @path, @name, @contentHash, @inode, @size, @mtimeMs,
      @revision, @platform, @account, @choice, @notBefore, @askedFrom, @trouble, @createdAt, @updatedAt)`,
  // NULL leaves a column as it is; those that may be cleared say so beside it.
  change: `UPDATE drafts SET
      state = coalesce(@state, state),
      folder = coalesce(@folder, folder),
      path = coalesce(@path, path),
      name = coalesce(@name, name),
      content_hash = coalesce(@contentHash, content_hash),
      inode = coalesce(@inode, inode),
      size = coalesce(@size, size),
      mtime_ms = coalesce(@mtimeMs, mtime_ms),
      platform = coalesce(@platform, platform),
      account = coalesce(@account, account),
      choice = coalesce(@choice, choice),
      revision = iif(@setRevision, @revision, revision),
      not_before = iif(@setNotBefore, @notBefore, not_before),
      trouble = iif(@setTrouble, @trouble, trouble),
      asked_from = CASE
        WHEN @askedFrom IS NOT NULL THEN @askedFrom
        WHEN @state = 'pending' OR (@setRevision AND @revision IS NOT revision)
          THEN (SELECT count(*) FROM decisions WHERE draft_id = @id)
        ELSE asked_from END,
      updated_at = @at
    WHERE id = @id
      AND state IN (SELECT value FROM json_each(@from))
      AND (@onRevision IS NULL OR revision = @onRevision)`,
} as const;

/** The drafts. */
export function createDraftTable(db: Database): Direct<DraftTable> {
  const insert = db.prepare(queries.insert);
  const byId = db.prepare<DraftRow>(queries.byId);
  const byKey = db.prepare<DraftRow>(queries.byKey);
  const byPlace = db.prepare<DraftRow>(queries.byPlace);
  const byTrace = db.prepare<DraftRow>(queries.byTrace);
  const open = db.prepare<DraftRow>(queries.open);
  const settled = db.prepare<DraftRow>(queries.settled);
  const alike = db.prepare<DraftRow>(queries.alike);
  const answering = db.prepare<DraftRow>(queries.answering);
  const awaited = db.prepare<{ readonly id: string }>(queries.awaited);
  const counts = db.prepare<{ readonly state: DraftState; readonly count: number }>(queries.counts);
  const change = db.prepare(queries.change);
  const one = (row: DraftRow | undefined) => row && toDraft(row);

  return {
    insert(draft) {
      insert.run({
        ...fileColumns(draft.file),
        id: draft.id,
        key: draft.key,
        state: draft.state,
        revision: draft.revision ?? null,
        platform: draft.platform,
        account: draft.account,
        choice: draft.choice,
        notBefore: millis(draft.notBefore),
        askedFrom: draft.askedFrom,
        trouble: json(draft.trouble),
        createdAt: draft.createdAt.getTime(),
        updatedAt: draft.updatedAt.getTime(),
      });
    },
    byId: (id) => one(byId.get(id)),
    byKey: (key) => one(byKey.get(key)),
    byPlace: (folder, path) => one(byPlace.get(folder, path)),
    byTrace: ({ contentHash, inode, name }) => byTrace.all({ contentHash, inode, name }).map(toDraft),
    open: () => open.all().map(toDraft),
    settled: (limit) => settled.all(limit).map(toDraft),
    alike: (likeness, exceptId) => alike.all(likeness, exceptId).map(toDraft),
    answering: (messageId) => answering.all(messageId).map(toDraft),
    awaited: () => awaited.all().map(({ id }) => id),
    counts() {
      const all = { ...noDrafts };
      for (const { state, count } of counts.all()) all[state] = count;
      return all;
    },
    change: (...asked) => change.run(changeColumns(...asked)).changes === 1,
  };
}

const changeColumns = (...[id, expected, to, at]: Parameters<DraftTable['change']>) => ({
  ...fileColumns(to.file),
  id,
  from: JSON.stringify(expected.from),
  onRevision: expected.revision ?? null,
  state: to.state ?? null,
  platform: to.platform ?? null,
  account: to.account ?? null,
  choice: to.choice ?? null,
  setRevision: Number('revision' in to),
  revision: to.revision ?? null,
  setNotBefore: Number('notBefore' in to),
  notBefore: millis(to.notBefore),
  askedFrom: to.askedFrom ?? null,
  setTrouble: Number('trouble' in to),
  trouble: json(to.trouble),
  at: at.getTime(),
});

const noDrafts: Readonly<Record<DraftState, number>> = {
  pending: 0,
  approved: 0,
  in_progress: 0,
  unknown: 0,
  done: 0,
  rejected: 0,
  failed: 0,
  vanished: 0,
};

const fileColumns = (file: Draft['file'] | undefined) => ({
  folder: file?.folder ?? null,
  path: file?.path ?? null,
  name: file === undefined ? null : file.path.slice(file.path.lastIndexOf('/') + 1),
  contentHash: file?.contentHash ?? null,
  inode: file?.inode ?? null,
  size: file?.size ?? null,
  mtimeMs: file?.mtimeMs ?? null,
});

export const toDraft = (row: DraftRow): Draft => ({
  id: row.id,
  key: row.key,
  state: row.state,
  file: {
    folder: row.folder,
    path: row.path,
    contentHash: row.content_hash,
    inode: row.inode,
    size: row.size,
    mtimeMs: row.mtime_ms,
  },
  revision: row.revision ?? undefined,
  platform: row.platform,
  account: row.account,
  choice: row.choice,
  notBefore: instant(row.not_before),
  askedFrom: row.asked_from,
  trouble: row.trouble === null ? undefined : (JSON.parse(row.trouble) as Problem),
  createdAt: new Date(row.created_at),
  updatedAt: new Date(row.updated_at),
});
