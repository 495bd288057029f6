/**
 * Review: one message that shows one draft after the other. After each decision the next slides in under the same
 * thumb. Its buttons are those of a card; besides, the last decision can be taken back, and what was shown whole and is
 * alike can be approved at once.
 */
import type { Card } from '../../../domain/card.ts';
import type { Verdict } from '../../../domain/decision.ts';
import type { Door } from '../../../domain/ports.ts';
import { messageOf } from '../../../lib/words.ts';
import { batchWords, decideAll, listName } from '../decide-many.ts';
import type { DraftMark } from '../memory/draft-mark.ts';
import type { Messenger, Place, Press } from '../messenger.ts';
import type { ReviewMark, Shelf } from '../memory/review-rows.ts';
import { lastUndoable, nextLook } from './next.ts';
import type { Next } from './next.ts';
import { createReviewScreen } from './screen.ts';
import type { ReviewScreen, ScreenParts } from './screen.ts';

export type Review = {
  /** A new review, below everything else. @param place where the person is */
  start(shelf: Shelf, place: Place): Promise<void>;
  skip(press: Press, draft: DraftMark): Promise<void>;
  /** Brings the last skipped one back. */
  previous(press: Press): Promise<void>;
  /** Takes the last decision back. @param name of what the button meant */
  takeBack(press: Press, name: string): Promise<void>;
  /** Asks whether these may be approved at once. */
  askBatch(press: Press, name: string): Promise<void>;
  /** Yes to that. */
  approveBatch(press: Press, name: string): Promise<void>;
  /** No to that. */
  dropBatch(press: Press): Promise<void>;
  /** After anything a person did: the review shows what is to be shown now. */
  moveOn(): Promise<void>;
  /** What it says, when this tap was on it; undefined: something else stands there. */
  at(press: Press): Promise<Next | undefined>;
  /** Draws it anew when this tap was on it: its buttons may be others. */
  redraw(press: Press): Promise<void>;
  /** A card changed: a decision that can't be taken back any more is no longer offered for that. Never waits. */
  noticed(card: Card): void;
  /** Somebody tapped a button: other buttons may stand there now, and must not move under a thumb. */
  tapped(): void;
  stop(): void;
};

export function createReview(parts: ScreenParts): Review {
  const screen = createReviewScreen(parts);
  return {
    ...createSteps(parts, screen),
    ...createTakeBack(parts, screen),
    ...createBatchSteps(parts, screen),
    start: (shelf, place) => screen.start(shelf, place),
    stop: () => screen.stop(),
    tapped: () => screen.tapped(),
    async at(press) {
      const mark = await parts.remembered.review(press.chat);
      return mark !== undefined && isOn(press, mark) ? nextLook(parts.door, mark) : undefined;
    },
    redraw: (press) => screen.update(async (mark) => (isOn(press, mark) ? mark : undefined)),
    noticed(card) {
      const look = screen.update(async (mark) => {
        const offered = mark.last.some(({ key }) => key === card.key);
        return offered && screen.isCalm() && !card.verbs.includes('undo') ? mark : undefined;
      });
      look.catch((thrown: unknown) => parts.logger.warn(`the review failed: ${messageOf(thrown)}`));
    },
  };
}

const isOn = (press: Press, { messageId }: ReviewMark): boolean => messageId === press.messageId;

type StepParts = { readonly messenger: Messenger; readonly door: Door };

const over = ({ command }: Messenger): string => `This review is over. Send ${command('next')}.`;

