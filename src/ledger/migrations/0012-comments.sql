-- What people said about a draft without wanting anything: kept with it, shown with it, never sent. `after`: how many
-- decisions the draft had then, for clocks may be set back. `tap` names the tap it came from, as for decisions.
CREATE TABLE comments (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  draft_id TEXT NOT NULL REFERENCES drafts (id),
  revision TEXT NOT NULL,
  actor_source TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  at INTEGER NOT NULL,
  text TEXT NOT NULL,
  after INTEGER NOT NULL,
  tap TEXT UNIQUE
) STRICT;
CREATE INDEX comments_of_draft ON comments (draft_id);

CREATE TRIGGER comments_stay BEFORE DELETE ON comments BEGIN SELECT RAISE(ABORT, 'comments are never deleted'); END;
CREATE TRIGGER comments_hold BEFORE UPDATE ON comments BEGIN SELECT RAISE(ABORT, 'comments never change'); END;
