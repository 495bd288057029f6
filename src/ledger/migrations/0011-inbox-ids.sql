-- Not every chat numbers what it delivers: ids are text now, and a chat without an order of its own has no cursor.
CREATE TABLE inbox_cursors (channel TEXT PRIMARY KEY, "cursor" TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO inbox_cursors SELECT channel, CAST("offset" AS TEXT) FROM inbox_offsets;
DROP TABLE inbox_offsets;

-- `received_at`: NULL in rows of before; the payload says it there.
CREATE TABLE inbox_new (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  channel TEXT NOT NULL,
  id TEXT NOT NULL,
  payload TEXT NOT NULL,
  received_at INTEGER,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'given_up')),
  tries INTEGER NOT NULL DEFAULT 0,
  words TEXT NOT NULL DEFAULT '',
  settled_at INTEGER,
  UNIQUE (channel, id)
) STRICT;
INSERT INTO inbox_new (seq, channel, id, payload, state, tries, words, settled_at)
  SELECT seq, channel, CAST(id AS TEXT), payload, state, tries, words, settled_at FROM inbox ORDER BY seq;
DROP TABLE inbox;
ALTER TABLE inbox_new RENAME TO inbox;
CREATE INDEX inbox_waiting ON inbox (channel, seq) WHERE state = 'waiting';
CREATE INDEX inbox_settled ON inbox (settled_at) WHERE state <> 'waiting';
