/** The buttons that show more about a card and decide nothing. */
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';

import type { Card } from '../../domain/card.ts';
import { encodeWish } from './wish.ts';
import type { Closer } from './wish.ts';

/** What a copy button takes. */
const mostCopied = 256;

const button = (text: string, kind: Closer, { key, revision }: Card): InlineKeyboardButton => ({
  text,
  callback_data: encodeWish({ kind, key, revision }),
});

/** While something is asked there is time to look around; what was decided keeps its few buttons and its history. */
const opens: ReadonlySet<Card['mood']> = new Set(['asks', 'blocked', 'nothing', 'failed']);
const onlyHistory: ReadonlySet<Card['mood']> = new Set(['waits', 'works', 'unknown', 'done', 'rejected', 'gone']);

/** Adds the way to more: beside `Later` where there is one, otherwise below everything else. */
export function withMore(keyboard: readonly InlineKeyboardButton[][], card: Card): InlineKeyboardButton[][] {
  if (!opens.has(card.mood)) return [...keyboard];
  const { key, revision } = card;
  const more = button('⋯ More', 'more', card);
  const later = encodeWish({ kind: 'draft', verb: 'postpone', key, revision });
  const beside = keyboard.findIndex((row) => row.some((one) => 'callback_data' in one && one.callback_data === later));
  return beside < 0 ? [...keyboard, [more]] : keyboard.map((row, at) => (at === beside ? [...row, more] : row));
}

export const historyButtons = (card: Card): InlineKeyboardButton[] =>
  onlyHistory.has(card.mood) ? [button('🕘 History', 'more_history', card)] : [];

export function moreKeyboard(card: Card): InlineKeyboardMarkup {
  const copies = card.text.trim() === '' ? [] : [copyButton(card)];
  return {
    inline_keyboard: [
      [button('👁 Full text', 'more_text', card), button('📄 File', 'more_file', card)],
      [button('🕘 History', 'more_history', card), ...copies],
      [button('⬅️ Back', 'less', card)],
    ],
  };
}

/** A short text is copied by the tap itself; a longer one comes as a block to copy. */
const copyButton = (card: Card): InlineKeyboardButton =>
  card.text.length <= mostCopied
    ? { text: '📋 Copy', copy_text: { text: card.text } }
    : button('📋 Copy', 'more_copy', card);
