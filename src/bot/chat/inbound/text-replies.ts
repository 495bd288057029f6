/**
 * New texts. A text counts for a draft only when the person said which: by replying to the question or to the card, or
 * by saying yes when asked. It is never guessed.
 */
import { nameOf } from '../../../domain/card.ts';
import type { Refusal, Verdict } from '../../../domain/decision.ts';
import type { Door } from '../../../domain/ports.ts';
import type { Clock } from '../../../lib/clock.ts';
import { readTime } from '../buttons/times.ts';
import { answerMessage as sayBelow, answerVerdict } from '../answers.ts';
import type { Corrected, Heard, Messenger, Press, Said } from '../messenger.ts';
import { withPassage } from '../text/quoted-passage.ts';
import type { Passage } from '../text/quoted-passage.ts';
import { askedAbout } from './asked-about.ts';
import { keepComment, noteChange } from './note-message.ts';
import { unreadableTime } from './questions.ts';
import type { Prompts } from './questions.ts';
import type { DraftMark } from '../memory/draft-mark.ts';
import type { Asked, Prompt, Remembered } from '../memory/memory.ts';
import { messageLimit } from '../text/text.ts';
import { cutOff } from './cut-texts.ts';
import type { Seams } from './cut-texts.ts';
import type { Sure } from './confirm-risky.ts';
import { whichDraft } from './which-draft.ts';
import type { Joint } from '../buttons/action.ts';

export type Edits = {
  /** A text that is no command. */
  take(said: Said): Promise<void>;
  /** A person corrected a message; when it changed a draft, the correction changes it again. */
  correct(said: Corrected): Promise<void>;
  /** "Use this as the new text": the text is the message that was asked about. */
  use(press: Press, draft: DraftMark): Promise<void>;
  /** What stood at the cut between two pieces of a text; the last answer puts the whole to use. */
  join(press: Press, joint: Joint): Promise<void>;
  drop(press: Press): Promise<void>;
};

type EditParts = {
  readonly messenger: Messenger;
  readonly door: Door;
  readonly remembered: Remembered;
  readonly prompts: Prompts;
  readonly seams: Seams;
  readonly sure: Sure;
  readonly clock: Clock;
};

export function createEdits(parts: EditParts): Edits {
  const { messenger } = parts;
  return {
    async take(said) {
      const meant = await whichDraft(parts, said);
      switch (meant.kind) {
        case 'reserved':
          return sayBelow(messenger, said, meant.why);
        case 'comment':
          return keepComment(parts, said, meant.draft.key);
        case 'question':
          return meant.prompt.asks === 'comment'
            ? comment(parts, said, meant.prompt)
            : useFor(parts, said, meant.prompt, meant.prompt.asks);
        case 'draft':
          return useFor(parts, said, meant.draft, undefined);
        case 'nobody':
          return takeLoose(parts, said);
      }
    },
    correct: (said) => correct(parts, said),
    use: (press, draft) => useLoose(parts, press, draft),
    join: (press, joint) => useJoined(parts, press, joint),
    async drop(press) {
      await messenger.answer(press, 'All right, nothing changed.', 'toast');
      await messenger.withdraw(press);
    },
  };
}

/** What this message is to the draft it answers. @param asks the question it answers; undefined: it answers the card */
async function useFor(
  parts: EditParts,
  said: Said,
  draft: DraftMark,
  asks: Exclude<Asked, 'comment'> | undefined,
): Promise<void> {
  const { door, seams } = parts;
  // Words below a rejected draft say why; below any other they are its new text.
  if (asks === 'approve') return approveFor(parts, said, draft);
  const isReason = asks === 'reason' || (await door.card(draft.key))?.mood === 'rejected';
  if (isReason) return takeReason(parts, said, draft);
  // Who quotes a passage means that passage only; the whole text must not go for it.
  if (said.quote !== undefined) {
    const passage = { message: said.about?.text ?? '', ...said.quote };
    return said.isCut ? seams.ask(said, draft, passage) : changePassage(parts, said, { draft, ...passage });
  }
  return said.isCut ? seams.ask(said, draft) : change(parts, said, draft);
}

