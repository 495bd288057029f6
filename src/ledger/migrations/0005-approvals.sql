-- Several people may have to approve: which decisions count for the question that is open, and how many an attempt needed.
ALTER TABLE drafts ADD COLUMN asked_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN needed INTEGER NOT NULL DEFAULT 1;

-- What waits for a decision has none yet; what was approved counts from that approval on.
UPDATE drafts SET asked_from = (SELECT count(*) FROM decisions WHERE decisions.draft_id = drafts.id)
WHERE state = 'pending';
UPDATE drafts SET asked_from = (
  SELECT count(*) FROM decisions WHERE decisions.draft_id = drafts.id AND decisions.seq < (
    SELECT max(yes.seq) FROM decisions AS yes WHERE yes.draft_id = drafts.id AND yes.verb IN ('approve', 'retry')))
WHERE state IN ('approved', 'in_progress', 'unknown');
