/** The message of the review that is under way: read, changed and drawn by one at a time. */
import type { Card } from '../../../domain/card.ts';
import type { Door } from '../../../domain/ports.ts';
import { createAlarm } from '../../../lib/alarm.ts';
import type { Clock } from '../../../lib/clock.ts';
import { createKeyedLock } from '../../../lib/keyed-lock.ts';
import type { Logger } from '../../../lib/logger.ts';
import { messageOf } from '../../../lib/words.ts';
import { isShownWhole } from '../decide-many.ts';
import type { MessageId, Messenger, Place } from '../messenger.ts';
import { homeOf } from '../places.ts';
import type { Remembered } from '../memory/memory.ts';
import { newReview } from '../memory/review-rows.ts';
import type { ReviewMark, Shelf } from '../memory/review-rows.ts';
import { placeRoom } from './look.ts';
import { isOnShelf, nextLook } from './next.ts';
import type { Next } from './next.ts';
import { richText } from '../text/text.ts';
import { showTrouble } from '../trouble.ts';
import type { Trouble } from '../trouble.ts';

export type ScreenParts = {
  readonly door: Door;
  readonly messenger: Messenger;
  readonly remembered: Remembered;
  readonly clock: Clock;
  readonly logger: Logger;
};

export type ReviewScreen = {
  start(shelf: Shelf, place: Place): Promise<void>;
  /**
   * Draws what `change` makes of the review that is under way; undefined: leaves it as it is.
   * @param none called when there is none
   */
  update(change: (mark: ReviewMark) => Promise<ReviewMark | undefined>, none?: () => Promise<void>): Promise<void>;
  shows(mark: ReviewMark, card: Card): boolean;
  /** Whether nobody tapped since it was drawn. */
  isCalm(): boolean;
  tapped(): void;
  stop(): void;
};

const mostSeen = 100;

export function createReviewScreen(parts: ScreenParts): ReviewScreen {
  const { door, messenger, remembered, clock, logger } = parts;
  const lock = createKeyedLock();
  /** What the chat did not take yet. */
  let left = async (): Promise<void> => undefined;
  const alarm = createAlarm({
    clock,
    ring: () => left(),
    failed: (thrown) => logger.warn(`the review failed: ${messageOf(thrown)}`),
  });
  let calm = true;

  const keep = async (messageId: MessageId, { mark, card }: Next): Promise<void> => {
    calm = true;
    const whole = card !== undefined && isShownWhole(card, placeRoom);
    const others = mark.seen.filter(({ key }) => key !== card?.key);
    const seen = whole ? [...others, { key: card.key, revision: card.revision }].slice(-mostSeen) : others;
    await remembered.keepReview(await homeOf(messenger), { ...mark, seen, messageId });
    // A reply to the review is a reply to what it shows; a list or the end shows nothing that could be meant.
    const shown = { key: card?.key ?? '', revision: card?.revision ?? '' };
    await remembered.keepDraftAt(messageId, shown);
  };

  const again = (trouble: Trouble, work: () => Promise<void>): void => {
    const result = showTrouble(trouble);
    if (result.kind !== 'later') return;
    left = work;
    alarm.set(result.afterSeconds * 1_000);
  };

  const draw = async (mark: ReviewMark): Promise<void> => {
    const next = await nextLook(door, mark);
    const answer = await messenger.edit(mark.messageId, next.look.text, next.look.rows);
    if (answer.kind === 'ok' || answer.trouble.kind === 'unchanged') return keep(mark.messageId, next);
    // What was decided is on record; what is shown follows when the chat lets us.
    await remembered.keepReview(await homeOf(messenger), mark);
    again(answer.trouble, () => update(async (now) => now));
  };

  const update: ReviewScreen['update'] = (change, none) =>
    lock('review', async () => {
      const mark = await remembered.review(await homeOf(messenger));
      if (mark === undefined) return none?.();
      const changed = await change(mark);
      if (changed !== undefined) await draw(changed);
    });

  const start: ReviewScreen['start'] = (shelf, place) =>
    lock('review', async () => {
      const chat = await homeOf(messenger);
      const old = await remembered.review(chat);
      const next = await nextLook(door, newReview(shelf));
      // Asked for in private, it goes where all can go on with it.
      const at = messenger.standsIn(place, chat) ? place : chat;
      const sent = await messenger.send(at, next.look.text, { rows: next.look.rows, silent: true });
      if (sent.kind === 'trouble') return again(sent.trouble, () => start(shelf, place));
      await keep(sent.value.messageId, next);
      if (old !== undefined) await messenger.edit(old.messageId, richText('The review goes on below.'), []);
    });

  return {
    start,
    update,
    isCalm: () => calm,
    tapped: () => void (calm = false),
    shows: (mark, card) => isOnShelf(mark.shelf, card),
    stop: alarm.stop,
  };
}
