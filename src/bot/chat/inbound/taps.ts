/**
 * What each button does, from the press to the answer: is the tap too late, may this person, is the card the newest; then the
 * button's own file or the core's door. A tap decides nothing here: a second one, or the same one again, is the core's to
 * judge (`workflow/decide`).
 */
import { usualReasons } from '../../../domain/decision.ts';
import type { Door } from '../../../domain/ports.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { Edits } from './text-replies.ts';
import type { Later } from './later.ts';
import type { More } from './more.ts';
import { tooLate } from '../buttons/expired-tap.ts';
import type { Logs } from './logs.ts';
import type { DraftMark } from '../memory/draft-mark.ts';
import type { NewestCard } from '../cards/newest-card.ts';
import { answerMessage, answerVerdict } from '../answers.ts';
import type { Messenger, Press } from '../messenger.ts';
import { takesWords } from './questions.ts';
import type { Prompts } from './questions.ts';
import type { Review } from '../review/review.ts';
import type { SettingsMessage } from '../text/settings-message.ts';
import type { StatusMessage } from '../text/status-message.ts';
import { showLeftOut } from './left-out.ts';
import type { Mails } from './mails.ts';
import { powerFor } from '../buttons/permission.ts';
import type { Sure } from './confirm-risky.ts';
import { decideSet } from '../sets/taps.ts';
import type { Sets } from '../sets/sets.ts';
import { decodeWish, isCloser, isOfMails, isOfSet } from '../buttons/action.ts';
import type { CloserWish, MailsWish, SetWish, Wish } from '../buttons/action.ts';

type TapsParts = {
  messenger: Messenger;
  door: Door;
  edits: Edits;
  prompts: Prompts;
  later: Later;
  more: More;
  sure: Sure;
  review: Review;
  sets: Sets;
  newestCard: NewestCard;
  showFiles: (press: Press, draft: DraftMark) => Promise<void>;
  logs: Logs;
  mails: Mails;
  statusMessage: StatusMessage;
  settingsMessage: SettingsMessage;
  clock: Clock;
};

/** Every button. The answer goes out right after the decision is on record; the card follows by itself. */
export function createTaps(parts: TapsParts): (press: Press) => Promise<void> {
  return async (press) => {
    parts.review.tapped();
    await act(parts, press);
    await parts.review.moveOn();
  };
}

/** The app gave the tap up long ago, so the words come as a message too. */
async function sayLate({ messenger }: TapsParts, press: Press, words: string): Promise<void> {
  await messenger.answer(press, words, 'alert');
  await answerMessage(messenger, press, words);
}

async function decideWith(
  { messenger, door }: TapsParts,
  press: Press,
  { key, revision }: DraftMark,
  verb: 'choose' | 'reason',
  text: string,
): Promise<void> {
  const { actor, id } = press;
  return answerVerdict(messenger, press, await door.decide({ actor, id, verb, key, revision, text }));
}

async function act(parts: TapsParts, press: Press): Promise<void> {
  const wish = decodeWish(press.act);
  const late = tooLate(press, wish, parts.clock.now());
  if (late !== '') return sayLate(parts, press, late);
  const { actor, id } = press;
  const { messenger } = parts;
  const permission = parts.door.may(actor, powerFor(wish));
  if (permission.kind === 'refused') return messenger.answer(press, permission.why, 'alert');
  if (await parts.newestCard.instead(press, wish)) return;
  if (wish !== undefined && isOfMessage(wish)) return actOnMessage(parts, press, wish);
  const { door, edits, prompts, later, sure } = parts;
  switch (wish?.kind) {
    case 'draft': {
      const { verb, key, revision } = wish;
      if (takesWords(verb)) return prompts.open(press, { key, revision }, verb);
      if (verb === 'approve') return sure.approve(press, { key, revision }, undefined);
      if (verb === 'postpone') return later.open(press, { key, revision });
      return answerVerdict(messenger, press, await door.decide({ actor, id, verb, key, revision }));
    }
    case 'choose':
      return decideWith(parts, press, wish, 'choose', wish.part);
    case 'because':
      return decideWith(parts, press, wish, 'reason', usualReasons[wish.reason] ?? '');
    case 'time':
      return later.choose(press, wish, wish.what, wish.time);
    case 'sure':
      return sure.yes(press, wish, wish.at, wish.sure);
    case 'other_time':
      return prompts.open(press, wish, 'approve');
    case 'back':
      return later.close(press, wish);
    case 'slot':
      return sure.approve(press, wish, wish.at);
    case 'whole':
      return parts.newestCard.whole(press, wish);
    case 'log':
    case 'screenshots':
      return parts.logs[wish.kind](press, wish.attempt);
    case 'show_files':
      return parts.showFiles(press, wish);
    case 'use_text':
      return edits.use(press, { key: wish.key, revision: wish.revision });
    case 'joint':
      return edits.join(press, wish.joint);
    case 'left_out':
      return showLeftOut(parts, press, wish.key);
    case 'drop_text':
      return edits.drop(press);
    case 'sound':
      return parts.settingsMessage.choose(press, wish.to);
    case 'pause':
    case 'resume':
      return switchTo(parts, press, wish.kind);
    case undefined:
      return messenger.answer(press, "I don't know this button. Please use the newest card.", 'alert');
  }
}

type MessageWish = CloserWish | SetWish | MailsWish | ReviewWish;
const isOfMessage = (wish: Wish): wish is MessageWish =>
  isCloser(wish) || isOfSet(wish) || isOfMails(wish) || isOfReview(wish);

/** What is about a message of its own kind: a closer look, a set, the mails, a review. */
async function actOnMessage(parts: TapsParts, press: Press, wish: MessageWish): Promise<void> {
  if (isCloser(wish)) return parts.more.show(press, wish, wish.kind);
  if (isOfSet(wish)) return decideSet(parts, press, wish);
  return isOfMails(wish) ? parts.mails.tapped(press, wish) : goOn(parts, press, wish);
}

async function switchTo(
  { messenger, door, statusMessage }: TapsParts,
  press: Press,
  verb: 'pause' | 'resume',
): Promise<void> {
  const verdict = await door[verb](press.actor);
  await answerVerdict(messenger, press, verdict);
  await statusMessage.redraw(press, verdict.say);
}

const ofReview = ['review', 'skip', 'previous', 'take_back', 'batch', 'batch_yes', 'batch_no'] as const;
type ReviewWish = Extract<Wish, { kind: (typeof ofReview)[number] }>;
const isOfReview = (wish: Wish): wish is ReviewWish => ofReview.some((kind) => kind === wish.kind);

/** The buttons of a review that are no buttons of a card. */
async function goOn({ messenger, review }: TapsParts, press: Press, wish: ReviewWish): Promise<void> {
  switch (wish.kind) {
    case 'review':
      await messenger.answer(press, 'Look below.', 'toast');
      return review.start('asks', press.place);
    case 'skip':
      return review.skip(press, wish);
    case 'previous':
      return review.previous(press);
    case 'take_back':
      return review.takeBack(press, wish.key);
    case 'batch':
      return review.askBatch(press, wish.key);
    case 'batch_yes':
      return review.approveBatch(press, wish.key);
    case 'batch_no':
      return review.dropBatch(press);
  }
}
