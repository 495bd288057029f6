/**
 * What stands where a person pressed, drawn whole from the record: not every chat can change buttons alone. Other buttons
 * are put below a draft only while it stands there as the person saw it.
 */
import type { Card } from '../../domain/card.ts';
import type { Row } from './buttons/button.ts';
import { cardLook, shownAs } from './cards/card-look.ts';
import type { MediaMemory } from './cards/shown-attachments.ts';
import type { Messenger, Press } from './messenger.ts';
import type { Review } from './review/review.ts';

export type PressedMessage = {
  /** These buttons in the place of those of the card, at a message of its own or in a review. */
  turn(press: Press, card: Card, rows: readonly Row[]): Promise<void>;
  /** The buttons that belong there. */
  restore(press: Press, card: Card): Promise<void>;
};

export function createPressedMessage(parts: {
  messenger: Messenger;
  media: MediaMemory;
  review: Pick<Review, 'at' | 'redraw'>;
}): PressedMessage {
  const { messenger, media, review } = parts;
  const put = async (press: Press, card: Card, rows?: readonly Row[]): Promise<void> => {
    const look = cardLook(card, await shownAs(card, media));
    await messenger.turn(press, { text: look.text, rows: rows ?? look.rows }, 'rows');
  };
  return {
    async turn(press, card, rows) {
      const shown = await review.at(press);
      if (shown === undefined) return put(press, card, rows);
      const isIt = shown.card?.key === card.key && shown.card.revision === card.revision;
      return isIt ? messenger.turn(press, { text: shown.look.text, rows }, 'rows') : review.redraw(press);
    },
    restore: async (press, card) => ((await review.at(press)) === undefined ? put(press, card) : review.redraw(press)),
  };
}
