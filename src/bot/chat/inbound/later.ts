/** "Later": a card's buttons turn into times, to be asked again then or to go out then, and back. */
import type { Card } from '../../../domain/card.ts';
import type { Door } from '../../../domain/ports.ts';
import type { Clock } from '../../../lib/clock.ts';
import { localMoment } from '../../../lib/local-time.ts';
import { timeChoices } from '../buttons/times.ts';
import type { TimeChoice } from '../buttons/times.ts';
import { barredBy } from '../cards/card-look.ts';
import type { DraftMark } from '../memory/draft-mark.ts';
import { answerVerdict } from '../answers.ts';
import { button, remark } from '../buttons/button.ts';
import type { Button, Row } from '../buttons/button.ts';
import type { Messenger, Press } from '../messenger.ts';
import type { MediaMemory } from '../cards/shown-attachments.ts';
import type { PressedMessage } from '../pressed-message.ts';
import type { Sure } from './confirm-risky.ts';
import { encodeWish } from '../buttons/action.ts';

export type Later = {
  /** Shows the times in place of the buttons. */
  open(press: Press, draft: DraftMark): Promise<void>;
  /** Puts the buttons back that belong there. */
  close(press: Press, draft: DraftMark): Promise<void>;
  choose(press: Press, draft: DraftMark, what: 'postpone' | 'approve', time: TimeChoice['id']): Promise<void>;
};

export function createLater(parts: {
  messenger: Messenger;
  door: Door;
  sure: Sure;
  pressed: PressedMessage;
  media: MediaMemory;
  clock: Clock;
}): Later {
  const { messenger, door, sure, pressed, media, clock } = parts;

  /** The card the person looks at when it is still that; otherwise they are told. */
  const open = async (press: Press, { key, revision }: DraftMark): Promise<Card | undefined> => {
    const card = await door.card(key);
    if (card?.revision === revision && card.verbs.includes('reject')) return card;
    await messenger.answer(press, 'This draft changed since. Please use the newest card.', 'alert');
    return undefined;
  };

  return {
    async open(press, draft) {
      const card = await open(press, draft);
      if (card === undefined) return;
      await messenger.answer(press, 'When?', 'toast');
      const [slot, barred] = [await door.nextSlot(card.key), await barredBy(card, media)];
      await pressed.turn(press, card, timesRows(card, { now: clock.now(), slot, barred }));
    },
    async close(press, draft) {
      const card = await open(press, draft);
      if (card === undefined) return;
      await messenger.answer(press, 'Nothing changed.', 'toast');
      await pressed.restore(press, card);
    },
    async choose(press, { key, revision }, verb, time) {
      const at = timeChoices(clock.now()).find(({ id }) => id === time)?.at;
      if (at === undefined) return messenger.answer(press, 'That time has passed. Tap Later again.', 'alert');
      if (verb === 'approve') return sure.approve(press, { key, revision }, at);
      const { actor, id } = press;
      const verdict = await door.decide({ actor, id, verb, key, revision, text: at.toISOString() });
      return answerVerdict(messenger, press, verdict);
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

function timesRows(card: Card, { now, slot, barred }: Times): readonly Row[] {
  const { key, revision } = card;
  const times = (what: 'postpone' | 'approve', sign: string): Row => ({
    buttons: timeChoices(now).map(({ id, label }) =>
      button(`${sign} ${label}`, encodeWish({ kind: 'time', what, time: id, key, revision })),
    ),
  });
  const mayLeave = card.verbs.includes('approve') && barred === '';
  const approve: readonly Row[] = [
    remark('Approve, to go out:'),
    ...(slot === undefined ? [] : [{ buttons: [slotButton(card, now, slot)] }]),
    times('approve', '✅'),
    { buttons: [button('✅ At another time …', encodeWish({ kind: 'other_time', key, revision }))] },
  ];
  return [
    remark('Ask me again:'),
    times('postpone', '🕒'),
    ...(mayLeave ? approve : []),
    { buttons: [button('← Back', encodeWish({ kind: 'back', key, revision }))] },
  ];
}

/** To the minute, as the button carries it: never before there is room. */
function slotButton({ key, revision }: Card, now: Date, slot: Date): Button {
  const at = new Date(Math.ceil(slot.getTime() / 60_000) * 60_000);
  return button(`✅ Next free slot ${localMoment(at, now)}`, encodeWish({ kind: 'slot', key, revision, at }));
}
