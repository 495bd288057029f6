-- Instants are milliseconds since 1970. JSON columns hold domain values as they are. Rows that prove something can't
-- be deleted, and what was decided or shown can't be changed: triggers at the end see to it.

-- One row: whether the last close was an orderly one.
CREATE TABLE closing (id INTEGER PRIMARY KEY CHECK (id = 1), clean INTEGER NOT NULL) STRICT;
INSERT INTO closing VALUES (1, 1);

CREATE TABLE items (
  seq INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  watcher TEXT NOT NULL,
  at INTEGER NOT NULL,
  file TEXT NOT NULL,
  draft_file TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('seen', 'written', 'drafted'))
) STRICT;
CREATE INDEX items_unfinished ON items (at) WHERE state <> 'drafted';

CREATE TABLE drafts (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  key TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL REFERENCES draft_counts,
  folder TEXT NOT NULL,
  path TEXT NOT NULL,
  name TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  inode TEXT NOT NULL,
  size INTEGER NOT NULL,
  mtime_ms REAL NOT NULL,
  revision TEXT,
  platform TEXT NOT NULL,
  account TEXT NOT NULL,
  not_before INTEGER,
  trouble TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX drafts_open ON drafts (created_at) WHERE state IN ('pending', 'approved', 'in_progress', 'unknown');
CREATE INDEX drafts_settled ON drafts (updated_at) WHERE state IN ('done', 'rejected', 'failed', 'vanished');
CREATE INDEX drafts_by_place ON drafts (folder, path, created_at) WHERE state <> 'vanished';
CREATE INDEX drafts_by_content ON drafts (content_hash, created_at);
CREATE INDEX drafts_by_inode ON drafts (inode, created_at);
CREATE INDEX drafts_by_name ON drafts (name, created_at);

CREATE TABLE draft_counts (state TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO draft_counts VALUES
  ('pending', 0), ('approved', 0), ('in_progress', 0), ('unknown', 0),
  ('done', 0), ('rejected', 0), ('failed', 0), ('vanished', 0);
CREATE TRIGGER drafts_counted AFTER INSERT ON drafts BEGIN
  UPDATE draft_counts SET count = count + 1 WHERE state = new.state;
END;
CREATE TRIGGER drafts_recounted AFTER UPDATE OF state ON drafts WHEN old.state <> new.state BEGIN
  UPDATE draft_counts SET count = count - 1 WHERE state = old.state;
  UPDATE draft_counts SET count = count + 1 WHERE state = new.state;
END;

CREATE TABLE revisions (
  draft_id TEXT NOT NULL REFERENCES drafts (id),
  hash TEXT NOT NULL,
  effect TEXT NOT NULL,
  problems TEXT NOT NULL,
  original TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (draft_id, hash)
) STRICT;

CREATE TABLE decisions (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  draft_id TEXT NOT NULL REFERENCES drafts (id),
  revision TEXT NOT NULL,
  verb TEXT NOT NULL,
  actor_source TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  at INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX decisions_of_draft ON decisions (draft_id);

-- The references are promise P1 in SQL: no attempt without a decision, and none on anything but a stored effect.
CREATE TABLE attempts (
  id TEXT PRIMARY KEY,
  draft_id TEXT NOT NULL REFERENCES drafts (id),
  number INTEGER NOT NULL,
  decision_id TEXT NOT NULL REFERENCES decisions (id),
  revision TEXT NOT NULL,
  phase TEXT NOT NULL CHECK (phase IN ('started', 'committed', 'ended')),
  started_at INTEGER NOT NULL,
  committed_at INTEGER,
  ended_at INTEGER,
  outcome TEXT,
  evidence TEXT,
  words TEXT NOT NULL,
  platform TEXT,
  account TEXT,
  UNIQUE (draft_id, number),
  FOREIGN KEY (draft_id, revision) REFERENCES revisions (draft_id, hash)
) STRICT;
-- Promise P2 in SQL: a draft has at most one attempt that has not ended.
CREATE UNIQUE INDEX attempts_running ON attempts (draft_id) WHERE phase <> 'ended';
CREATE INDEX attempts_committed ON attempts (platform, account, committed_at) WHERE committed_at IS NOT NULL;
CREATE INDEX attempts_of_revision ON attempts (revision, committed_at) WHERE committed_at IS NOT NULL;

CREATE TABLE cards (
  seq INTEGER PRIMARY KEY,
  draft_id TEXT NOT NULL REFERENCES drafts (id),
  channel TEXT NOT NULL,
  wanted TEXT NOT NULL,
  wanted_hash TEXT NOT NULL,
  shown_hash TEXT NOT NULL DEFAULT '',
  ref TEXT,
  retiring TEXT,
  waits_since INTEGER NOT NULL,
  UNIQUE (draft_id, channel)
) STRICT;
CREATE INDEX cards_due ON cards (channel, waits_since) WHERE wanted_hash <> shown_hash OR retiring IS NOT NULL;

CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  channel TEXT NOT NULL,
  dedupe_key TEXT NOT NULL,
  draft_id TEXT NOT NULL,
  note TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'sending', 'said', 'unknown', 'refused')),
  at INTEGER NOT NULL,
  UNIQUE (channel, dedupe_key)
) STRICT;
CREATE INDEX outbox_new ON outbox (channel, at) WHERE state = 'new';
CREATE INDEX outbox_sending ON outbox (channel) WHERE state = 'sending';

CREATE TABLE flags (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE cursors (watcher TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE memories (
  channel TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (channel, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE inbox_offsets (channel TEXT PRIMARY KEY, "offset" INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE inbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  channel TEXT NOT NULL,
  id INTEGER NOT NULL,
  payload TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'given_up')),
  tries INTEGER NOT NULL DEFAULT 0,
  words TEXT NOT NULL DEFAULT '',
  settled_at INTEGER,
  UNIQUE (channel, id)
) STRICT;
CREATE INDEX inbox_waiting ON inbox (channel, seq) WHERE state = 'waiting';
CREATE INDEX inbox_settled ON inbox (settled_at) WHERE state <> 'waiting';

-- `again_at` is a wish that arrived while the job ran; it becomes `run_at` when the run has ended.
CREATE TABLE jobs (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  serial_key TEXT NOT NULL,
  run_at INTEGER NOT NULL,
  again_at INTEGER,
  failures INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (kind, key)
) STRICT;
CREATE INDEX jobs_due ON jobs (run_at, kind, key);

CREATE TRIGGER drafts_stay BEFORE DELETE ON drafts BEGIN SELECT RAISE(ABORT, 'drafts are never deleted'); END;
CREATE TRIGGER revisions_stay BEFORE DELETE ON revisions BEGIN SELECT RAISE(ABORT, 'revisions are never deleted'); END;
CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are never deleted'); END;
CREATE TRIGGER attempts_stay BEFORE DELETE ON attempts BEGIN SELECT RAISE(ABORT, 'attempts are never deleted'); END;
CREATE TRIGGER decisions_hold BEFORE UPDATE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions never change'); END;
CREATE TRIGGER revisions_hold BEFORE UPDATE OF draft_id, hash, effect, original, at ON revisions BEGIN
  SELECT RAISE(ABORT, 'what was shown never changes');
END;
