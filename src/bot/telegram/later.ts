/** "Later": a card's buttons turn into times, to be asked again then or to go out then, and back. */
import type { Context, Filter } from 'grammy';
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';

import type { Card } from '../../domain/card.ts';
import type { Door } from '../../domain/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import { localMoment } from '../../lib/local-time.ts';
import { timeChoices } from '../times.ts';
import type { TimeChoice } from '../times.ts';
import { barredBy, cardLook, shownAs } from './card-look.ts';
import type { DraftMark } from './draft-mark.ts';
import { actorOf, answerTap, answerVerdict, tapIdOf } from './person.ts';
import type { MediaMemory } from './shown-media.ts';
import type { Sure } from './sure.ts';
import { turnInto } from './turn-into.ts';
import { encodeWish } from './wish.ts';

type TapContext = Filter<Context, 'callback_query'>;

export type Later = {
  /** Shows the times in place of the buttons. */
  open(ctx: TapContext, draft: DraftMark): Promise<void>;
  /** Puts the card's own buttons back. */
  close(ctx: TapContext, draft: DraftMark): Promise<void>;
  choose(ctx: TapContext, draft: DraftMark, what: 'postpone' | 'approve', time: TimeChoice['id']): Promise<void>;
};

export function createLater(parts: { door: Door; sure: Sure; media: MediaMemory; clock: Clock }): Later {
  const { door, sure, media, clock } = parts;

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
      const [slot, barred] = [await door.nextSlot(card.key), await barredBy(card, media)];
      await turnInto(ctx, timesKeyboard(card, { now: clock.now(), slot, barred }));
    },
    async close(ctx, draft) {
      const card = await open(ctx, draft);
      if (card === undefined) return;
      await answerTap(ctx, 'Nothing changed.', 'toast');
      await turnInto(ctx, cardLook(card, await shownAs(card, media)).keyboard);
    },
    async choose(ctx, { key, revision }, verb, time) {
      const at = timeChoices(clock.now()).find(({ id }) => id === time)?.at;
      if (at === undefined) return answerTap(ctx, 'That time has passed. Tap Later again.', 'alert');
      if (verb === 'approve') return sure.approve(ctx, { key, revision }, at);
      const actor = actorOf(ctx.from);
      return answerVerdict(
        ctx,
        await door.decide({ actor, id: tapIdOf(ctx), verb, key, revision, text: at.toISOString() }),
      );
    },
  };
}

type Times = {
  readonly now: Date;
  /** When the limit per hour has room; undefined when that is now. */
  readonly slot: Date | undefined;
  /** Why it can't be approved here; empty when it can. */
  readonly barred: string;
};

function timesKeyboard(card: Card, { now, slot, barred }: Times): InlineKeyboardMarkup {
  const { key, revision } = card;
  const times = (what: 'postpone' | 'approve', sign: string): InlineKeyboardButton[] =>
    timeChoices(now).map(({ id, label }) => ({
      text: `${sign} ${label}`,
      callback_data: encodeWish({ kind: 'time', what, time: id, key, revision }),
    }));
  const mayLeave = card.verbs.includes('approve') && barred === '';
  const approve: InlineKeyboardButton[][] = [
    [{ text: 'Approve, to go out:', disabled: {} }],
    ...(slot === undefined ? [] : [[slotButton(card, now, slot)]]),
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

/** To the minute, as the button carries it: never before there is room. */
function slotButton({ key, revision }: Card, now: Date, slot: Date): InlineKeyboardButton {
  const at = new Date(Math.ceil(slot.getTime() / 60_000) * 60_000);
  return {
    text: `✅ Next free slot ${localMoment(at, now)}`,
    callback_data: encodeWish({ kind: 'slot', key, revision, at }),
  };
}
