-- Addresses that something was sent to before. A table of its own, so that the question costs the same after a year.
CREATE TABLE reached (platform TEXT NOT NULL, address TEXT NOT NULL, PRIMARY KEY (platform, address)) STRICT, WITHOUT ROWID;

-- Only what really left: a dry run ends well without having passed its point of no return.
CREATE TRIGGER attempts_reach AFTER UPDATE OF outcome ON attempts
WHEN new.outcome = 'posted' AND new.committed_at IS NOT NULL AND new.platform IS NOT NULL BEGIN
  INSERT OR IGNORE INTO reached
  SELECT new.platform, lower(trim(address.value))
  FROM revisions, json_each('["to","cc","bcc"]') AS part,
    json_each(revisions.effect, '$.' || part.value) AS address
  WHERE revisions.draft_id = new.draft_id AND revisions.hash = new.revision;
END;

INSERT OR IGNORE INTO reached
SELECT attempts.platform, lower(trim(address.value))
FROM attempts JOIN revisions ON revisions.draft_id = attempts.draft_id AND revisions.hash = attempts.revision,
  json_each('["to","cc","bcc"]') AS part, json_each(revisions.effect, '$.' || part.value) AS address
WHERE attempts.outcome = 'posted' AND attempts.committed_at IS NOT NULL AND attempts.platform IS NOT NULL;
