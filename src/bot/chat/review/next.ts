/** What a review shows next, worked out from the record: nothing here is guessed from what was shown before. */
import type { Card } from '../../../domain/card.ts';
import type { Door } from '../../../domain/ports.ts';
import { batchOf, isShownWhole } from '../decide-many.ts';
import type { DraftMark } from '../memory/draft-mark.ts';
import { isWaiting } from '../waiting.ts';
import type { ReviewMark, Shelf } from '../memory/review-rows.ts';
import { cardLook, confirmLook, endLook, placeRoom } from './look.ts';
import type { ReviewLook } from './look.ts';

/** What a review goes through: what waits for a person, or what did not go out. */
export const isOnShelf = (shelf: Shelf, { mood }: Card): boolean =>
  shelf === 'failed' ? mood === 'failed' || mood === 'unknown' : isWaiting({ mood });

/** Failed ones are settled, so they are looked for among the newest of those. */
const settledLooked = 100;

export type Next = {
  readonly mark: ReviewMark;
  readonly look: ReviewLook;
  /** The draft that is shown; undefined at the end and while a list is shown. */
  readonly card: Card | undefined;
  /** What may be approved at once. */
  readonly batch: readonly Card[];
};

/** The next state and look; the draft that is shown stays as long as it waits. */
export async function nextLook(door: Door, before: ReviewMark): Promise<Next> {
  const { shelf } = before;
  const all = (await door.cards(shelf === 'failed' ? settledLooked : 0)).filter((card) => isOnShelf(shelf, card));
  const mark = await settle(door, before, all);
  const left = all.filter(({ key }) => !mark.skipped.includes(key));
  const card = left.find(({ key }) => key === mark.key) ?? left[0];
  const shown = { key: card?.key ?? '', revision: card?.revision ?? '', given: card?.approvals?.given };
  const moved = { ...mark, ...shown };
  const asked = all.filter((one) => one.mood === 'asks' && mark.batch.some(isOneOf(one)));
  if (asked.length > 0) {
    const still = asked.map(({ key, revision }) => ({ key, revision }));
    return { mark: { ...moved, batch: still }, look: confirmLook(asked), card: undefined, batch: [] };
  }
  // What is about to be shown counts as shown: the button stands below it.
  const whole = card !== undefined && isShownWhole(card, placeRoom) ? [card] : [];
  const batch = shelf === 'asks' ? batchOf(all, [...mark.seen, ...whole], card) : [];
  const undo = await lastUndoable(door, moved);
  const last = undo.map(({ key, revision }) => ({ key, revision }));
  const extras = { batch, undo };
  const at = mark.done + mark.skipped.length + 1;
  const place = `${at} of ${at - 1 + left.length}`;
  const look = card === undefined ? endLook(mark, all.length, extras) : cardLook(card, place, mark, extras);
  return { mark: { ...moved, batch: [], last }, look, card, batch };
}

const isOneOf =
  (card: Card) =>
  ({ key, revision }: DraftMark): boolean =>
    card.key === key && card.revision === revision;

/** The draft that was shown is decided: it is the last decision, if one can be taken back. */
async function settle(door: Door, mark: ReviewMark, all: readonly Card[]): Promise<ReviewMark> {
  const { key } = mark;
  const skipped = mark.skipped.filter((one) => all.some((card) => card.key === one));
  if (key === '' || all.some((card) => card.key === key)) return { ...mark, skipped };
  const card = await door.card(key);
  const last = card?.verbs.includes('undo') === true ? [{ key, revision: card.revision }] : [];
  return { ...mark, skipped, done: mark.done + 1, last };
}

/** Those of the last decision that can still be taken back. */
export async function lastUndoable(door: Door, { last, key: shown }: ReviewMark): Promise<readonly Card[]> {
  const cards = await Promise.all(last.map(({ key }) => door.card(key)));
  return cards.filter((card): card is Card => card?.verbs.includes('undo') === true && card.key !== shown);
}
