/**
 * New texts. A text counts for a draft only when the person said which: by replying to the question or to the card, or
 * by saying yes when asked. It is never guessed.
 */
import type { Context, Filter } from 'grammy';
import type { Message, User } from 'grammy/types';

import type { Refusal, Verdict } from '../../domain/decision.ts';
import type { Door } from '../../domain/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import { readTime } from '../times.ts';
import { actorOf, answerMessage, answerTap, tapIdOf } from './person.ts';
import { withPassage } from './passage.ts';
import type { Passage } from './passage.ts';
import { reservedFor } from './prompts.ts';
import type { Prompts } from './prompts.ts';
import type { DraftMark } from './draft-mark.ts';
import type { Asked, Remembered } from './remembered.ts';
import { mayBeCut, piecesOf } from './pieces.ts';
import { messageLimit } from './rich-text.ts';
import { cutOff, isCut } from './seams.ts';
import type { Seams } from './seams.ts';
import type { Sure } from './sure.ts';
import { attempt } from './trouble.ts';
import type { Joint } from './wish.ts';

type TapContext = Filter<Context, 'callback_query'>;

export type Edits = {
  /** A text that is no command. */
  take(ctx: Filter<Context, 'message:text'>): Promise<void>;
  /** A person corrected a message; when it changed a draft, the correction changes it again. */
  correct(ctx: Filter<Context, 'edited_message:text'>): Promise<void>;
  /** "Use this as the new text": the text is the message that was asked about. */
  use(ctx: TapContext, draft: DraftMark): Promise<void>;
  /** What stood at the cut between two pieces of a text; the last answer puts the whole to use. */
  join(ctx: TapContext, joint: Joint): Promise<void>;
  drop(ctx: TapContext): Promise<void>;
};

type EditParts = {
  readonly door: Door;
  readonly remembered: Remembered;
  readonly prompts: Prompts;
  readonly seams: Seams;
  readonly sure: Sure;
  readonly clock: Clock;
};

export function createEdits(parts: EditParts): Edits {
  const { door, remembered, prompts, seams } = parts;
  return {
    async take(ctx) {
      const chatId = String(ctx.chat.id);
      const repliedTo = ctx.message.reply_to_message?.message_id;
      const prompt = repliedTo === undefined ? undefined : await prompts.at(chatId, repliedTo);
      const draft = prompt ?? (repliedTo === undefined ? undefined : await remembered.draftAt(chatId, repliedTo));
      const reserved = prompt === undefined ? '' : reservedFor(prompt, ctx.from.id, parts.clock.now());
      if (reserved !== '') return answerMessage(ctx, reserved);
      // Without a key: a message of a review that shows no draft just now.
      if (draft !== undefined && draft.key !== '') {
        // Words below a rejected draft say why; below any other they are its new text.
        if (prompt?.asks === 'approve') return approveFor(parts, ctx, draft);
        const isReason = prompt?.asks === 'reason' || (await door.card(draft.key))?.mood === 'rejected';
        if (isReason) return takeReason(parts, ctx, draft);
        const { quote } = ctx.message;
        // Who quotes a passage means that passage only; the whole text must not go for it.
        if (quote?.is_manual === true) {
          const quoted = ctx.message.reply_to_message;
          const message = quoted?.text ?? quoted?.caption ?? '';
          const passage = { message, text: quote.text, at: quote.position };
          if (isCut(ctx)) return seams.ask(ctx, draft, passage);
          return changePassage(parts, ctx, ctx.message, { draft, ...passage });
        }
        return isCut(ctx) ? seams.ask(ctx, draft) : change(parts, ctx, ctx.message, draft);
      }
      // Delivered again after a crash, and the question it answered is gone.
      if (await remembered.isUsed(chatId, ctx.message.message_id)) return;
      if (ctx.chat.type !== 'private') {
        // People talk to each other there; what answers one of our messages is meant for us.
        const isForUs = ctx.message.reply_to_message?.from?.id === ctx.me.id;
        return isForUs ? answerMessage(ctx, whereTo) : undefined;
      }
      const only = await prompts.only();
      if (only === undefined) return answerMessage(ctx, (await restOf(parts, ctx)) ?? whereTo);
      return isCut(ctx) ? seams.ask(ctx, only) : prompts.askWhether(ctx, only);
    },
    correct: (ctx) => correct(parts, ctx),
    use: (ctx, draft) => useLoose(parts, ctx, draft),
    join: (ctx, joint) => useJoined(parts, ctx, joint),
    async drop(ctx) {
      await answerTap(ctx, 'All right, nothing changed.', 'toast');
      await attempt(() => ctx.deleteMessage());
    },
  };
}

