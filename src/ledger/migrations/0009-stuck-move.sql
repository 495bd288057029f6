-- A file that can't be moved where it belongs: until now only the beginning of its words said so.
UPDATE drafts SET trouble = json_set(trouble, '$.code', 'stuck_move')
WHERE trouble IS NOT NULL AND json_extract(trouble, '$.what') LIKE 'The file can’t be moved to %';
