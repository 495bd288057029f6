/** "Later": a card's buttons turn into times, to be asked again then or to go out then, and back. */
import type { Context, Filter } from 'grammy';
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';

import type { Card } from '../../domain/card.ts';
import type { Door } from '../../domain/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import { timeChoices } from '../times.ts';
import type { TimeChoice } from '../times.ts';
import { cardMessages } from './card-text.ts';
import { cardKeyboard } from './keyboard.ts';
import { actorOf, answerTap, answerVerdict } from './person.ts';
import type { DraftMark } from './draft-mark.ts';
import type { Sure } from './sure.ts';
import { attempt } from './trouble.ts';
import { encodeWish } from './wish.ts';

type TapContext = Filter<Context, 'callback_query'>;

export type Later = {
  /** Shows the times in place of the buttons. */
  open(ctx: TapContext, draft: DraftMark): Promise<void>;
  /** Puts the card's own buttons back. */
  close(ctx: TapContext, draft: DraftMark): Promise<void>;
  choose(ctx: TapContext, draft: DraftMark, what: 'postpone' | 'approve', time: TimeChoice['id']): Promise<void>;
};

export function createLater(parts: { door: Door; sure: Sure; clock: Clock }): Later {
  const { door, sure, clock } = parts;

  /** The card the person looks at when it is still that; otherwise they are told. */
  const open = async (ctx: TapContext, { key, revision }: DraftMark): Promise<Card | undefined> => {
    const card = await door.card(key);
    if (card?.revision === revision && card.verbs.includes('reject')) return card;
    await answerTap(ctx, 'This draft changed since. Please use the newest card.', 'alert');
    return undefined;
  };

  return {
    async open(ctx, draft) {
      const card = await open(ctx, draft);
      if (card === undefined) return;
      await answerTap(ctx, 'When?', 'toast');
      await turnInto(ctx, timesKeyboard(card, clock.now()));
    },
    async close(ctx, draft) {
      const card = await open(ctx, draft);
      if (card === undefined) return;
      await answerTap(ctx, 'Nothing changed.', 'toast');
      await turnInto(ctx, cardKeyboard(card, cardMessages(card).barred));
    },
    async choose(ctx, { key, revision }, verb, time) {
      const at = timeChoices(clock.now()).find(({ id }) => id === time)?.at;
      if (at === undefined) return answerTap(ctx, 'That time has passed. Tap Later again.', 'alert');
      if (verb === 'approve') return sure.approve(ctx, { key, revision }, at);
      const actor = actorOf(ctx.from);
      return answerVerdict(ctx, await door.decide({ actor, verb, key, revision, text: at.toISOString() }));
    },
  };
}

/** Other buttons under the same message; best effort, the card itself is not touched. */
const turnInto = async (ctx: TapContext, keyboard: InlineKeyboardMarkup | undefined): Promise<void> => {
  await attempt(() => ctx.editMessageReplyMarkup(keyboard === undefined ? {} : { reply_markup: keyboard }));
};

function timesKeyboard(card: Card, now: Date): InlineKeyboardMarkup {
  const { key, revision } = card;
  const times = (what: 'postpone' | 'approve', sign: string): InlineKeyboardButton[] =>
    timeChoices(now).map(({ id, label }) => ({
      text: `${sign} ${label}`,
      callback_data: encodeWish({ kind: 'time', what, time: id, key, revision }),
    }));
  const mayLeave = card.verbs.includes('approve') && cardMessages(card).barred === '';
  const approve: InlineKeyboardButton[][] = [
    [{ text: 'Approve, to go out:', disabled: {} }],
    times('approve', '✅'),
    [{ text: '✅ At another time …', callback_data: encodeWish({ kind: 'other_time', key, revision }) }],
  ];
  return {
    inline_keyboard: [
      [{ text: 'Ask me again:', disabled: {} }],
      times('postpone', '🕒'),
      ...(mayLeave ? approve : []),
      [{ text: '← Back', callback_data: encodeWish({ kind: 'back', key, revision }) }],
    ],
  };
}
