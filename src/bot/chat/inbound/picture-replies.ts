/**
 * Pictures as answers: a picture sent as a reply to a card or to the question for a new text takes the place of the
 * draft's, and its caption that of the text. Which draft is meant is never guessed.
 */
import type { Clock } from '../../../lib/clock.ts';
import type { Door } from '../../../domain/ports.ts';
import { oneLine } from '../../../lib/words.ts';
import { withPassage } from '../text/quoted-passage.ts';
import { answerMessage } from '../answers.ts';
import type { Corrected, Messenger, Said } from '../messenger.ts';
import { keepComment, noteChange } from './note-message.ts';
import type { Prompts } from './questions.ts';
import type { DraftMark } from '../memory/draft-mark.ts';
import type { Remembered } from '../memory/memory.ts';
import { whichDraft } from './which-draft.ts';

export type PictureEdits = {
  /** A message with anything but text. */
  take(said: Said): Promise<void>;
  /** A person corrected such a message; when it changed a draft, it changes it again. */
  correct(said: Corrected): Promise<void>;
};

type PictureParts = {
  readonly messenger: Messenger;
  readonly door: Door;
  readonly remembered: Remembered;
  readonly prompts: Prompts;
  readonly clock: Clock;
};

export function createPictureEdits(parts: PictureParts): PictureEdits {
  const { messenger, door, remembered } = parts;
  return {
    async take(said) {
      const meant = await whichDraft(parts, said);
      if (meant.kind === 'comment') return keepComment(parts, said, meant.draft.key);
      if (meant.kind === 'nobody' && !meant.empty && said.shared) return;
      const place = await placeInAlbum(parts, said);
      if (place === 'told') return;
      const say = (words: string) => answerMessage(messenger, said, words);
      if (place === 'next') return say(onlyFirst);
      switch (meant.kind) {
        case 'nobody':
          if (meant.empty) return say(unknownDraft);
          return say(said.file?.picture === undefined ? onlyThese : whereTo);
        case 'reserved':
          return say(meant.why);
        case 'question':
          if (meant.prompt.asks !== 'edit') return say(noAnswer);
          return said.isCut ? say(cutWords) : change(parts, said, meant.prompt);
        case 'draft':
          return said.isCut ? say(cutWords) : change(parts, said, meant.draft);
      }
    },
    async correct(said) {
      const answer = await remembered.answerAt(said.messageId);
      const card = answer === undefined ? undefined : await door.card(answer.key);
      if (answer === undefined) return;
      if (card === undefined || !card.verbs.includes('edit')) {
        return answerMessage(messenger, said, 'That draft is no longer open, so your correction changed nothing.');
      }
      await change(parts, said, { key: answer.key, revision: card.revision });
    },
  };
}

async function change(parts: PictureParts, said: Said | Corrected, draft: DraftMark): Promise<void> {
  const { messenger, door, remembered, prompts } = parts;
  const { actor, id, messageId } = said;
  const say = (words: string) => answerMessage(messenger, said, words);
  const file = said.file?.picture;
  if (file === undefined) return say(onlyThese);
  const card = await door.card(draft.key);
  if (card === undefined) return say(unknownDraft);
  if (!card.verbs.includes('edit')) return say(`This draft can’t be changed now: ${oneLine(card.standing, 100)}`);
  const text = textOf(said, card.text);
  if (typeof text === 'object') return say(text.obstacle);
  const picture = await messenger.fetchFile(file.handle, file.bytes);
  if ('obstacle' in picture) return say(picture.obstacle);
  const { key, revision } = draft;
  const verdict = await door.decide({ actor, id, verb: 'edit', key, revision, text, picture });
  if (verdict.kind === 'accepted') await remembered.keepAnswerAt(messageId, { key: draft.key });
  if (verdict.kind === 'accepted') await noteChange(parts, said, draft.key, verdict.say);
  else await say(verdict.say);
  if (verdict.kind !== 'refused' || verdict.why !== 'bad_text') await prompts.close(draft.key);
}

/** The words below it as the new text; empty when the text stays. A quoted passage is replaced by them, and only that. */
function textOf({ text, quote, about }: Said | Corrected, whole: string): string | { readonly obstacle: string } {
  if (text === '' || quote === undefined) return text;
  const changed = withPassage(whole, quote, text, about?.text ?? '');
  return 'obstacle' in changed ? changed : changed.text;
}

/** An album comes as several messages, each of them a reply: the first counts, and that is said once. */
async function placeInAlbum(
  { remembered }: PictureParts,
  { album, messageId }: Said,
): Promise<'first' | 'next' | 'told'> {
  return album === undefined ? 'first' : await remembered.placeInAlbum(album, messageId);
}

const unknownDraft = "I don't know this draft any more.";
const onlyFirst = 'I took only the first of these: a draft gets one picture at a time this way.';
const onlyThese = 'I can use a text or a picture here, nothing else, so I did not use this.';
const whereTo = 'I did not use this. To put a picture into a draft, send it as a reply to its card.';
const noAnswer = 'A picture is no answer to this question, so I did not use it.';
const cutWords =
  'The words below your picture came in several messages or may go on in another one, so I used neither them nor the picture. Send the picture alone as a reply to the card, and then the whole text as a reply to its new card.';
