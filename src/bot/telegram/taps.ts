import { Composer } from 'grammy';
import type { Context, Filter } from 'grammy';

import { usualReasons } from '../../domain/decision.ts';
import type { Door } from '../../domain/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Edits } from './edits.ts';
import type { Later } from './later.ts';
import { tooLate } from './late.ts';
import { actorOf, answerMessage, answerTap, answerVerdict, topicAt } from './person.ts';
import type { Prompts } from './prompts.ts';
import type { DraftMark } from './remembered.ts';
import type { Review } from './review.ts';
import type { StatusMessage } from './status-message.ts';
import { showLeftOut } from './left-out.ts';
import { powerFor } from './powers.ts';
import type { Sure } from './sure.ts';
import { decodeWish } from './wish.ts';

type TapContext = Filter<Context, 'callback_query'>;

type TapsParts = {
  door: Door;
  edits: Edits;
  prompts: Prompts;
  later: Later;
  sure: Sure;
  review: Review;
  showWhole: (ctx: TapContext, draft: DraftMark) => Promise<void>;
  statusMessage: StatusMessage;
  clock: Clock;
};

/** Every button. The answer goes out right after the decision is on record; the card follows by itself. */
export function createTaps(parts: TapsParts): Composer<Context> {
  const taps = new Composer<Context>();
  taps.on('callback_query', async (ctx) => {
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

async function act(parts: TapsParts, ctx: TapContext): Promise<void> {
  const wish = decodeWish(ctx.callbackQuery.data ?? '');
  const late = tooLate(ctx, wish, parts.clock.now());
  if (late !== '') return sayLate(ctx, late);
  const { door, edits, prompts, later, sure, review, showWhole, statusMessage } = parts;
  const actor = actorOf(ctx.from);
  const permission = door.may(actor, powerFor(wish));
  if (permission.kind === 'refused') return answerTap(ctx, permission.why, 'alert');
  switch (wish?.kind) {
    case 'draft': {
      const { verb, key, revision } = wish;
      if (verb === 'edit' || verb === 'reason') return prompts.open(ctx, { key, revision }, verb);
      if (verb === 'approve') return sure.approve(ctx, { key, revision }, undefined);
      if (verb === 'postpone') return later.open(ctx, { key, revision });
      return answerVerdict(ctx, await door.decide({ actor, verb, key, revision }));
    }
    case 'choose': {
      const { key, revision, part } = wish;
      return answerVerdict(ctx, await door.decide({ actor, verb: 'choose', key, revision, text: part }));
    }
    case 'because': {
      const { key, revision } = wish;
      const text = usualReasons[wish.reason] ?? '';
      return answerVerdict(ctx, await door.decide({ actor, verb: 'reason', key, revision, text }));
    }
    case 'time':
      return later.choose(ctx, wish, wish.what, wish.time);
    case 'sure':
      return sure.yes(ctx, wish, wish.at);
    case 'other_time':
      return prompts.open(ctx, wish, 'approve');
    case 'back':
      await later.close(ctx, wish);
      return review.redraw(ctx);
    case 'review':
      await answerTap(ctx, 'Look below.', 'toast');
      return review.start('asks', topicAt(ctx));
    case 'skip':
      return review.skip(ctx, wish);
    case 'previous':
      return review.previous(ctx);
    case 'whole':
      return showWhole(ctx, wish);
    case 'use_text':
      return edits.use(ctx, { key: wish.key, revision: wish.revision });
    case 'left_out':
      return showLeftOut(ctx, door, wish.key);
    case 'drop_text':
      return edits.drop(ctx);
    case 'pause':
    case 'resume': {
      const verdict = wish.kind === 'pause' ? await door.pause(actor) : await door.resume(actor);
      await answerVerdict(ctx, verdict);
      return statusMessage.redraw(ctx, verdict.say);
    }
    case undefined:
      return answerTap(ctx, "I don't know this button. Please use the newest card.", 'alert');
  }
}
