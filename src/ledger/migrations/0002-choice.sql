-- Files that hold several texts: what there is to choose from, and what a person chose.
ALTER TABLE drafts ADD COLUMN choice TEXT NOT NULL DEFAULT '';
ALTER TABLE revisions ADD COLUMN layout TEXT NOT NULL DEFAULT '{"kind":"draft","candidates":[],"leftOut":[]}';
