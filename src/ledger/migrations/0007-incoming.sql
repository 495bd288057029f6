-- Messages that reached us, so that an answer can be told from a mail out of nowhere. The same id may come from two senders.
CREATE TABLE incoming (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  sender TEXT NOT NULL,
  message TEXT NOT NULL,
  UNIQUE (id, sender)
) STRICT;
CREATE INDEX incoming_by_id ON incoming (id);

-- Domains of addresses that got something, by their length: what looks alike is as long, or one letter off.
CREATE INDEX reached_by_domain_length ON reached (length(rtrim(substr(address, instr(address, '@') + 1), '> ')));
