-- Equal effects leave once: which drafts would do the same, and which of them the person who approved was told of.
-- `likeness` is a function we give SQLite for this migration: SHA-256 of what an effect would do, hex.
ALTER TABLE revisions ADD COLUMN likeness TEXT NOT NULL DEFAULT '';
-- What a button carries for a revision. Those of old cards carry the beginning of its hash: they fit no mark any more.
ALTER TABLE revisions ADD COLUMN mark TEXT NOT NULL DEFAULT '';
UPDATE revisions SET
  likeness = CASE json_extract(layout, '$.kind') WHEN 'draft' THEN likeness(effect) ELSE '' END,
  mark = lower(hex(randomblob(10)));
CREATE INDEX revisions_by_likeness ON revisions (likeness) WHERE likeness <> '';

ALTER TABLE attempts ADD COLUMN likeness TEXT NOT NULL DEFAULT '';
-- We ended it ourselves before anything left: no try that failed. Until now only its words said so.
ALTER TABLE attempts ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
UPDATE attempts SET
  likeness = coalesce((SELECT likeness FROM revisions
    WHERE revisions.draft_id = attempts.draft_id AND revisions.hash = attempts.revision), ''),
  held = words IN ('Countersign is being stopped.', 'Everything is paused.');
CREATE INDEX attempts_by_likeness ON attempts (likeness, committed_at) WHERE committed_at IS NOT NULL AND likeness <> '';

-- NULL: decided before anybody was asked.
ALTER TABLE decisions ADD COLUMN knew TEXT;
