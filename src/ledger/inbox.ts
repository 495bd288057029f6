import type { Database } from 'better-sqlite3';
import type { Inbox, InboxRow } from '../domain/ports.ts';
import type { Clock } from '../lib/clock.ts';
import type { Direct } from './turn.ts';

type Kept = {
  readonly id: string;
  readonly payload: string;
  readonly receivedAt: number | null;
  readonly tries: number;
};

// Chats deliver again for about a day; an id must be known for longer than that.
const keptMs = 7 * 24 * 3_600_000;

/** What one channel was told, each counted once: ids outlive their payload, so that a repetition is recognised. */
export function createInboxes(db: Database, clock: Clock): (channel: string) => Direct<Inbox> {
  const cursor = db.prepare<{ readonly cursor: string }>('SELECT "cursor" FROM inbox_cursors WHERE channel = ?');
  const setCursor = db.prepare(`
    INSERT INTO inbox_cursors VALUES (?, ?) ON CONFLICT (channel) DO UPDATE SET "cursor" = excluded."cursor"`);
  const add = db.prepare(`
    INSERT INTO inbox (channel, id, payload, received_at) VALUES (?, ?, ?, ?) ON CONFLICT (channel, id) DO NOTHING`);
  const forget = db.prepare(`DELETE FROM inbox WHERE state <> 'waiting' AND settled_at < ?`);
  const waiting = db.prepare<Kept>(`
    SELECT id, payload, received_at AS receivedAt, tries FROM inbox
    WHERE channel = ? AND state = 'waiting' ORDER BY seq`);
  const done = db.prepare(`
    UPDATE inbox SET state = 'done', payload = '', settled_at = @now
    WHERE channel = @channel AND id = @id AND state = 'waiting'`);
  const failed = db.prepare(`
    UPDATE inbox SET tries = tries + 1, words = @words,
      state = iif(@giveUp, 'given_up', state), settled_at = iif(@giveUp, @now, settled_at)
    WHERE channel = @channel AND id = @id AND state = 'waiting'`);
  const now = () => clock.now().getTime();

  const store = db.transaction((channel: string, rows: readonly InboxRow[], next: string | undefined) => {
    for (const { id, payload, receivedAt } of rows) add.run(channel, id, payload, receivedAt.getTime());
    if (next !== undefined) setCursor.run(channel, next);
    forget.run(now() - keptMs);
  });

  const finish = db.transaction((channel: string, ids: readonly string[]) => {
    for (const id of ids) done.run({ channel, id, now: now() });
  });

  return (channel) => ({
    cursor: () => cursor.get(channel)?.cursor,
    store(rows, next) {
      store.immediate(channel, rows, next);
    },
    waiting: () =>
      waiting.all(channel).map(({ receivedAt: at, ...row }) => ({
        ...row,
        receivedAt: at === null ? undefined : new Date(at),
      })),
    done(...ids) {
      finish.immediate(channel, ids);
    },
    failed(id, words, giveUp) {
      failed.run({ channel, id, words, giveUp: Number(giveUp), now: now() });
    },
  });
}
