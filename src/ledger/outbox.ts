import type { Database } from 'better-sqlite3';
import type { Note } from '../domain/card.ts';
import type { OutboxRow, OutboxTable } from '../domain/ledger-port.ts';
import type { Direct } from './turn.ts';

type Row = {
  readonly id: string;
  readonly channel: string;
  readonly draft_id: string;
  readonly note: string;
  readonly state: OutboxRow['state'];
  readonly at: number;
};

/** Notes on their way to a channel, each at most once. */
export function createOutboxTable(db: Database): Direct<OutboxTable> {
  const add = db.prepare(`
    INSERT INTO outbox (id, channel, dedupe_key, draft_id, note, at)
    VALUES (@id, @channel, @dedupeKey, @draftId, @note, @at)
    ON CONFLICT (channel, dedupe_key) DO NOTHING`);
  const due = db.prepare<Row>(`
    SELECT * FROM outbox WHERE channel = ? AND state = 'new' ORDER BY at, seq LIMIT ?`);
  const mark = db.prepare('UPDATE outbox SET state = ? WHERE id = ?');
  const settleSending = db.prepare(`
    UPDATE outbox SET state = 'unknown' WHERE channel = ? AND state = 'sending'`);

  return {
    add({ id, channel, draftId, note, at }, dedupeKey) {
      add.run({ id, channel, dedupeKey, draftId, note: JSON.stringify(note), at: at.getTime() });
    },
    due: (channel, limit) => due.all(channel, limit).map(toOutboxRow),
    mark(id, state) {
      mark.run(state, id);
    },
    settleSending: (channel) => settleSending.run(channel).changes,
  };
}

const toOutboxRow = (row: Row): OutboxRow => ({
  id: row.id,
  channel: row.channel,
  draftId: row.draft_id,
  note: JSON.parse(row.note) as Note,
  state: row.state,
  at: new Date(row.at),
});
