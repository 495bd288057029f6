/** The buttons that show more about a card and decide nothing. */
import type { Card } from '../../../domain/card.ts';
import { button } from './button.ts';
import type { Button, Row } from './button.ts';
import { encodeWish } from './action.ts';
import { verbLabels } from './labels.ts';
import type { Closer } from './action.ts';

/** What a copy button takes. */
const mostCopied = 256;

const closer = (words: string, kind: Closer, { key, revision }: Card): Button =>
  button(words, encodeWish({ kind, key, revision }));

/** While something is asked there is time to look around; what was decided keeps its few buttons and its history. */
const opens: ReadonlySet<Card['mood']> = new Set(['asks', 'blocked', 'nothing', 'failed']);
const onlyHistory: ReadonlySet<Card['mood']> = new Set(['waits', 'works', 'unknown', 'done', 'rejected', 'gone']);

/** Adds the way to more: beside `Later` where there is one, otherwise below everything else. */
export function withMore(rows: readonly (readonly Button[])[], card: Card): readonly (readonly Button[])[] {
  if (!opens.has(card.mood)) return rows;
  const { key, revision } = card;
  const more = closer('⋯ More', 'more', card);
  const later = encodeWish({ kind: 'draft', verb: 'postpone', key, revision });
  const beside = rows.findIndex((row) => row.some(({ does }) => 'act' in does && does.act === later));
  return beside < 0 ? [...rows, [more]] : rows.map((row, at) => (at === beside ? [...row, more] : row));
}

export const historyButtons = (card: Card): readonly Button[] =>
  onlyHistory.has(card.mood) ? [closer('🕘 History', 'more_history', card)] : [];

export function moreKeyboard(card: Card): readonly Row[] {
  const { key, revision } = card;
  const copies = card.text.trim() === '' ? [] : [copyButton(card)];
  return [
    { buttons: [closer('👁 Full text', 'more_text', card), closer('📄 File', 'more_file', card)] },
    { buttons: [closer('🕘 History', 'more_history', card), ...copies] },
    { buttons: [button(verbLabels.comment, encodeWish({ kind: 'draft', verb: 'comment', key, revision }))] },
    { buttons: [closer('⬅️ Back', 'less', card)] },
  ];
}

/** A short text is copied by the tap itself; a longer one comes as a block to copy. */
const copyButton = (card: Card): Button =>
  card.text.length <= mostCopied
    ? { words: '📋 Copy', does: { copy: card.text } }
    : closer('📋 Copy', 'more_copy', card);
