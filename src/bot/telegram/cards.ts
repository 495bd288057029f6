/**
 * Shows cards: one message each, with its picture when there is one and the words fit below it; files and long texts go
 * above the card in messages of their own. What stands above or in a card is always what the card asks about.
 */
import type { Card } from '../../domain/card.ts';
import type { ShowResult } from '../../domain/ports.ts';
import { oneLine } from '../../lib/words.ts';
import { createAboveMessages, digestOf } from './above.ts';
import { wantsFiles } from './card-look.ts';
import { cardMessages } from './card-text.ts';
import type { CardMessages } from './card-text.ts';
import { createDrawing, fitsCaption, pictureOf } from './drawing.ts';
import type { CardParts } from './drawing.ts';
import { mediaDigest } from './media-plan.ts';
import type { Showing } from './media-plan.ts';
import { readRef } from './refs.ts';
import { richText } from './rich-text.ts';
import { noMedia } from './shown-media.ts';
import type { ShownMedia } from './shown-media.ts';

export type Cards = {
  show(card: Card, ref: string | undefined): Promise<ShowResult>;
  retire(ref: string, words: string): Promise<void>;
  /** Sends it once more, in a message of its own. @returns whether it arrived */
  sendApart(card: Card): Promise<boolean>;
  /** Tries again to show the files that could not be shown. @returns whether all of them are shown now */
  showFiles(card: Card): Promise<boolean>;
};

export function createCards(parts: CardParts): Cards {
  const { outgoing, remembered, media, pictures } = parts;
  const above = createAboveMessages(parts);
  const { send, replace, rewrite } = createDrawing(parts, above);

  async function retire(ref: string, words: string): Promise<void> {
    const old = readRef(ref);
    if (old === undefined || old.chatId !== (await outgoing.chatId())) return;
    const kind = (await remembered.isPicture(old.chatId, old.messageId)) ? 'picture' : 'text';
    await outgoing.edit(old.messageId, richText(oneLine(words, 300)), undefined, kind);
  }

  async function sendAnew(card: Card, messages: CardMessages, ref: string): Promise<ShowResult> {
    const result = await send(card, messages);
    if (result.kind === 'shown') await retire(ref, 'A newer version of this draft is below.');
    return result;
  }

  async function show(card: Card, ref: string | undefined): Promise<ShowResult> {
    const messages = cardMessages(card);
    if (ref === undefined) return send(card, messages);
    const old = readRef(ref);
    if (old === undefined || old.chatId !== (await outgoing.chatId())) return { kind: 'card_gone' };
    const { messageId } = old;
    const record = await media.of(card.key);
    const shown = record.card === messageId ? record : noMedia;
    const digest = digestOf(messages.above);
    const shownDigest = await above.digestAt(card, messageId);
    // The text above a card must be the text the card asks about, so a new long text means a new card below it.
    if (digest !== shownDigest && digest !== '') return sendAnew(card, messages, ref);
    const change = changeOf(card, messages, shown);
    if (change.kind === 'anew') return sendAnew(card, messages, ref);
    const result =
      change.kind === 'replace'
        ? await replace(card, messages, messageId, shown, change.showing)
        : await rewrite(card, messageId, change.kind === 'drop' ? noMedia : shown);
    if (result === 'anew') return sendAnew(card, messages, ref);
    if (result.kind === 'shown' && digest !== shownDigest) await above.drop(card, messageId);
    if (result.kind === 'shown' && change.kind === 'drop') {
      await pictures.settle(card.key, { ...noMedia, old: [...shown.old, ...shown.ids] }, messageId);
    }
    return result;
  }

  return {
    show,
    retire,
    sendApart: async (card) => (await send(card, cardMessages(card))).kind === 'shown',
    async showFiles(card) {
      const before = await media.of(card.key);
      if (before.card === 0 || before.digest !== mediaDigest(card.media)) return false;
      const shown = await pictures.again(card, before);
      await rewrite(card, shown.card, shown);
      return shown.missing.length === 0;
    },
  };
}

/** What must happen to the message that is the card now. */
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
