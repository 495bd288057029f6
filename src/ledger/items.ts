import type { Database } from 'better-sqlite3';
import type { ItemRow, ItemTable } from '../domain/ledger-port.ts';
import type { Direct } from './turn.ts';

type Row = {
  readonly key: string;
  readonly watcher: string;
  readonly at: number;
  readonly file: string;
  readonly draft_file: string;
  readonly state: ItemRow['state'];
  readonly message_id: string;
  readonly sender: string;
};

/** What came in, by its key: an item is taken in once. */
export function createItemTable(db: Database): Direct<ItemTable> {
  const find = db.prepare<Row>('SELECT * FROM items WHERE key = ?');
  const put = db.prepare(`
    INSERT INTO items (key, watcher, at, file, draft_file, state, message_id, sender)
    VALUES (@key, @watcher, @at, @file, @draftFile, @state, @messageId, @sender)
    ON CONFLICT (key) DO UPDATE SET
      watcher = excluded.watcher, at = excluded.at, file = excluded.file,
      draft_file = excluded.draft_file, state = excluded.state,
      message_id = excluded.message_id, sender = excluded.sender`);
  const ofMessage = db.prepare<Row>(
    `SELECT * FROM items WHERE message_id = ? AND sender = ? AND message_id <> '' ORDER BY seq LIMIT 20`,
  );
  const ofDraft = db.prepare<Row>(
    `SELECT * FROM items WHERE draft_file = ? AND draft_file <> '' ORDER BY seq LIMIT 20`,
  );
  const unfinished = db.prepare<Row>(`SELECT * FROM items WHERE state <> 'drafted' ORDER BY at, seq`);

  return {
    find(key) {
      const row = find.get(key);
      return row && toItem(row);
    },
    put(row) {
      put.run({ ...row, at: row.at.getTime() });
    },
    ofMessage: (id, sender) => ofMessage.all(id, sender).map(toItem),
    ofDraft: (files) =>
      files
        .flatMap((file) => ofDraft.all(file))
        .map(toItem)
        .slice(0, 20),
    unfinished: () => unfinished.all().map(toItem),
  };
}

const toItem = (row: Row): ItemRow => ({
  key: row.key,
  watcher: row.watcher,
  at: new Date(row.at),
  file: row.file,
  draftFile: row.draft_file,
  state: row.state,
  messageId: row.message_id,
  sender: row.sender,
});
