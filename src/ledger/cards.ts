import type { Database } from 'better-sqlite3';
import type { Card } from '../domain/card.ts';
import type { CardRow, CardTable } from '../domain/ledger-port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Direct } from './turn.ts';

export type ShownRow = {
  readonly draft_id: string;
  readonly channel: string;
  readonly wanted: string;
  readonly wanted_hash: string;
  readonly shown_hash: string;
  readonly ref: string | null;
  readonly retiring: string | null;
};

/**
 * Wanted against shown, per draft and channel. `waits_since` is when a card began to differ: a card that is wanted anew
 * while it waits keeps its place in the line, one that was served goes to the end. While a card waits, the far side may
 * show either: the note of what it shows may have failed, or we may have died before it. So a card that is wanted back as
 * it was is shown once more.
 */
export function createCardTable(db: Database, clock: Clock): Direct<CardTable> {
  const find = db.prepare<ShownRow>('SELECT * FROM cards WHERE draft_id = ? AND channel = ?');
  const want = db.prepare(`
    INSERT INTO cards (draft_id, channel, wanted, wanted_hash, waits_since)
    VALUES (@draftId, @channel, @wanted, @hash, @now)
    ON CONFLICT (draft_id, channel) DO UPDATE SET
      waits_since = iif(wanted_hash <> shown_hash OR retiring IS NOT NULL, waits_since, excluded.waits_since),
      shown_hash = iif(wanted_hash <> shown_hash AND excluded.wanted_hash = shown_hash, '', shown_hash),
      wanted = excluded.wanted,
      wanted_hash = excluded.wanted_hash`);
  const shown = db.prepare(`
    UPDATE cards SET shown_hash = @hash, ref = @ref, waits_since = @now
    WHERE draft_id = @draftId AND channel = @channel`);
  const renew = db.prepare(`
    UPDATE cards SET
      waits_since = iif(wanted_hash <> shown_hash OR retiring IS NOT NULL, waits_since, @now),
      shown_hash = '', retiring = coalesce(ref, retiring), ref = NULL
    WHERE draft_id = @draftId AND channel = @channel`);
  const retired = db.prepare('UPDATE cards SET retiring = NULL WHERE draft_id = ? AND channel = ?');
  const due = db.prepare<ShownRow>(`
    SELECT * FROM cards WHERE channel = ? AND (wanted_hash <> shown_hash OR retiring IS NOT NULL)
    ORDER BY waits_since, seq LIMIT ?`);
  const now = () => clock.now().getTime();

  return {
    find(draftId, channel) {
      const row = find.get(draftId, channel);
      return row && toCard(row);
    },
    want(draftId, channel, card, hash) {
      want.run({ draftId, channel, wanted: JSON.stringify(card), hash, now: now() });
    },
    shown(draftId, channel, hash, ref) {
      shown.run({ draftId, channel, hash, ref: ref ?? null, now: now() });
    },
    renew(draftId, channel) {
      renew.run({ draftId, channel, now: now() });
    },
    retired(draftId, channel) {
      retired.run(draftId, channel);
    },
    due: (channel, limit) => due.all(channel, limit).map(toCard),
  };
}

/** What cards of earlier versions lack; before there were nouns, the title was all there was to call one by. */
const sinceAdded = ({ title }: Card) => ({
  noun: title,
  headline: '',
  changes: [],
  candidates: [],
  leftOut: [],
  risks: [],
  sure: '',
});

function readCard(json: string): Card {
  const kept = JSON.parse(json) as Card;
  const card = { ...sinceAdded(kept), ...kept };
  return {
    ...card,
    fields: card.fields.map((field) => ({ ...unknownField, ...field })),
    media: card.media.map((media) => ({ ...unknownFile, ...media })),
  };
}

const unknownField = { id: 'other' } as const;

/** Cards of an earlier version name their files only. */
const unknownFile = { path: '', sha256: '' };

export const toCard = (row: ShownRow): CardRow => ({
  draftId: row.draft_id,
  channel: row.channel,
  wanted: readCard(row.wanted),
  wantedHash: row.wanted_hash,
  shownHash: row.shown_hash,
  ref: row.ref ?? undefined,
  retiring: row.retiring ?? undefined,
});
