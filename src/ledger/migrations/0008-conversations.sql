-- Which message an item is, so that its file follows the answer: by the message that is answered, else by the draft’s file.
ALTER TABLE items ADD COLUMN message_id TEXT NOT NULL DEFAULT '';
ALTER TABLE items ADD COLUMN sender TEXT NOT NULL DEFAULT '';
CREATE INDEX items_by_message ON items (message_id, sender) WHERE message_id <> '';
CREATE INDEX items_by_draft ON items (draft_file) WHERE draft_file <> '';

-- What happened in a conversation after a message of it came in, by that message; and which drafts answer a message.
CREATE TABLE news (
  seq INTEGER PRIMARY KEY,
  message_id TEXT NOT NULL,
  key TEXT NOT NULL,
  noted_at INTEGER NOT NULL,
  news TEXT NOT NULL,
  UNIQUE (message_id, key)
) STRICT;
CREATE INDEX revisions_by_answered ON revisions (json_extract(effect, '$.thread.inReplyTo'))
WHERE json_extract(effect, '$.thread.inReplyTo') IS NOT NULL;
