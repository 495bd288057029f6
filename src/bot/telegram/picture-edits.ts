/**
 * Pictures as answers: a picture sent as a reply to a card or to the question for a new text takes the place of the
 * draft's, and its caption that of the text. Which draft is meant is never guessed.
 */
import type { Context } from 'grammy';
import type { Message } from 'grammy/types';

import type { Verdict } from '../../domain/decision.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Door } from '../../domain/ports.ts';
import { oneLine } from '../../lib/words.ts';
import type { Downloads } from './downloads.ts';
import { withPassage } from './passage.ts';
import { actorOf, answerMessage, tapIdOf } from './person.ts';
import { piecesOf } from './pieces.ts';
import { reservedFor } from './prompts.ts';
import type { Prompts } from './prompts.ts';
import type { DraftMark } from './draft-mark.ts';
import type { Remembered } from './remembered.ts';
import { attempt } from './trouble.ts';

export type PictureEdits = {
  /** A message with anything but text. */
  take(ctx: Context, message: Message): Promise<void>;
  /** A person corrected such a message; when it changed a draft, it changes it again. */
  correct(ctx: Context, message: Message): Promise<void>;
};

type PictureParts = {
  readonly door: Door;
  readonly remembered: Remembered;
  readonly prompts: Prompts;
  readonly downloads: Downloads;
  readonly clock: Clock;
};

export function createPictureEdits(parts: PictureParts): PictureEdits {
  const { door, remembered, prompts } = parts;
  return {
    async take(ctx, message) {
      const chatId = String(message.chat.id);
      const repliedTo = message.reply_to_message?.message_id;
      const prompt = repliedTo === undefined ? undefined : await prompts.at(chatId, repliedTo);
      const draft = prompt ?? (repliedTo === undefined ? undefined : await remembered.draftAt(chatId, repliedTo));
      if (draft === undefined && message.chat.type !== 'private') return;
      const place = await placeInAlbum(parts, message);
      if (place === 'told') return;
      if (place === 'next') return answerMessage(ctx, onlyFirst);
      if (draft === undefined) return answerMessage(ctx, fileOf(message) === undefined ? onlyThese : whereTo);
      const reserved = prompt === undefined ? '' : reservedFor(prompt, message.from?.id ?? 0, parts.clock.now());
      if (reserved !== '') return answerMessage(ctx, reserved);
      if (prompt !== undefined && prompt.asks !== 'edit') return answerMessage(ctx, noAnswer);
      if (piecesOf(ctx.update).length > 1 || isFullAndUnheard(ctx, message)) return answerMessage(ctx, cutWords);
      await change(parts, ctx, message, draft);
    },
    async correct(ctx, message) {
      const answer = await remembered.answerAt(String(message.chat.id), message.message_id);
      const card = answer === undefined ? undefined : await door.card(answer.key);
      if (answer === undefined) return;
      if (card === undefined || !card.verbs.includes('edit')) {
        return answerMessage(ctx, 'That draft is no longer open, so your correction changed nothing.');
      }
      await change(parts, ctx, message, { key: answer.key, revision: card.revision });
    },
  };
}

async function change(parts: PictureParts, ctx: Context, message: Message, draft: DraftMark): Promise<void> {
  const { door, downloads, remembered, prompts } = parts;
  const user = message.from;
  const file = fileOf(message);
  if (user === undefined) return;
  if (file === undefined) return answerMessage(ctx, onlyThese);
  const card = await door.card(draft.key);
  if (card === undefined) return answerMessage(ctx, "I don't know this draft any more.");
  if (!card.verbs.includes('edit')) {
    return answerMessage(ctx, `This draft can’t be changed now: ${oneLine(card.standing, 100)}`);
  }
  const text = textOf(message, card.text);
  if (typeof text === 'object') return answerMessage(ctx, text.obstacle);
  const picture = await downloads.fetch(file.file_id, file.file_size);
  if ('obstacle' in picture) return answerMessage(ctx, picture.obstacle);
  const { key, revision } = draft;
  const actor = actorOf(user);
  const verdict = await door.decide({ actor, id: tapIdOf(ctx), verb: 'edit', key, revision, text, picture });
  if (verdict.kind === 'accepted') {
    await remembered.keepAnswerAt(String(message.chat.id), message.message_id, { key: draft.key });
  }
  await answer(ctx, verdict);
  if (verdict.kind !== 'refused' || verdict.why !== 'bad_text') await prompts.close(draft.key);
}

async function answer(ctx: Context, verdict: Verdict): Promise<void> {
  if (verdict.kind !== 'accepted') return answerMessage(ctx, verdict.say);
  const reaction = await attempt(() => ctx.react('👌'));
  if (reaction.kind === 'trouble') await answerMessage(ctx, verdict.say);
}

/** The caption as the new text; empty when the text stays. A quoted passage is replaced by it, and only that. */
function textOf(message: Message, whole: string): string | { readonly obstacle: string } {
  const caption = message.caption ?? '';
  const { quote, reply_to_message: quoted } = message;
  if (caption === '' || quote?.is_manual !== true) return caption;
  const shown = quoted !== undefined && 'text' in quoted ? quoted.text : quoted?.caption;
  const changed = withPassage(whole, { text: quote.text, at: quote.position }, caption, shown ?? '');
  return 'obstacle' in changed ? changed : changed.text;
}

type SentFile = { readonly file_id: string; readonly file_size?: number };

/** The largest size of a photo, or a file that says it is a picture. What it really is, its bytes tell. */
function fileOf({ photo, document }: Message): SentFile | undefined {
  const largest = photo?.toSorted((a, b) => a.width * a.height - b.width * b.height).at(-1);
  if (largest !== undefined) return largest;
  return document?.mime_type?.startsWith('image/') === true ? document : undefined;
}

/** An album comes as several messages, each of them a reply: the first counts, and that is said once. */
async function placeInAlbum(
  { remembered }: PictureParts,
  { media_group_id: album, message_id: messageId }: Message,
): Promise<'first' | 'next' | 'told'> {
  return album === undefined ? 'first' : await remembered.placeInAlbum(album, messageId);
}

const onlyFirst = 'I took only the first of these: a draft gets one picture at a time this way.';
const onlyThese = 'I can use a text or a picture here, nothing else, so I did not use this.';
const whereTo = 'I did not use this. To put a picture into a draft, send it as a reply to its card.';
const noAnswer = 'A picture is no answer to this question, so I did not use it.';
/** Where only answers to us are heard, words that fill a caption (1,024 signs) may go on where we don't see it. */
const isFullAndUnheard = ({ me }: Context, { chat, caption }: Message): boolean =>
  chat.type !== 'private' && !me.can_read_all_group_messages && (caption ?? '').length >= 1_000;
const cutWords =
  'The words below your picture came in several messages or may go on in another one, so I used neither them nor the picture. Send the picture alone as a reply to the card, and then the whole text as a reply to its new card.';