/** It answers nothing that shows a draft. */
async function takeLoose(parts: EditParts, said: Said): Promise<void> {
  const { messenger, remembered, prompts, seams } = parts;
  // Delivered again after a crash, and the question it answered is gone.
  if (await remembered.isUsed(said.messageId)) return;
  if (said.shared) {
    // People talk to each other there; what answers one of our messages is meant for us.
    const isForUs = said.about?.ours === true && said.talk !== true && said.inThread !== true;
    return isForUs ? sayBelow(messenger, said, whereTo) : undefined;
  }
  const only = await prompts.only();
  if (only === undefined) return sayBelow(messenger, said, (await restOf(parts, said)) ?? whereTo);
  return said.isCut ? seams.ask(said, only) : prompts.askWhether(said, only);
}

/** The answer to the question for a comment. */
async function comment(parts: EditParts, said: Said, prompt: Prompt): Promise<void> {
  const { actor, id, text } = said;
  const { key, revision } = prompt;
  const verdict = await parts.door.decide({ actor, id, verb: 'comment', key, revision, text });
  await sayDecision(parts, said, verdict);
  if (verdict.kind === 'accepted') await parts.prompts.drop(prompt);
}

/** Somebody said yes to a text that replied to nothing. */
async function useLoose(parts: EditParts, press: Press, draft: DraftMark): Promise<void> {
  const { messenger, remembered } = parts;
  const about = await askedAbout(remembered, press);
  const kept = about === undefined ? undefined : await remembered.saidText(about);
  const text = kept ?? press.below?.text;
  if (about === undefined || text === undefined)
    return messenger.answer(press, "I can't find your message any more.", 'alert');
  if (isCutOff(text)) return messenger.answer(press, cutOff(messenger), 'alert');
  await decide(parts, press, { draft, text }, async (verdict) => {
    await answerVerdict(messenger, press, verdict);
    if (verdict.kind === 'accepted') await remembered.keepAnswerAt(about, { key: draft.key });
  });
  await messenger.withdraw(press);
}

async function useJoined(parts: EditParts, press: Press, joint: Joint): Promise<void> {
  const { messenger, seams } = parts;
  const joined = await seams.answered(press, joint);
  if (joined === undefined) return;
  const { key, passage } = joined;
  const text = passage === undefined ? joined.text : await passageText(parts, key, passage, joined.text);
  if (typeof text === 'object') return messenger.answer(press, text.obstacle, 'alert');
  await decide(parts, press, { draft: joined, text }, async (verdict) => {
    if (verdict.kind === 'accepted') await seams.used(joined);
    await answerVerdict(messenger, press, verdict);
  });
  await messenger.withdraw(press);
}

async function correct(parts: EditParts, said: Corrected): Promise<void> {
  const { messenger, door, remembered, seams } = parts;
  const answer = await remembered.answerAt(said.messageId);
  if (answer === undefined) {
    // We may be asking about it just now.
    const isAsked = (await remembered.saidText(said.messageId)) !== undefined;
    if (isAsked) await remembered.keepSaidText(said.messageId, said.text);
    const piece = await seams.correct(said);
    return piece === 'too_late' ? sayBelow(messenger, said, oneOfSeveral) : undefined;
  }
  const { key, passage } = answer;
  const card = await door.card(key);
  if (card === undefined || !card.verbs.includes('edit')) return sayBelow(messenger, said, noLongerOpen);
  const draft = { key, revision: card.revision };
  if (passage === undefined) return change(parts, said, draft);
  return changePassage(parts, said, { draft, message: '', text: passage, at: undefined });
}

type Written = Said | Corrected;

/** @param passage the message stands for this part of the text only; `text` is then the whole new one */
async function change(
  parts: EditParts,
  said: Written,
  draft: DraftMark,
  text = said.text,
  passage?: string,
): Promise<void> {
  const { messenger, remembered } = parts;
  const { chat, messageId, actor, sentAt } = said;
  if (isCutOff(said.text)) return sayBelow(messenger, said, cutOff(messenger));
  await decide(parts, said, { draft, text }, async (verdict) => {
    if (verdict.kind !== 'accepted') return sayBelow(messenger, said, verdict.say);
    await remembered.keepAnswerAt(messageId, { key: draft.key, passage });
    if (said.isLong) await remembered.keepLongAnswer(chat, actor.id, { key: draft.key, date: sentAt });
    await noteChange(parts, said, draft.key, verdict.say);
  });
}

