/** Draws a card: as a picture with words below it, or as words with everything else above. */
import type { Card } from '../../../domain/card.ts';
import type { ShowResult } from '../../../domain/ports.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { AboveMessages } from './overflow.ts';
import { cardLook, wantsFiles } from './card-look.ts';
import type { CardMessages } from '../text/card-text.ts';
import type { Doubts } from './unconfirmed.ts';
import { captionLimit, mediaDigest, showingsOf } from './attachment-plan.ts';
import type { Showing } from './attachment-plan.ts';
import type { MessageId, MessageKind, Messenger, Place } from '../messenger.ts';
import { placeFor } from '../places.ts';
import { addressOf } from '../routing.ts';
import { mostTries, passes } from './attachments.ts';
import type { Pictures } from './attachments.ts';
import type { Quiet } from '../sound/quiet.ts';
import type { Remembered } from '../memory/memory.ts';
import { noMedia } from './shown-attachments.ts';
import type { MediaMemory, ShownMedia } from './shown-attachments.ts';
import { showTrouble } from '../trouble.ts';
import type { Trouble } from '../trouble.ts';

export type CardParts = {
  readonly messenger: Messenger;
  readonly pictures: Pictures;
  readonly media: MediaMemory;
  readonly remembered: Remembered;
  readonly quiet: Quiet;
  readonly clock: Clock;
  readonly doubts: Doubts;
};

export type Drawing = {
  send(card: Card, messages: CardMessages): Promise<ShowResult>;
  /** Puts a picture into the card; `anew` when this message can't take it. */
  replace(
    card: Card,
    messages: CardMessages,
    messageId: MessageId,
    shown: ShownMedia,
    showing: Showing,
  ): Promise<ShowResult | 'anew'>;
  /** Other words and buttons, the same files. */
  rewrite(card: Card, messageId: MessageId, shown: ShownMedia): Promise<ShowResult>;
};

type DrawingParts = CardParts & {
  /** Called when a message shows the card, before anybody else is told. */
  readonly standsAt: (card: Card) => Promise<void>;
  /** Whether the next message for this draft comes without a sound. */
  readonly isHushed: (key: string) => boolean;
};

export function createDrawing(parts: DrawingParts, above: AboveMessages): Drawing {
  const { messenger, pictures, remembered, quiet, doubts, standsAt, isHushed } = parts;

  const shownAt: ShownAt = async (card, messageId, kind) => {
    await remembered.keepDraftAt(messageId, card);
    if (kind === 'picture') await remembered.keepIsPicture(messageId);
    await remembered.keepCardAt(card.key, messageId);
    await standsAt(card);
    return { kind: 'shown', ref: messageId };
  };
  const { sendPicture, replace } = createPictureCards(parts, above, shownAt);

  return {
    async send(card, messages) {
      const at = await placeFor(messenger, addressOf(card));
      if (at.kind === 'trouble') return showTrouble(at.trouble);
      const picture = await sendPicture(card, messages, at.value);
      if (picture !== undefined) return picture;
      const files = await pictures.send(wantsFiles(card) ? card : { ...card, media: [] }, at.value);
      if (files.kind === 'trouble') return showTrouble(files.trouble);
      const text = await above.send(card, messages.above, at.value);
      if (text.kind === 'trouble') return showTrouble(text.trouble);
      const look = cardLook(card, files.value);
      const options = {
        rows: look.rows,
        replyTo: text.value.ids.at(-1) ?? files.value.ids.at(-1),
        silent: await quiet.hush(isHushed(card.key) || !wantsAttention(card)),
      };
      const answer = await doubts.send(
        card.key,
        at.value,
        look.text,
        () => messenger.send(at.value, look.text, options),
        async ({ messageId, place }) => {
          await remembered.keepPlaceOf(card.key, place);
          const result = await shownAt(card, messageId, 'text');
          await pictures.settle(card.key, files.value, messageId);
          await above.settle(card, text.value, messageId);
          return result;
        },
      );
      return answer.kind === 'ok' ? answer.value : showTrouble(answer.trouble);
    },
    replace,
    async rewrite(card, messageId, shown) {
      const look = cardLook(card, shown);
      const kind = shown.isPicture ? 'picture' : 'text';
      const answer = await messenger.edit(messageId, look.text, look.rows, kind);
      if (answer.kind === 'trouble' && answer.trouble.kind !== 'unchanged') return showTrouble(answer.trouble);
      return shownAt(card, messageId, kind);
    },
  };
}

