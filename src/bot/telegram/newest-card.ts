/** Leads a person from a message that is no card, or no longer, to the card itself. */
import type { Context, Filter } from 'grammy';

import type { Card } from '../../domain/card.ts';
import type { Door } from '../../domain/ports.ts';
import type { Outgoing } from './outgoing.ts';
import { answerTap } from './person.ts';
import { isWaiting } from './places.ts';
import type { DraftMark } from './draft-mark.ts';
import type { Remembered } from './remembered.ts';
import { richText } from './rich-text.ts';
import { attempt } from './trouble.ts';
import type { Wish } from './wish.ts';

type TapContext = Filter<Context, 'callback_query'>;

export type NewestCard = {
  /** The whole text of a long draft stands at its own card. */
  whole(ctx: TapContext, draft: DraftMark): Promise<void>;
  /** Answers a tap on a card that a newer one took the place of; false when it was on no such card. */
  instead(ctx: TapContext, wish: Wish | undefined): Promise<boolean>;
};

export function createNewestCard(parts: {
  door: Door;
  outgoing: Outgoing;
  remembered: Remembered;
  sendApart: (card: Card) => Promise<boolean>;
  anew: (keys: readonly string[]) => Promise<void>;
}): NewestCard {
  const { door, outgoing, remembered, sendApart, anew } = parts;

  const leadTo = async (card: Card, words: string): Promise<void> => {
    const topic = await remembered.topicOf(card.key);
    const messageId = await remembered.cardAt(await outgoing.chatId(), card.key);
    const there =
      messageId === undefined
        ? undefined
        : await outgoing.send(richText(words), { replyTo: messageId, silent: true, topic });
    const missed = there?.kind !== 'ok' || there.value.reply_to_message === undefined;
    if (!missed) return;
    // The record knows where a card stands; one sent beside it would be a second that asks. Only what the digest leads to
    // has none there.
    if (await remembered.held(card.key)) await attempt(() => sendApart(card));
    else await anew([card.key]);
  };

  return {
    async whole(ctx, { key }) {
      const card = await door.card(key);
      if (card === undefined) return answerTap(ctx, "I don't know this draft any more.", 'alert');
      await answerTap(ctx, 'Look below.', 'toast');
      await leadTo(card, 'Here it is, whole.');
    },
    async instead(ctx, wish) {
      const { message } = ctx.callbackQuery;
      if (message === undefined || wish === undefined || !('key' in wish)) return false;
      if (!(await remembered.replaced(String(message.chat.id), message.message_id))) return false;
      const card = await door.card(wish.key);
      // What was decided or changed the core says itself, and better.
      if (card === undefined || card.revision !== wish.revision || !isWaiting(card)) return false;
      await answerTap(ctx, 'A newer card took the place of this one. Please use that one: it is below.', 'alert');
      await leadTo(card, 'Here is the newer card.');
      return true;
    },
  };
}
