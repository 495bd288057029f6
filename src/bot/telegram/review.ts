/**
 * Review: one message that shows one draft after the other. After each decision the next slides in under the same
 * thumb. Its buttons are those of a card; besides, the last decision can be taken back, and what was shown whole and is
 * alike can be approved at once.
 */
import type { Context, Filter } from 'grammy';

import type { Card } from '../../domain/card.ts';
import type { Verdict } from '../../domain/decision.ts';
import type { Door } from '../../domain/ports.ts';
import { messageOf } from '../../lib/words.ts';
import { batchWords, decideAll, listName } from './batch.ts';
import type { DraftMark } from './draft-mark.ts';
import { actorOf, answerTap, tapIdOf } from './person.ts';
import type { ReviewMark, Shelf } from './remembered-review.ts';
import { lastUndoable, nextLook } from './review-next.ts';
import { createReviewScreen } from './review-screen.ts';
import type { ReviewScreen, ScreenParts } from './review-screen.ts';

type TapContext = Filter<Context, 'callback_query'>;

export type Review = {
  /** A new review, below everything else. @param topic where the person is, in a group with topics */
  start(shelf: Shelf, topic?: number): Promise<void>;
  skip(ctx: TapContext, draft: DraftMark): Promise<void>;
  /** Brings the last skipped one back. */
  previous(ctx: TapContext): Promise<void>;
  /** Takes the last decision back. @param name of what the button meant */
  takeBack(ctx: TapContext, name: string): Promise<void>;
  /** Asks whether these may be approved at once. */
  askBatch(ctx: TapContext, name: string): Promise<void>;
  /** Yes to that. */
  approveBatch(ctx: TapContext, name: string): Promise<void>;
  /** No to that. */
  dropBatch(ctx: TapContext): Promise<void>;
  /** After anything a person did: the review shows what is to be shown now. */
  moveOn(): Promise<void>;
  /** Draws it anew when this tap was on it: its buttons may be others. */
  redraw(ctx: TapContext): Promise<void>;
  /** A card changed: a decision that can't be taken back any more is no longer offered for that. Never waits. */
  noticed(card: Card): void;
  /** Somebody tapped a button: other buttons may stand there now, and must not move under a thumb. */
  tapped(): void;
  stop(): void;
};

export function createReview(parts: ScreenParts): Review {
  const { door } = parts;
  const screen = createReviewScreen(parts);
  return {
    ...createSteps(door, screen),
    ...createTakeBack(door, screen),
    ...createBatchSteps(door, screen),
    start: (shelf, topic) => screen.start(shelf, topic),
    stop: () => screen.stop(),
    tapped: () => screen.tapped(),
    redraw: (ctx) => screen.update(async (mark) => (isOn(ctx, mark) ? mark : undefined)),
    noticed(card) {
      const look = screen.update(async (mark) => {
        const offered = mark.last.some(({ key }) => key === card.key);
        return offered && screen.isCalm() && !card.verbs.includes('undo') ? mark : undefined;
      });
      look.catch((thrown: unknown) => parts.logger.warn(`Telegram: the review failed: ${messageOf(thrown)}`));
    },
  };
}

const isOn = (ctx: TapContext, { messageId }: ReviewMark): boolean =>
  messageId === ctx.callbackQuery.message?.message_id;

const over = 'This review is over. Send /next.';

function createSteps(door: Door, screen: ReviewScreen): Pick<Review, 'skip' | 'previous' | 'moveOn'> {
  return {
    skip: (ctx, { key }) =>
      screen.update(
        async (mark) => {
          // A second tap of the same thumb must not skip the one that slid in.
          const fits = isOn(ctx, mark) && mark.key === key;
          await answerTap(ctx, fits ? 'Skipped.' : 'Look once more.', 'toast');
          if (!isOn(ctx, mark)) return undefined;
          return fits ? { ...mark, skipped: [...mark.skipped, key], key: '', batch: [] } : mark;
        },
        () => answerTap(ctx, over, 'toast'),
      ),
    previous: (ctx) =>
      screen.update(
        async (mark) => {
          await answerTap(ctx, isOn(ctx, mark) ? 'Back.' : over, 'toast');
          if (!isOn(ctx, mark)) return undefined;
          return { ...mark, key: mark.skipped.at(-1) ?? mark.key, skipped: mark.skipped.slice(0, -1) };
        },
        () => answerTap(ctx, over, 'toast'),
      ),
    moveOn: () =>
      screen.update(async (mark) => {
        if (mark.key === '') return undefined;
        const card = await door.card(mark.key);
        const stays = card !== undefined && screen.shows(mark, card) && card.revision === mark.revision;
        if (!stays) return mark;
        // Approved by one, and others are needed: this thumb has done its part.
        const given = (card.approvals?.given ?? 0) > (mark.given ?? 0);
        return given ? { ...mark, skipped: [...mark.skipped, mark.key], key: '' } : undefined;
      }),
  };
}

