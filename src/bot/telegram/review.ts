/**
 * Review: one message that shows one draft after the other. After each decision the next slides in under the same
 * thumb. Decides nothing itself: its buttons are those of a card.
 */
import type { Context, Filter } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';

import type { Card } from '../../domain/card.ts';
import type { Door } from '../../domain/ports.ts';
import { cardMessages } from './card-text.ts';
import { cardKeyboard } from './keyboard.ts';
import type { Outgoing } from './outgoing.ts';
import { answerTap } from './person.ts';
import type { DraftMark, Remembered, ReviewMark, Shelf } from './remembered.ts';
import { paragraphs, richText } from './rich-text.ts';
import type { RichText } from './rich-text.ts';
import { attempt } from './trouble.ts';
import { encodeWish } from './wish.ts';

type TapContext = Filter<Context, 'callback_query'>;

export type Review = {
  /** A new review, below everything else. @param topic where the person is, in a group with topics */
  start(shelf: Shelf, topic?: number): Promise<void>;
  skip(ctx: TapContext, draft: DraftMark): Promise<void>;
  /** Brings the last skipped one back. */
  previous(ctx: TapContext): Promise<void>;
  /** After anything a person did: the review shows what is to be shown now. */
  moveOn(): Promise<void>;
  /** Draws it anew when this tap was on it: its buttons may be others. */
  redraw(ctx: TapContext): Promise<void>;
};

type Look = { readonly text: RichText; readonly keyboard: InlineKeyboardMarkup | undefined };

/** What a review goes through: what waits for a person, or what did not go out. */
const isOn = (shelf: Shelf, { mood }: Card): boolean =>
  shelf === 'failed' ? mood === 'failed' || mood === 'unknown' : waits.has(mood);

const waits: ReadonlySet<Card['mood']> = new Set(['asks', 'blocked', 'nothing', 'unknown']);

/** Failed ones are settled, so they are looked for among the newest of those. */
const settledLooked = 100;

export function createReview(parts: { door: Door; outgoing: Outgoing; remembered: Remembered }): Review {
  const { door, outgoing, remembered } = parts;

  const draw = async (mark: ReviewMark): Promise<void> => {
    const { messageId } = mark;
    const { mark: moved, look } = await nextLook(door, mark);
    const answer = await outgoing.edit(messageId, look.text, look.keyboard);
    if (answer.kind === 'trouble' && answer.trouble.kind !== 'unchanged') return;
    await keep(messageId, moved);
  };

  const keep = async (messageId: number, mark: ReviewMark): Promise<void> => {
    const chatId = await outgoing.chatId();
    await remembered.keepReview({ ...mark, messageId });
    // A reply to the review is a reply to what it shows.
    if (mark.key !== '') await remembered.keepDraftAt(chatId, messageId, mark);
  };

  /** The review that is under way, when the tap was on it. */
  const tapped = async (ctx: TapContext): Promise<ReviewMark | undefined> => {
    const mark = await remembered.review();
    return mark?.messageId === ctx.callbackQuery.message?.message_id ? mark : undefined;
  };

  return {
    async start(shelf, topic) {
      const old = await remembered.review();
      if (old !== undefined) await outgoing.edit(old.messageId, richText('The review goes on below.'), undefined);
      const { mark, look } = await nextLook(door, { messageId: 0, shelf, done: 0, skipped: [], key: '', revision: '' });
      const sent = await outgoing.send(look.text, { keyboard: look.keyboard, silent: true, topic });
      if (sent.kind === 'ok') await keep(sent.value.message_id, mark);
    },
    async skip(ctx, { key }) {
      const mark = await tapped(ctx);
      // A second tap of the same thumb must not skip the one that slid in.
      const fits = mark?.key === key;
      await answerTap(ctx, fits ? 'Skipped.' : 'Look once more.', 'toast');
      if (mark === undefined) return;
      await draw(fits ? { ...mark, skipped: [...mark.skipped, key], key: '' } : mark);
    },
    async previous(ctx) {
      const mark = await tapped(ctx);
      await answerTap(ctx, mark === undefined ? 'This review is over. Send /next.' : 'Back.', 'toast');
      if (mark === undefined) return;
      const [key, skipped] = [mark.skipped.at(-1) ?? mark.key, mark.skipped.slice(0, -1)];
      await draw({ ...mark, key, skipped });
    },
    async moveOn() {
      const mark = await remembered.review();
      if (mark === undefined || mark.key === '') return;
      const card = await door.card(mark.key);
      const stays = card !== undefined && isOn(mark.shelf, card) && card.revision === mark.revision;
      // Approved by one, and others are needed: this thumb has done its part.
      const given = stays && (card.approvals?.given ?? 0) > (mark.given ?? 0);
      if (given) await draw({ ...mark, skipped: [...mark.skipped, mark.key], key: '' });
      else if (!stays) await draw(mark);
    },
    async redraw(ctx) {
      const mark = await tapped(ctx);
      if (mark !== undefined) await draw(mark);
    },
  };
}