/** Somebody said yes to a text that replied to nothing. */
async function useLoose(parts: EditParts, ctx: TapContext, draft: DraftMark): Promise<void> {
  const { remembered } = parts;
  const question = ctx.callbackQuery.message;
  const message = question !== undefined && 'reply_to_message' in question ? question.reply_to_message : undefined;
  if (message?.text === undefined) return answerTap(ctx, "I can't find your message any more.", 'alert');
  if (isCutOff(message.text)) return answerTap(ctx, cutOff, 'alert');
  const { text, chat, message_id: messageId } = message;
  await decide(parts, ctx, { user: ctx.from, draft, text }, async (verdict) => {
    await answerTap(ctx, verdict.say, verdict.kind === 'accepted' ? 'toast' : 'alert');
    if (verdict.kind === 'accepted') await remembered.keepAnswerAt(String(chat.id), messageId, { key: draft.key });
  });
  await attempt(() => ctx.deleteMessage());
}

async function useJoined(parts: EditParts, ctx: TapContext, joint: Joint): Promise<void> {
  const { seams } = parts;
  const joined = await seams.answered(ctx, joint);
  if (joined === undefined) return;
  const { key, passage } = joined;
  const text = passage === undefined ? joined.text : await passageText(parts, key, passage, joined.text);
  if (typeof text === 'object') return answerTap(ctx, text.obstacle, 'alert');
  await decide(parts, ctx, { user: ctx.from, draft: joined, text }, async (verdict) => {
    if (verdict.kind === 'accepted') await seams.used(ctx, joined);
    await answerTap(ctx, verdict.say, verdict.kind === 'accepted' ? 'toast' : 'alert');
  });
  await attempt(() => ctx.deleteMessage());
}

async function correct(parts: EditParts, ctx: Filter<Context, 'edited_message:text'>): Promise<void> {
  const { door, remembered, seams } = parts;
  const answer = await remembered.answerAt(String(ctx.chat.id), ctx.editedMessage.message_id);
  if (answer === undefined) {
    const piece = await seams.correct(ctx);
    return piece === 'too late' ? answerMessage(ctx, oneOfSeveral) : undefined;
  }
  const { key, passage } = answer;
  const card = await door.card(key);
  if (card === undefined || !card.verbs.includes('edit')) {
    return answerMessage(ctx, 'That draft is no longer open, so your correction changed nothing.');
  }
  const draft = { key, revision: card.revision };
  if (passage === undefined) return change(parts, ctx, ctx.editedMessage, draft);
  return changePassage(parts, ctx, ctx.editedMessage, { draft, message: '', text: passage, at: undefined });
}

type Written = Message.TextMessage & { readonly from: User };

/** @param passage the message stands for this part of the text only; `text` is then the whole new one */
async function change(
  parts: EditParts,
  ctx: Context,
  message: Written,
  draft: DraftMark,
  text = message.text,
  passage?: string,
): Promise<void> {
  if (isCutOff(message.text)) return answerMessage(ctx, cutOff);
  await decide(parts, ctx, { user: message.from, draft, text }, async (verdict) => {
    if (verdict.kind !== 'accepted') return answerMessage(ctx, verdict.say);
    const chatId = String(message.chat.id);
    await parts.remembered.keepAnswerAt(chatId, message.message_id, { key: draft.key, passage });
    if (mayBeCut(message)) {
      await parts.remembered.keepLongAnswer(chatId, message.from.id, { key: draft.key, date: message.date });
    }
    const reaction = await attempt(() => ctx.react('👌'));
    if (reaction.kind === 'trouble') await answerMessage(ctx, verdict.say);
  });
}

type Quoted = Passage & { readonly draft: DraftMark; readonly message: string };

/** The message replaces a part of the text that would leave. */
async function changePassage(parts: EditParts, ctx: Context, message: Written, quoted: Quoted): Promise<void> {
  const { draft } = quoted;
  const changed = await passageText(parts, draft.key, quoted, message.text);
  if (typeof changed === 'object') return answerMessage(ctx, changed.obstacle);
  await change(parts, ctx, message, draft, changed, message.text);
}

