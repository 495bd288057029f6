import type { Database } from 'better-sqlite3';
import type { NewsTable } from '../domain/ledger-port.ts';
import type { News } from '../domain/news.ts';
import { json } from './columns.ts';
import type { Direct } from './turn.ts';

type Row = {
  readonly message_id: string;
  readonly key: string;
  readonly noted_at: number;
  readonly news: string;
};

/** What happened to conversations after a message of them came in. */
export function createNewsTable(db: Database): Direct<NewsTable> {
  const put = db.prepare(`
    INSERT INTO news (message_id, key, noted_at, news) VALUES (@messageId, @key, @notedAt, @news)
    ON CONFLICT (message_id, key) DO NOTHING`);
  const remove = db.prepare('DELETE FROM news WHERE message_id = ? AND key = ?');
  const of = db.prepare<Row>('SELECT * FROM news WHERE message_id = ? LIMIT 200');

  return {
    put({ messageId, key, at, what }, notedAt) {
      const row = { messageId, key, notedAt: notedAt.getTime(), news: json({ at: at.toISOString(), what }) };
      return put.run(row).changes === 1;
    },
    remove: (messageId, key) => remove.run(messageId, key).changes === 1,
    // Sorted here: the index has them by key, and a message has few.
    of: (messageId) =>
      of
        .all(messageId)
        .map((row) => {
          const { at, what } = JSON.parse(row.news) as { readonly at: string; readonly what: News['what'] };
          return { messageId, key: row.key, at: new Date(at), what, notedAt: new Date(row.noted_at) };
        })
        .toSorted((a, b) => b.notedAt.getTime() - a.notedAt.getTime()),
  };
}
