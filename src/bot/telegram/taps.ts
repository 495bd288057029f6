import { Composer } from 'grammy';
import type { Context, Filter } from 'grammy';

import { usualReasons } from '../../domain/decision.ts';
import type { Door } from '../../domain/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Edits } from './edits.ts';
import type { Later } from './later.ts';
import type { More } from './more.ts';
import { tooLate } from './late.ts';
import type { Logs } from './logs.ts';
import type { DraftMark } from './draft-mark.ts';
import type { NewestCard } from './newest-card.ts';
import { actorOf, answerMessage, answerTap, answerVerdict, tapIdOf, topicAt } from './person.ts';
import type { Prompts } from './prompts.ts';
import type { Review } from './review.ts';
import type { SettingsMessage } from './settings-message.ts';
import type { StatusMessage } from './status-message.ts';
import { showLeftOut } from './left-out.ts';
import type { Mails } from './mails.ts';
import { powerFor } from './powers.ts';
import type { Sure } from './sure.ts';
import { decideSet } from './set-taps.ts';
import type { Sets } from './sets.ts';
import { decodeWish, isCloser, isOfMails, isOfSet } from './wish.ts';
import type { CloserWish, Wish } from './wish.ts';

type TapContext = Filter<Context, 'callback_query'>;

type TapsParts = {
  door: Door;
  edits: Edits;
  prompts: Prompts;
  later: Later;
  more: More;
  sure: Sure;
  review: Review;
  sets: Sets;
  newestCard: NewestCard;
  showFiles: (ctx: TapContext, draft: DraftMark) => Promise<void>;
  logs: Logs;
  mails: Mails;
  statusMessage: StatusMessage;
  settingsMessage: SettingsMessage;
  clock: Clock;
};

/** Every button. The answer goes out right after the decision is on record; the card follows by itself. */
export function createTaps(parts: TapsParts): Composer<Context> {
  const taps = new Composer<Context>();
  taps.on('callback_query', async (ctx) => {
    parts.review.tapped();
    await act(parts, ctx);
    await parts.review.moveOn();
  });
  return taps;
}

/** The app gave the tap up long ago, so the words come as a message too. */
async function sayLate(ctx: TapContext, words: string): Promise<void> {
  await answerTap(ctx, words, 'alert');
  await answerMessage(ctx, words);
}

async function decideWith(
  ctx: TapContext,
  door: Door,
  { key, revision }: DraftMark,
  verb: 'choose' | 'reason',
  text: string,
): Promise<void> {
  const actor = actorOf(ctx.from);
  return answerVerdict(ctx, await door.decide({ actor, id: tapIdOf(ctx), verb, key, revision, text }));
}

async function lookCloser({ more, review }: TapsParts, ctx: TapContext, wish: CloserWish): Promise<void> {
  await more.show(ctx, wish, wish.kind);
  // A review has buttons of its own.
  if (wish.kind === 'less') await review.redraw(ctx);
}

async function act(parts: TapsParts, ctx: TapContext): Promise<void> {
  const wish = decodeWish(ctx.callbackQuery.data ?? '');
  const late = tooLate(ctx, wish, parts.clock.now());
  if (late !== '') return sayLate(ctx, late);
  const [actor, id] = [actorOf(ctx.from), tapIdOf(ctx)];
  const permission = parts.door.may(actor, powerFor(wish));
  if (permission.kind === 'refused') return answerTap(ctx, permission.why, 'alert');
  if (await parts.newestCard.instead(ctx, wish)) return;
  if (wish !== undefined && isCloser(wish)) return lookCloser(parts, ctx, wish);
  if (wish !== undefined && isOfSet(wish)) return decideSet(parts, ctx, wish);
  if (wish !== undefined && isOfMails(wish)) return parts.mails.tapped(ctx, wish);
  if (wish !== undefined && isOfReview(wish)) return goOn(parts.review, ctx, wish);
  const { door, edits, prompts, later, sure, review } = parts;
  switch (wish?.kind) {
    case 'draft': {
      const { verb, key, revision } = wish;
      if (verb === 'edit' || verb === 'reason') return prompts.open(ctx, { key, revision }, verb);
      if (verb === 'approve') return sure.approve(ctx, { key, revision }, undefined);
      if (verb === 'postpone') return later.open(ctx, { key, revision });
      return answerVerdict(ctx, await door.decide({ actor, id, verb, key, revision }));
    }
    case 'choose':
      return decideWith(ctx, door, wish, 'choose', wish.part);
    case 'because':
      return decideWith(ctx, door, wish, 'reason', usualReasons[wish.reason] ?? '');
    case 'time':
      return later.choose(ctx, wish, wish.what, wish.time);
    case 'sure':
      return sure.yes(ctx, wish, wish.at, wish.sure);
    case 'other_time':
      return prompts.open(ctx, wish, 'approve');
    case 'back':
      await later.close(ctx, wish);
      return review.redraw(ctx);
    case 'slot':
      return sure.approve(ctx, wish, wish.at);
    case 'whole':
      return parts.newestCard.whole(ctx, wish);
    case 'log':
    case 'screenshots':
      return parts.logs[wish.kind](ctx, wish.attempt);
    case 'show_files':
      return parts.showFiles(ctx, wish);
    case 'use_text':
      return edits.use(ctx, { key: wish.key, revision: wish.revision });
    case 'joint':
      return edits.join(ctx, wish.joint);
    case 'left_out':
      return showLeftOut(ctx, door, wish.key);
    case 'drop_text':
      return edits.drop(ctx);
    case 'sound':
      return parts.settingsMessage.choose(ctx, wish.to);
    case 'pause':
    case 'resume':
      return switchTo(parts, ctx, wish.kind);
    case undefined:
      return answerTap(ctx, "I don't know this button. Please use the newest card.", 'alert');
  }
}

async function switchTo({ door, statusMessage }: TapsParts, ctx: TapContext, verb: 'pause' | 'resume'): Promise<void> {
  const verdict = await door[verb](actorOf(ctx.from));
  await answerVerdict(ctx, verdict);
  await statusMessage.redraw(ctx, verdict.say);
}

const ofReview = ['review', 'skip', 'previous', 'take_back', 'batch', 'batch_yes', 'batch_no'] as const;
type ReviewWish = Extract<Wish, { kind: (typeof ofReview)[number] }>;
const isOfReview = (wish: Wish): wish is ReviewWish => ofReview.some((kind) => kind === wish.kind);

/** The buttons of a review that are no buttons of a card. */
async function goOn(review: Review, ctx: TapContext, wish: ReviewWish): Promise<void> {
  switch (wish.kind) {
    case 'review':
      await answerTap(ctx, 'Look below.', 'toast');
      return review.start('asks', topicAt(ctx));
    case 'skip':
      return review.skip(ctx, wish);
    case 'previous':
      return review.previous(ctx);
    case 'take_back':
      return review.takeBack(ctx, wish.key);
    case 'batch':
      return review.askBatch(ctx, wish.key);
    case 'batch_yes':
      return review.approveBatch(ctx, wish.key);
    case 'batch_no':
      return review.dropBatch(ctx);
  }
}
