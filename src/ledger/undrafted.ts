import type { Database } from 'better-sqlite3';
import type { UndraftedRow, UndraftedTable } from '../domain/undrafted.ts';
import type { Direct } from './turn.ts';

type Row = {
  readonly key: string;
  readonly item_key: string;
  readonly at: number;
  readonly noted_at: number;
  readonly message: string;
  readonly text_hash: string;
  readonly stem: string;
  readonly closed: number;
};

/** Messages without a draft, in the order they came in. Whatever is listed or counted is found by an index. */
export function createUndraftedTable(db: Database): Direct<UndraftedTable> {
  const put = db.prepare(`
    INSERT INTO undrafted (key, item_key, at, noted_at, why, message, text_hash)
    VALUES (@key, @itemKey, @at, @notedAt, @why, @message, @textHash) ON CONFLICT DO NOTHING`);
  const find = db.prepare<Row>('SELECT * FROM undrafted WHERE key = ?');
  const newest = db.prepare<Row>('SELECT * FROM undrafted WHERE closed = 0 ORDER BY seq DESC LIMIT ?');
  const older = db.prepare<Row>(`SELECT * FROM undrafted
    WHERE closed = 0 AND seq < (SELECT seq FROM undrafted WHERE key = ?) ORDER BY seq DESC LIMIT ?`);
  const newer = db.prepare<Row>(`SELECT * FROM undrafted
    WHERE closed = 0 AND seq > (SELECT seq FROM undrafted WHERE key = ?) ORDER BY seq LIMIT ?`);
  const count = db.prepare<{ readonly count: number }>('SELECT count(*) AS count FROM undrafted WHERE closed = 0');
  const untold = db.prepare<{ readonly why: string; readonly count: number }>(
    'SELECT why, count(*) AS count FROM undrafted WHERE told = 0 AND closed = 0 GROUP BY why ORDER BY why',
  );
  const markTold = db.prepare('UPDATE undrafted SET told = 1 WHERE told = 0 AND closed = 0');
  const name = db.prepare(`UPDATE undrafted SET stem = ? WHERE key = ? AND stem = ''`);
  const close = db.prepare('UPDATE undrafted SET closed = 1 WHERE item_key = ?');
  const forgetOld = db.prepare('DELETE FROM undrafted WHERE noted_at < ? AND told = 1');
  // Numbers are given one after the other.
  const forgetMany = db.prepare('DELETE FROM undrafted WHERE seq <= (SELECT max(seq) FROM undrafted) - ? AND told = 1');

  return {
    put({ key, itemKey, at, notedAt, undrafted, item, textHash }) {
      const message = JSON.stringify({ undrafted, item });
      put.run({ key, itemKey, at: at.getTime(), notedAt: notedAt.getTime(), why: undrafted.why, message, textHash });
    },
    find(key) {
      const row = find.get(key);
      return row && toUndrafted(row);
    },
    list({ olderThan, newerThan }, limit) {
      if (newerThan !== undefined) return newer.all(newerThan, limit).map(toUndrafted).toReversed();
      return (olderThan === undefined ? newest.all(limit) : older.all(olderThan, limit)).map(toUndrafted);
    },
    count: () => count.get()?.count ?? 0,
    untold: () => untold.all(),
    markTold() {
      markTold.run();
    },
    name(key, stem) {
      name.run(stem, key);
      return find.get(key)?.stem;
    },
    close(itemKey) {
      close.run(itemKey);
    },
    forget(before, keep) {
      forgetOld.run(before.getTime());
      forgetMany.run(keep);
    },
  };
}

const toUndrafted = (row: Row): UndraftedRow => ({
  key: row.key,
  itemKey: row.item_key,
  at: new Date(row.at),
  notedAt: new Date(row.noted_at),
  ...(JSON.parse(row.message) as Pick<UndraftedRow, 'undrafted' | 'item'>),
  textHash: row.text_hash,
  stem: row.stem,
  isClosed: row.closed === 1,
});
