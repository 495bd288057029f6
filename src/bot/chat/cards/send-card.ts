/** Puts one card into the chat: a message, with its files and a long text above it in messages of their own. */
import type { Card } from '../../../domain/card.ts';
import type { ShowResult } from '../../../domain/ports.ts';
import { createAboveMessages } from './overflow.ts';
import { wantsFiles } from './card-look.ts';
import { cardMessages } from '../text/card-text.ts';
import type { CardMessages } from '../text/card-text.ts';
import { createDrawing, fitsCaption, pictureOf } from './draw-card.ts';
import type { CardParts } from './draw-card.ts';
import { mediaDigest } from './attachment-plan.ts';
import type { Showing } from './attachment-plan.ts';
import type { MessageId } from '../messenger.ts';
import { cardHere } from '../places.ts';
import type { OldMessages } from './replaced-messages.ts';
import { createSentAt } from './sent-at.ts';
import { noMedia } from './shown-attachments.ts';
import type { ShownMedia } from './shown-attachments.ts';
import { showTrouble } from '../trouble.ts';

export type CardSender = {
  /** A new message; the one before it loses its buttons. */
  send(card: Card): Promise<ShowResult>;
  /** Makes this message say it, or a new one when that can't be. */
  rewrite(card: Card, messageId: MessageId): Promise<ShowResult>;
  /** Tries again to show the files that could not be shown. @returns whether all of them are shown now */
  showFiles(card: Card): Promise<boolean>;
  /** The next message for this draft comes without a sound. */
  hush(key: string): void;
  /** When its newest message was sent, as far as this run knows. */
  sentAt(key: string): Date | undefined;
};

/** @param standsAt called when a message shows the card, before anybody else is told */
export function createCardSender(
  parts: CardParts & { readonly old: OldMessages; readonly standsAt: (card: Card) => Promise<void> },
): CardSender {
  const { media, pictures, old, doubts, standsAt } = parts;
  const above = createAboveMessages(parts);
  const hushed = new Set<string>();
  const sentAt = createSentAt(parts.clock);
  const drawing = createDrawing({ ...parts, standsAt, isHushed: (key) => hushed.has(key) }, above);

  async function send(card: Card, messages: CardMessages): Promise<ShowResult> {
    const before = await cardHere(parts, card.key);
    const trouble = await doubts.settle();
    if (trouble !== undefined) return showTrouble(trouble);
    const result = await drawing.send(card, messages);
    if (result.kind !== 'shown') return result;
    hushed.delete(card.key);
    sentAt.note(card.key);
    if (before !== undefined) await old.takeButtons(before, 'A newer card of this draft is below.');
    return result;
  }

  async function change(card: Card, messages: CardMessages, messageId: MessageId): Promise<ShowResult | 'anew'> {
    const record = await media.of(card.key);
    const shown = record.card === messageId ? record : noMedia;
    const fits = await above.fits(card, messages.above, messageId);
    // The text above a card must be the text the card asks about, so a new long text means a new card below it.
    if (!fits && messages.above.length > 0) return 'anew';
    const files = changeOf(card, messages, shown);
    if (files.kind === 'anew') return 'anew';
    const result =
      files.kind === 'replace'
        ? await drawing.replace(card, messages, messageId, shown, files.showing)
        : await drawing.rewrite(card, messageId, files.kind === 'drop' ? noMedia : shown);
    if (result === 'anew' || result.kind !== 'shown') return result;
    if (!fits) await above.drop(card, messageId);
    if (files.kind === 'drop') {
      await pictures.settle(card.key, { ...noMedia, old: [...shown.old, ...shown.ids] }, messageId);
    }
    return result;
  }

  return {
    send: (card) => send(card, cardMessages(card)),
    async rewrite(card, messageId) {
      const messages = cardMessages(card);
      const result = await change(card, messages, messageId);
      return result === 'anew' ? await send(card, messages) : result;
    },
    async showFiles(card) {
      const before = await media.of(card.key);
      if (before.card === undefined || before.digest !== mediaDigest(card.media)) return false;
      const shown = await pictures.again(card, before);
      await drawing.rewrite(card, before.card, shown);
      return shown.missing.length === 0;
    },
    hush: (key) => void hushed.add(key),
    sentAt: sentAt.of,
  };
}

/** What must happen to the files of the message that is the card now. */
type Change =
  | { readonly kind: 'rewrite' }
  /** The files above it go away. */
  | { readonly kind: 'drop' }
  | { readonly kind: 'replace'; readonly showing: Showing }
  | { readonly kind: 'anew' };

function changeOf(card: Card, messages: CardMessages, shown: ShownMedia): Change {
  const same = !wantsFiles(card) || shown.digest === mediaDigest(card.media);
  if (same) return shown.isPicture && !fitsCaption(messages) ? { kind: 'anew' } : { kind: 'rewrite' };
  if (card.media.length === 0) return { kind: shown.isPicture ? 'anew' : 'drop' };
  const showing = pictureOf(card, messages);
  // Files above the card would stand there for another picture than the card's.
  const clear = shown.ids.length === 0;
  return showing === undefined || !clear ? { kind: 'anew' } : { kind: 'replace', showing };
}
