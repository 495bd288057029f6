/** A text and its buttons as Telegram takes them. */
import type { InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity } from 'grammy/types';

import type { Button, Row } from '../chat/buttons/button.ts';
import type { Entity, RichText } from '../chat/text/text.ts';

/** For people, where the conversation names the chat. */
export const label = 'Telegram';

export const command = (word: string): string => `/${word}`;

export const entitiesOf = ({ entities }: RichText): MessageEntity[] => entities.map(entityOf);

function entityOf(entity: Entity): MessageEntity {
  if (entity.type !== 'text_mention') return entity;
  const { actor, ...place } = entity;
  return { ...place, user: { id: Number(actor.id), is_bot: false, first_name: actor.name } };
}

/** Undefined when there are none. */
export function keyboardOf(rows: readonly Row[] | undefined): InlineKeyboardMarkup | undefined {
  if (rows === undefined || rows.length === 0) return undefined;
  return { inline_keyboard: rows.flatMap(rowsOf) };
}

/** As a parameter of a call; none takes those away that a message has. */
export function markupOf(rows: readonly Row[] | undefined): { reply_markup?: InlineKeyboardMarkup } {
  const keyboard = keyboardOf(rows);
  return keyboard === undefined ? {} : { reply_markup: keyboard };
}

/** Words by themselves are a button that can't be tapped. */
const rowsOf = ({ words, buttons }: Row): InlineKeyboardButton[][] => [
  ...(words === undefined ? [] : [[{ text: words, disabled: {} }]]),
  ...(buttons.length === 0 ? [] : [buttons.map(buttonOf)]),
];

const styles = { good: 'success', bad: 'danger' } as const;

function buttonOf({ words, does, style }: Button): InlineKeyboardButton {
  if ('open' in does) return { text: words, url: does.open };
  if ('copy' in does) return { text: words, copy_text: { text: does.copy } };
  return { text: words, callback_data: does.act, ...(style === undefined ? {} : { style: styles[style] }) };
}