/** The whole text, with the quoted part replaced. */
async function passageText(
  { door }: EditParts,
  key: string,
  quoted: Passage & { readonly message: string },
  replacement: string,
): Promise<string | { readonly obstacle: string }> {
  const whole = (await door.card(key))?.text ?? '';
  const changed = withPassage(whole, quoted, replacement, quoted.message);
  return 'obstacle' in changed ? changed : changed.text;
}

/** Why something was rejected: for people to read, so that a line break at a cut does. */
async function takeReason(parts: EditParts, ctx: Filter<Context, 'message:text'>, draft: DraftMark): Promise<void> {
  const pieces = piecesOf(ctx.update);
  if (pieces.length === 1 && isCut(ctx)) return answerMessage(ctx, shorterReason);
  const text = pieces.map((piece) => piece.text).join('\n');
  return sayDecided(parts, ctx, { draft, verb: 'reason', text });
}

/**
 * In words, when this text came too late to be taken together with a long one before it: a slow line, and what
 * was used may be half of what was meant.
 */
async function restOf({ door, remembered }: EditParts, ctx: Filter<Context, 'message:text'>) {
  const before = await remembered.longAnswer(String(ctx.chat.id), ctx.from.id);
  if (before === undefined || ctx.message.date - before.date > latestRestSeconds) return undefined;
  const card = await door.card(before.key);
  if (card?.verbs.includes('edit') !== true) return undefined;
  return `I did not use this. If it is the rest of the text you sent before: that came alone, and the new text of ${card.title} ends where the app cut it. Please don’t approve it as it is; send both as replies to its new card once more, or edit the file in the vault.`;
}

const latestRestSeconds = 120;
const shorterReason =
  'The app cuts what is longer than one message, and here I hear only answers to me, so I can’t tell whether this is all. Please give a shorter reason.';
const oneOfSeveral =
  'That message was one piece of a text that was put together, so your correction changed nothing. Please reply to the card, or edit the file in the vault.';

type Wanted = { readonly draft: DraftMark; readonly text: string; readonly verb: Asked };

/** The time somebody wrote to the question for it. */
async function approveFor(parts: EditParts, ctx: Filter<Context, 'message:text'>, draft: DraftMark): Promise<void> {
  const at = readTime(ctx.message.text, parts.clock.now());
  if (at === undefined) return answerMessage(ctx, 'I can’t read that time. Write it like 14:30 or 2026-02-19 14:30.');
  await decide(
    parts,
    ctx,
    { user: ctx.message.from, draft, verb: 'approve', text: at.toISOString() },
    async (verdict) => {
      if (verdict.kind === 'asks') return parts.sure.ask(ctx, draft, at, verdict);
      return sayDecision(parts, ctx, verdict);
    },
  );
}

/** A reply that decides: always answered in words. */
const sayDecided = (parts: EditParts, ctx: Filter<Context, 'message:text'>, wanted: Wanted): Promise<void> =>
  decide(parts, ctx, { user: ctx.message.from, ...wanted }, (verdict) => sayDecision(parts, ctx, verdict));

async function sayDecision(
  { remembered }: EditParts,
  ctx: Filter<Context, 'message:text'>,
  verdict: Verdict,
): Promise<void> {
  await answerMessage(ctx, verdict.say);
  if (verdict.kind === 'accepted') await remembered.keepUsed(String(ctx.chat.id), ctx.message.message_id);
}

/** Asks the core, answers, and then takes away a question that can't be answered any more. */
async function decide(
  { door, prompts }: EditParts,
  ctx: Context,
  wanted: { readonly user: User; readonly draft: DraftMark; readonly text: string; readonly verb?: Asked },
  answer: (verdict: Verdict) => Promise<void>,
): Promise<void> {
  const { key, revision } = wanted.draft;
  const verdict = await door.decide({
    actor: actorOf(wanted.user),
    id: tapIdOf(ctx),
    verb: wanted.verb ?? 'edit',
    key,
    revision,
    text: wanted.text,
  });
  await answer(verdict);
  if (isSettled(verdict)) await prompts.close(key);
}

const settled: ReadonlySet<Refusal> = new Set(['unknown_draft', 'stale', 'decided', 'too_late']);

/** What is asked once more has a question of its own. */
const isSettled = (verdict: Verdict): boolean => verdict.kind !== 'refused' || settled.has(verdict.why);

/** An app sends a longer text as several messages, and only the first is a reply. */
const isCutOff = (text: string): boolean => text.length >= messageLimit;

const whereTo = 'I did not use this. To change a draft, reply to its card with the new text, or tap ✏️ Edit below it.';