/** The next state and look; the draft that is shown stays as long as it waits. */
async function nextLook(door: Door, mark: ReviewMark): Promise<{ readonly mark: ReviewMark; readonly look: Look }> {
  const all = (await door.cards(mark.shelf === 'failed' ? settledLooked : 0)).filter((card) => isOn(mark.shelf, card));
  const left = all.filter(({ key }) => !mark.skipped.includes(key));
  const settled = mark.key !== '' && !all.some(({ key }) => key === mark.key);
  const done = mark.done + (settled ? 1 : 0);
  const card = left.find(({ key }) => key === mark.key) ?? left[0];
  const shown = { key: card?.key ?? '', revision: card?.revision ?? '', given: card?.approvals?.given };
  const moved = { ...mark, done, ...shown };
  const at = done + mark.skipped.length + 1;
  const place = `${at} of ${at - 1 + left.length}`;
  return {
    mark: moved,
    look: card === undefined ? endLook(mark.shelf, done, all.length) : cardLook(card, place, mark),
  };
}

/** Room for "12 of 345". */
const placeRoom = 40;

function cardLook(card: Card, place: string, { skipped }: ReviewMark): Look {
  const messages = cardMessages(card, placeRoom);
  const long = messages.above.length > 0;
  const barred = long ? 'Long: look at the whole text first' : messages.barred;
  const own = cardKeyboard(card, barred)?.inline_keyboard ?? [];
  const { key, revision } = card;
  const whole = { text: '👁 The whole text', callback_data: encodeWish({ kind: 'whole', key, revision }) };
  const skip = { text: '⏭ Skip', callback_data: encodeWish({ kind: 'skip', key, revision }) };
  const back = { text: '◀', callback_data: encodeWish({ kind: 'previous' }) };
  const rows = [...own, ...(long ? [[whole]] : []), skipped.length > 0 ? [back, skip] : [skip]];
  return { text: paragraphs([richText(place), messages.card]), keyboard: { inline_keyboard: rows } };
}

function endLook(shelf: Shelf, done: number, left: number): Look {
  const rest = left === 0 ? '' : ` ${left} skipped.`;
  const words = shelf === 'failed' ? 'Nothing failed that waits for you.' : 'Nothing waits for you.';
  const text = done + left === 0 ? words : `That was all: ${done} decided.${rest}`;
  const again = [[{ text: '▶ Review', callback_data: encodeWish({ kind: 'review' }) }]];
  return { text: richText(text), keyboard: left > 0 && shelf === 'asks' ? { inline_keyboard: again } : undefined };
}

/** The whole text of a long draft stands at its own card: the person is led there. */
export async function showWhole(
  parts: {
    door: Door;
    outgoing: Outgoing;
    remembered: Remembered;
    sendApart: (card: Card) => Promise<boolean>;
  },
  ctx: TapContext,
  { key }: DraftMark,
): Promise<void> {
  const card = await parts.door.card(key);
  if (card === undefined) return answerTap(ctx, "I don't know this draft any more.", 'alert');
  await answerTap(ctx, 'Look below.', 'toast');
  const messageId = await parts.remembered.cardAt(key);
  const there =
    messageId === undefined
      ? undefined
      : await parts.outgoing.send(richText('Here it is, whole.'), {
          replyTo: messageId,
          silent: true,
          topic: await parts.remembered.topicOf(key),
        });
  const missed = there?.kind !== 'ok' || there.value.reply_to_message === undefined;
  if (missed) await attempt(() => parts.sendApart(card));
}