type Quoted = Passage & { readonly draft: DraftMark; readonly message: string };

/** The message replaces a part of the text that would leave. */
async function changePassage(parts: EditParts, said: Written, quoted: Quoted): Promise<void> {
  const { draft } = quoted;
  const changed = await passageText(parts, draft.key, quoted, said.text);
  if (typeof changed === 'object') return sayBelow(parts.messenger, said, changed.obstacle);
  await change(parts, said, draft, changed, said.text);
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
async function takeReason(parts: EditParts, said: Said, draft: DraftMark): Promise<void> {
  const { pieces } = said;
  if (pieces.length === 1 && said.isCut) return sayBelow(parts.messenger, said, shorterReason);
  const text = pieces.map((piece) => piece.text).join('\n');
  return sayDecided(parts, said, { draft, verb: 'reason', text });
}

/**
 * In words, when this text came too late to be taken together with a long one before it: a slow line, and what
 * was used may be half of what was meant.
 */
async function restOf({ door, remembered }: EditParts, { chat, actor, sentAt }: Said): Promise<string | undefined> {
  const before = await remembered.longAnswer(chat, actor.id);
  if (before === undefined || sentAt - before.date > latestRestSeconds) return undefined;
  const card = await door.card(before.key);
  if (card?.verbs.includes('edit') !== true) return undefined;
  return `I did not use this. If it is the rest of the text you sent before: that came alone, and the new text of ${nameOf(card)} ends where the app cut it. Please don’t approve it as it is; send both as replies to its new card once more, or edit the file in the vault.`;
}

const latestRestSeconds = 120;
const shorterReason =
  'The app cuts what is longer than one message, and here I hear only answers to me, so I can’t tell whether this is all. Please give a shorter reason.';
const oneOfSeveral =
  'That message was one piece of a text that was put together, so your correction changed nothing. Please reply to the card, or edit the file in the vault.';

type Wanted = { readonly draft: DraftMark; readonly text: string; readonly verb: Asked };

/** The time somebody wrote to the question for it. */
async function approveFor(parts: EditParts, said: Said, draft: DraftMark): Promise<void> {
  const at = readTime(said.text, parts.clock.now());
  if (at === undefined) return sayBelow(parts.messenger, said, unreadableTime);
  await decide(parts, said, { draft, verb: 'approve', text: at.toISOString() }, async (verdict) => {
    if (verdict.kind === 'asks') return parts.sure.ask(said, draft, at, verdict);
    return sayDecision(parts, said, verdict);
  });
}

/** A reply that decides: always answered in words. */
const sayDecided = (parts: EditParts, said: Said, wanted: Wanted): Promise<void> =>
  decide(parts, said, wanted, (verdict) => sayDecision(parts, said, verdict));

async function sayDecision({ messenger, remembered }: EditParts, said: Said, verdict: Verdict): Promise<void> {
  await sayBelow(messenger, said, verdict.say);
  if (verdict.kind === 'accepted') await remembered.keepUsed(said.messageId);
}

/** Asks the core, answers, and then takes away a question that can't be answered any more. */
async function decide(
  { door, prompts }: EditParts,
  { actor, id }: Heard,
  wanted: Omit<Wanted, 'verb'> & { readonly verb?: Asked },
  answer: (verdict: Verdict) => Promise<void>,
): Promise<void> {
  const { key, revision } = wanted.draft;
  const verb = wanted.verb ?? 'edit';
  const verdict = await door.decide({ actor, id, verb, key, revision, text: wanted.text });
  await answer(verdict);
  if (isSettled(verdict)) await prompts.close(key);
}

const settled: ReadonlySet<Refusal> = new Set(['unknown_draft', 'stale', 'decided', 'too_late']);

/** What is asked once more has a question of its own. */
const isSettled = (verdict: Verdict): boolean => verdict.kind !== 'refused' || settled.has(verdict.why);

/** An app sends a longer text as several messages, and only the first is a reply. */
const isCutOff = (text: string): boolean => text.length >= messageLimit;

const noLongerOpen = 'That draft is no longer open, so your correction changed nothing.';
const whereTo = 'I did not use this. To change a draft, reply to its card with the new text, or tap ✏️ Edit below it.';
