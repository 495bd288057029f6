/** Shows cards: one message each, and the text above it in messages of its own when it is long. */
import type { Card } from '../../domain/card.ts';
import type { ShowResult } from '../../domain/ports.ts';
import { oneLine } from '../../lib/words.ts';
import { createAboveMessages, digestOf } from './above.ts';
import { cardMessages } from './card-text.ts';
import type { CardMessages } from './card-text.ts';
import { cardKeyboard } from './keyboard.ts';
import type { Outgoing } from './outgoing.ts';
import type { Quiet } from './quiet.ts';
import { formatRef, readRef } from './refs.ts';
import type { Remembered } from './remembered.ts';
import { richText } from './rich-text.ts';
import { showTrouble } from './trouble.ts';

export type Cards = {
  show(card: Card, ref: string | undefined): Promise<ShowResult>;
  retire(ref: string, words: string): Promise<void>;
  /** Sends it once more, in a message of its own. @returns whether it arrived */
  sendApart(card: Card): Promise<boolean>;
};

export function createCards(parts: { outgoing: Outgoing; remembered: Remembered; quiet: Quiet }): Cards {
  const { outgoing, remembered, quiet } = parts;
  const above = createAboveMessages(parts);

  /** Names of topics are those of platforms; what belongs to none lies in General. */
  const topicOf = ({ platform = '' }: Card) => platform;

  async function shown(card: Card, messageId: number): Promise<ShowResult> {
    const chatId = await outgoing.chatId();
    await remembered.keepDraftAt(chatId, messageId, card);
    await remembered.keepCardAt(card.key, messageId);
    return { kind: 'shown', ref: formatRef(chatId, messageId) };
  }

  async function send(card: Card, messages: CardMessages): Promise<ShowResult> {
    const text = await above.send(card, messages.above, topicOf(card));
    if (text.kind === 'trouble') return showTrouble(text.trouble);
    const answer = await outgoing.send(messages.card, {
      keyboard: cardKeyboard(card, messages.barred),
      replyTo: text.value.ids.at(-1),
      silent: await quiet.hush(!wantsAttention(card)),
      topic: topicOf(card),
    });
    if (answer.kind === 'trouble') return showTrouble(answer.trouble);
    await remembered.keepTopicOf(card.key, answer.value.message_thread_id);
    const result = await shown(card, answer.value.message_id);
    await above.settle(card, text.value, answer.value.message_id);
    return result;
  }

  async function rewrite(card: Card, messages: CardMessages, messageId: number): Promise<ShowResult> {
    const answer = await outgoing.edit(messageId, messages.card, cardKeyboard(card, messages.barred));
    if (answer.kind === 'trouble' && answer.trouble.kind !== 'unchanged') return showTrouble(answer.trouble);
    return shown(card, messageId);
  }

  async function retire(ref: string, words: string): Promise<void> {
    const old = readRef(ref);
    if (old === undefined || old.chatId !== (await outgoing.chatId())) return;
    await outgoing.edit(old.messageId, richText(oneLine(words, 300)), undefined);
  }

  async function show(card: Card, ref: string | undefined): Promise<ShowResult> {
    const messages = cardMessages(card);
    if (ref === undefined) return send(card, messages);
    const old = readRef(ref);
    if (old === undefined || old.chatId !== (await outgoing.chatId())) return { kind: 'card_gone' };
    const digest = digestOf(messages.above);
    const shownDigest = await above.digestAt(card, old.messageId);
    if (digest === shownDigest || digest === '') {
      const result = await rewrite(card, messages, old.messageId);
      if (result.kind === 'shown' && digest !== shownDigest) await above.drop(card, old.messageId);
      return result;
    }
    // The text above a card must be the text the card asks about, so a new long text means a new card below it.
    const result = await send(card, messages);
    if (result.kind === 'shown') await retire(ref, 'A newer version of this draft is below.');
    return result;
  }

  return {
    show,
    retire,
    sendApart: async (card) => (await send(card, cardMessages(card))).kind === 'shown',
  };
}

const wantsAttention = ({ mood }: Card): boolean =>
  mood === 'asks' || mood === 'blocked' || mood === 'unknown' || mood === 'failed';
