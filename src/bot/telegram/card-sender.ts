/** Puts one card into the chat: a message, and the text above it in messages of its own when it is long. */
import type { Card } from '../../domain/card.ts';
import type { ShowResult } from '../../domain/ports.ts';
import { createAboveMessages, digestOf } from './above.ts';
import { cardMessages } from './card-text.ts';
import type { CardMessages } from './card-text.ts';
import { cardKeyboard } from './keyboard.ts';
import type { OldMessages } from './old-messages.ts';
import type { Outgoing } from './outgoing.ts';
import type { Quiet } from './quiet.ts';
import { formatRef } from './refs.ts';
import type { Remembered } from './remembered.ts';
import { showTrouble } from './trouble.ts';

export type CardSender = {
  /** A new message; the one before it loses its buttons. */
  send(card: Card): Promise<ShowResult>;
  /** Makes this message say it, or a new one when that can't be. */
  rewrite(card: Card, messageId: number): Promise<ShowResult>;
  /** The next message for this draft comes without a sound. */
  hush(key: string): void;
};

/** @param standsAt called when a message shows the card, before anybody else is told */
export function createCardSender(parts: {
  outgoing: Outgoing;
  remembered: Remembered;
  quiet: Quiet;
  old: OldMessages;
  standsAt: (card: Card) => Promise<void>;
}): CardSender {
  const { outgoing, remembered, quiet, old, standsAt } = parts;
  const above = createAboveMessages(parts);
  const hushed = new Set<string>();

  async function shown(card: Card, messageId: number): Promise<ShowResult> {
    const chatId = await outgoing.chatId();
    await remembered.keepDraftAt(chatId, messageId, card);
    await remembered.keepCardAt(chatId, card.key, messageId);
    await standsAt(card);
    return { kind: 'shown', ref: formatRef(chatId, messageId) };
  }

  async function send(card: Card, messages: CardMessages): Promise<ShowResult> {
    const before = await remembered.cardAt(await outgoing.chatId(), card.key);
    const text = await above.send(card, messages.above);
    if (text.kind === 'trouble') return showTrouble(text.trouble);
    const answer = await outgoing.send(messages.card, {
      keyboard: cardKeyboard(card, messages.barred),
      replyTo: text.value.ids.at(-1),
      silent: await quiet.hush(hushed.has(card.key) || !wantsAttention(card)),
    });
    if (answer.kind === 'trouble') return showTrouble(answer.trouble);
    hushed.delete(card.key);
    const result = await shown(card, answer.value.message_id);
    await above.settle(card, text.value, answer.value.message_id);
    if (before !== undefined) await old.takeButtons(before, 'A newer card of this draft is below.');
    return result;
  }

  return {
    send: (card) => send(card, cardMessages(card)),
    async rewrite(card, messageId) {
      const messages = cardMessages(card);
      const digest = digestOf(messages.above);
      const shownDigest = await above.digestAt(card, messageId);
      // The text above a card must be the text the card asks about, so a new long text means a new card below it.
      if (digest !== shownDigest && digest !== '') return send(card, messages);
      const answer = await outgoing.edit(messageId, messages.card, cardKeyboard(card, messages.barred));
      if (answer.kind === 'trouble' && answer.trouble.kind !== 'unchanged') return showTrouble(answer.trouble);
      const result = await shown(card, messageId);
      if (digest !== shownDigest) await above.drop(card, messageId);
      return result;
    },
    hush: (key) => void hushed.add(key),
  };
}

const wantsAttention = ({ mood }: Card): boolean =>
  mood === 'asks' || mood === 'blocked' || mood === 'unknown' || mood === 'failed';
