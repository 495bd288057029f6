/** Leads a person from a message that is no card, or no longer, to the card itself. */
import type { Card } from '../../../domain/card.ts';
import type { Door } from '../../../domain/ports.ts';
import { cardHere, placeOfCard } from '../places.ts';
import type { Messenger, Press } from '../messenger.ts';
import { isWaiting } from '../waiting.ts';
import type { DraftMark } from '../memory/draft-mark.ts';
import type { Remembered } from '../memory/memory.ts';
import { richText } from '../text/text.ts';
import type { Wish } from '../buttons/action.ts';

export type NewestCard = {
  /** The whole text of a long draft stands at its own card. */
  whole(press: Press, draft: DraftMark): Promise<void>;
  /** Answers a tap on a card that a newer one took the place of; false when it was on no such card. */
  instead(press: Press, wish: Wish | undefined): Promise<boolean>;
};

export function createNewestCard(parts: {
  messenger: Messenger;
  door: Door;
  remembered: Remembered;
  sendApart: (card: Card) => Promise<boolean>;
  anew: (keys: readonly string[]) => Promise<void>;
}): NewestCard {
  const { messenger, door, remembered, sendApart, anew } = parts;

  const leadTo = async (card: Card, words: string): Promise<void> => {
    const [place, messageId] = [await placeOfCard(parts, card.key), await cardHere(parts, card.key)];
    const there =
      messageId === undefined
        ? undefined
        : await messenger.send(place, richText(words), { replyTo: messageId, silent: true });
    const missed = there?.kind !== 'ok' || !there.value.isBelow;
    if (!missed) return;
    // The record knows where a card stands; one sent beside it would be a second that asks. Only what the digest leads to
    // has none there.
    if (await remembered.held(card.key)) await sendApart(card);
    else await anew([card.key]);
  };

  return {
    async whole(press, { key }) {
      const card = await door.card(key);
      if (card === undefined) return messenger.answer(press, "I don't know this draft any more.", 'alert');
      await messenger.answer(press, 'Look below.', 'toast');
      await leadTo(card, 'Here it is, whole.');
    },
    async instead(press, wish) {
      const { messageId } = press;
      if (messageId === undefined || wish === undefined || !('key' in wish)) return false;
      if (!(await remembered.replaced(messageId))) return false;
      const card = await door.card(wish.key);
      // What was decided or changed the core says itself, and better.
      if (card === undefined || card.revision !== wish.revision || !isWaiting(card)) return false;
      await messenger.answer(
        press,
        'A newer card took the place of this one. Please use that one: it is below.',
        'alert',
      );
      await leadTo(card, 'Here is the newer card.');
      return true;
    },
  };
}