type ShownAt = (card: Card, messageId: MessageId, kind: MessageKind) => Promise<ShowResult>;

type PictureCards = Pick<Drawing, 'replace'> & {
  /** The card as a picture with words below it; undefined when it has to go the other way. */
  sendPicture(card: Card, messages: CardMessages, place: Place): Promise<ShowResult | undefined>;
};

function createPictureCards(parts: DrawingParts, above: AboveMessages, shownAt: ShownAt): PictureCards {
  const { messenger, pictures, media, remembered, quiet, doubts, isHushed } = parts;

  /** Whether the card has to do without this way of showing its picture; otherwise a later try is worth waiting for. */
  async function goesOn(card: Card, shown: ShownMedia, trouble: Trouble): Promise<boolean> {
    if (trouble.kind === 'rejected') return true;
    if (!passes(trouble)) return false;
    await media.keep(card.key, { ...shown, tries: shown.tries + 1 });
    return shown.tries + 1 >= mostTries;
  }

  return {
    async sendPicture(card, messages, at) {
      const showing = pictureOf(card, messages);
      const begun = await pictures.begun(card);
      const upload = showing === undefined || begun.tries >= mostTries ? undefined : await pictures.load(showing);
      if (upload === undefined) return undefined;
      const { rows } = cardLook(card, noMedia);
      const silent = await quiet.hush(isHushed(card.key) || !wantsAttention(card));
      const answer = await doubts.send(
        card.key,
        at,
        messages.card,
        () => messenger.sendFile(at, upload, messages.card, { rows, silent }),
        async ({ messageId, place }) => {
          await remembered.keepPlaceOf(card.key, place);
          await pictures.settle(card.key, { ...begun, handled: 1, isPicture: true }, messageId);
          await above.drop(card, messageId);
          return shownAt(card, messageId, 'picture');
        },
      );
      if (answer.kind === 'ok') return answer.value;
      return (await goesOn(card, begun, answer.trouble)) ? undefined : showTrouble(answer.trouble);
    },
    async replace(card, messages, messageId, shown, showing) {
      const upload = await pictures.load(showing);
      if (upload === undefined) return 'anew';
      const answer = await messenger.replace(messageId, upload, messages.card, cardLook(card, noMedia).rows);
      if (answer.kind === 'trouble' && answer.trouble.kind !== 'unchanged') {
        return (await goesOn(card, shown, answer.trouble)) ? 'anew' : showTrouble(answer.trouble);
      }
      const digest = mediaDigest(card.media);
      await pictures.settle(card.key, { ...noMedia, digest, handled: 1, isPicture: true, old: shown.old }, messageId);
      return shownAt(card, messageId, 'picture');
    },
  };
}

/** The one picture that can be the card itself. */
export function pictureOf(card: Card, messages: CardMessages): Showing | undefined {
  const [only, ...others] = wantsFiles(card) ? showingsOf(card.media) : [];
  return only?.kind === 'photo' && others.length === 0 && fitsCaption(messages) ? only : undefined;
}

export const fitsCaption = ({ above, card }: CardMessages): boolean =>
  above.length === 0 && card.text.length <= captionLimit;

const wantsAttention = ({ mood }: Card): boolean =>
  mood === 'asks' || mood === 'blocked' || mood === 'unknown' || mood === 'failed';
