-- Which message an item is, so that its file follows the answer: by the message that is answered, else by the draft's file.
ALTER TABLE items ADD COLUMN message_id TEXT NOT NULL DEFAULT '';
ALTER TABLE items ADD COLUMN sender TEXT NOT NULL DEFAULT '';
CREATE INDEX items_by_message ON items (message_id, sender) WHERE message_id <> '';
CREATE INDEX items_by_draft ON items (draft_file) WHERE draft_file <> '';
