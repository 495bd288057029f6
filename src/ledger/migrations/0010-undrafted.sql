-- Messages that got no draft, for some weeks: a person is told of them once a day, and may want one drafted all the same.
CREATE TABLE undrafted (
  seq INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  item_key TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  noted_at INTEGER NOT NULL,
  why TEXT NOT NULL,
  message TEXT NOT NULL,
  text_hash TEXT NOT NULL,
  stem TEXT NOT NULL DEFAULT '',
  told INTEGER NOT NULL DEFAULT 0,
  closed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX undrafted_open ON undrafted (seq) WHERE closed = 0;
CREATE INDEX undrafted_untold ON undrafted (why) WHERE told = 0 AND closed = 0;
CREATE INDEX undrafted_by_time ON undrafted (noted_at);