function createSteps(
  { messenger, door }: StepParts,
  screen: ReviewScreen,
): Pick<Review, 'skip' | 'previous' | 'moveOn'> {
  return {
    skip: (press, { key }) =>
      screen.update(
        async (mark) => {
          // A second tap of the same thumb must not skip the one that slid in.
          const fits = isOn(press, mark) && mark.key === key;
          await messenger.answer(press, fits ? 'Skipped.' : 'Look once more.', 'toast');
          if (!isOn(press, mark)) return undefined;
          return fits ? { ...mark, skipped: [...mark.skipped, key], key: '', batch: [] } : mark;
        },
        () => messenger.answer(press, over(messenger), 'toast'),
      ),
    previous: (press) =>
      screen.update(
        async (mark) => {
          await messenger.answer(press, isOn(press, mark) ? 'Back.' : over(messenger), 'toast');
          if (!isOn(press, mark)) return undefined;
          return { ...mark, key: mark.skipped.at(-1) ?? mark.key, skipped: mark.skipped.slice(0, -1) };
        },
        () => messenger.answer(press, over(messenger), 'toast'),
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

function createTakeBack({ messenger, door }: StepParts, screen: ReviewScreen): Pick<Review, 'takeBack'> {
  return {
    takeBack: (press, name) =>
      screen.update(
        async (mark) => {
          const cards = await lastUndoable(door, mark);
          if (!isOn(press, mark) || listName(cards) !== name) {
            await messenger.answer(press, 'That can’t be taken back here any more.', 'alert');
            return isOn(press, mark) ? mark : undefined;
          }
          const verdicts: (DraftMark & { verdict: Verdict })[] = [];
          for (const { key, revision } of cards) {
            const verdict = await door.decide({
              actor: press.actor,
              id: press.id,
              verb: 'undo',
              key,
              revision,
            });
            verdicts.push({ key, revision, verdict });
          }
          const undone = verdicts.filter(({ verdict }) => verdict.kind === 'accepted');
          const failed = verdicts.find(({ verdict }) => verdict.kind === 'refused');
          await messenger.answer(
            press,
            (failed ?? verdicts[0])?.verdict.say ?? '',
            failed === undefined ? 'toast' : 'alert',
          );
          const done = Math.max(0, mark.done - undone.length);
          return {
            ...mark,
            done,
            last: [],
            key: undone[0]?.key ?? mark.key,
            revision: undone[0]?.revision ?? mark.revision,
          };
        },
        () => messenger.answer(press, over(messenger), 'toast'),
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

function createBatchSteps(
  { messenger, door }: StepParts,
  screen: ReviewScreen,
): Pick<Review, 'askBatch' | 'approveBatch' | 'dropBatch'> {
  return {
    askBatch: (press, name) =>
      screen.update(
        async (mark) => {
          const { batch } = await nextLook(door, mark);
          const fits = isOn(press, mark) && batch.length > 0 && listName(batch) === name;
          await messenger.answer(press, fits ? 'Really all of them?' : 'Something changed. Look once more.', 'toast');
          if (!isOn(press, mark)) return undefined;
          return fits ? { ...mark, batch: batch.map(({ key, revision }) => ({ key, revision })) } : mark;
        },
        () => messenger.answer(press, over(messenger), 'toast'),
      ),
    approveBatch: (press, name) =>
      screen.update(
        async (mark) => {
          if (!isOn(press, mark) || mark.batch.length === 0 || listName(mark.batch) !== name) {
            await messenger.answer(press, 'Something changed. Look once more.', 'alert');
            return isOn(press, mark) ? { ...mark, batch: [] } : undefined;
          }
          const tap = { actor: press.actor, id: press.id, verb: 'approve' } as const;
          const result = await decideAll(door, tap, mark.batch);
          const { done: approved, refused } = result;
          await messenger.answer(press, batchWords(result, 'approved'), refused.length === 0 ? 'toast' : 'alert');
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
        () => messenger.answer(press, over(messenger), 'toast'),
      ),
    dropBatch: (press) =>
      screen.update(
        async (mark) => {
          await messenger.answer(press, 'All right, nothing was approved.', 'toast');
          return isOn(press, mark) ? { ...mark, batch: [] } : undefined;
        },
        () => messenger.answer(press, over(messenger), 'toast'),
      ),
  };
}
