-- Which tap a decision came from: chats deliver a tap again when we died before we could say that we had it.
ALTER TABLE decisions ADD COLUMN tap TEXT;
CREATE UNIQUE INDEX decisions_tap ON decisions (tap) WHERE tap IS NOT NULL;
