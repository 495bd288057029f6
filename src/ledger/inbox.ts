import type { Database } from 'better-sqlite3';
import type { Inbox } from '../domain/ports.ts';
import type { Clock } from '../lib/clock.ts';
import type { Direct } from './turn.ts';

type Update = { readonly id: number; readonly payload: string };

// Chats deliver again for about a day; an id must be known for longer than that.
const keptMs = 7 * 24 * 3_600_000;

/** Updates of one channel, each counted once: ids outlive their payload, so that a repetition is recognised. */
export function createInboxes(db: Database, clock: Clock): (channel: string) => Direct<Inbox> {
  const offset = db.prepare<{ readonly offset: number }>('SELECT "offset" FROM inbox_offsets WHERE channel = ?');
  const setOffset = db.prepare(`
    INSERT INTO inbox_offsets VALUES (?, ?) ON CONFLICT (channel) DO UPDATE SET "offset" = excluded."offset"`);
  const add = db.prepare(`
    INSERT INTO inbox (channel, id, payload) VALUES (?, ?, ?) ON CONFLICT (channel, id) DO NOTHING`);
  const forget = db.prepare(`DELETE FROM inbox WHERE state <> 'waiting' AND settled_at < ?`);
  const waiting = db.prepare<Update & { readonly tries: number }>(`
    SELECT id, payload, tries FROM inbox WHERE channel = ? AND state = 'waiting' ORDER BY seq`);
  const done = db.prepare(`
    UPDATE inbox SET state = 'done', payload = '', settled_at = @now
    WHERE channel = @channel AND id = @id AND state = 'waiting'`);
  const failed = db.prepare(`
    UPDATE inbox SET tries = tries + 1, words = @words,
      state = iif(@giveUp, 'given_up', state), settled_at = iif(@giveUp, @now, settled_at)
    WHERE channel = @channel AND id = @id AND state = 'waiting'`);
  const now = () => clock.now().getTime();

  const store = db.transaction((channel: string, updates: readonly Update[], next: number) => {
    for (const update of updates) add.run(channel, update.id, update.payload);
    setOffset.run(channel, next);
    forget.run(now() - keptMs);
  });

  const finish = db.transaction((channel: string, ids: readonly number[]) => {
    for (const id of ids) done.run({ channel, id, now: now() });
  });

  return (channel) => ({
    offset: () => offset.get(channel)?.offset ?? 0,
    store(updates, next) {
      store.immediate(channel, updates, next);
    },
    waiting: () => waiting.all(channel),
    done(...ids) {
      finish.immediate(channel, ids);
    },
    failed(id, words, giveUp) {
      failed.run({ channel, id, words, giveUp: Number(giveUp), now: now() });
    },
  });
}