function createTakeBack(door: Door, screen: ReviewScreen): Pick<Review, 'takeBack'> {
  return {
    takeBack: (ctx, name) =>
      screen.update(
        async (mark) => {
          const cards = await lastUndoable(door, mark);
          if (!isOn(ctx, mark) || listName(cards) !== name) {
            await answerTap(ctx, 'That can’t be taken back here any more.', 'alert');
            return isOn(ctx, mark) ? mark : undefined;
          }
          const verdicts: (DraftMark & { verdict: Verdict })[] = [];
          for (const { key, revision } of cards) {
            const verdict = await door.decide({
              actor: actorOf(ctx.from),
              id: tapIdOf(ctx),
              verb: 'undo',
              key,
              revision,
            });
            verdicts.push({ key, revision, verdict });
          }
          const undone = verdicts.filter(({ verdict }) => verdict.kind === 'accepted');
          const failed = verdicts.find(({ verdict }) => verdict.kind === 'refused');
          await answerTap(ctx, (failed ?? verdicts[0])?.verdict.say ?? '', failed === undefined ? 'toast' : 'alert');
          const done = Math.max(0, mark.done - undone.length);
          return {
            ...mark,
            done,
            last: [],
            key: undone[0]?.key ?? mark.key,
            revision: undone[0]?.revision ?? mark.revision,
          };
        },
        () => answerTap(ctx, over, 'toast'),
      ),
  };
}

/** Keys of those that are still what this review goes through. */
async function stillOn(
  door: Door,
  screen: ReviewScreen,
  mark: ReviewMark,
  drafts: readonly DraftMark[],
): Promise<readonly string[]> {
  const cards = await Promise.all(drafts.map(({ key }) => door.card(key)));
  return cards.flatMap((card) => (card !== undefined && screen.shows(mark, card) ? [card.key] : []));
}

function createBatchSteps(door: Door, screen: ReviewScreen): Pick<Review, 'askBatch' | 'approveBatch' | 'dropBatch'> {
  return {
    askBatch: (ctx, name) =>
      screen.update(
        async (mark) => {
          const { batch } = await nextLook(door, mark);
          const fits = isOn(ctx, mark) && batch.length > 0 && listName(batch) === name;
          await answerTap(ctx, fits ? 'Really all of them?' : 'Something changed. Look once more.', 'toast');
          if (!isOn(ctx, mark)) return undefined;
          return fits ? { ...mark, batch: batch.map(({ key, revision }) => ({ key, revision })) } : mark;
        },
        () => answerTap(ctx, over, 'toast'),
      ),
    approveBatch: (ctx, name) =>
      screen.update(
        async (mark) => {
          if (!isOn(ctx, mark) || mark.batch.length === 0 || listName(mark.batch) !== name) {
            await answerTap(ctx, 'Something changed. Look once more.', 'alert');
            return isOn(ctx, mark) ? { ...mark, batch: [] } : undefined;
          }
          const tap = { actor: actorOf(ctx.from), id: tapIdOf(ctx), verb: 'approve' } as const;
          const result = await decideAll(door, tap, mark.batch);
          const { done: approved, refused } = result;
          await answerTap(ctx, batchWords(result, 'approved'), refused.length === 0 ? 'toast' : 'alert');
          const gone = new Set(mark.batch.map(({ key }) => key));
          // Approved by one, and others are needed: this thumb has done its part.
          const waiting = await stillOn(door, screen, mark, approved);
          const skipped = [...mark.skipped.filter((key) => !gone.has(key)), ...waiting];
          // What was refused comes back, to be looked at as it is now.
          const next = { key: refused[0]?.key ?? '', revision: '' };
          return {
            ...mark,
            ...next,
            batch: [],
            skipped,
            done: mark.done + approved.length - waiting.length,
            last: approved,
          };
        },
        () => answerTap(ctx, over, 'toast'),
      ),
    dropBatch: (ctx) =>
      screen.update(
        async (mark) => {
          await answerTap(ctx, 'All right, nothing was approved.', 'toast');
          return isOn(ctx, mark) ? { ...mark, batch: [] } : undefined;
        },
        () => answerTap(ctx, over, 'toast'),
      ),
  };
}
