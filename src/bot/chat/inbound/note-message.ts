/** Says of a person's message what became of it, as quietly as the chat can. */
import type { Door } from '../../../domain/ports.ts';
import { answerMessage } from '../answers.ts';
import { button } from '../buttons/button.ts';
import { labelOf } from '../buttons/labels.ts';
import { encodeWish } from '../buttons/action.ts';
import type { Corrected, Messenger, Said } from '../messenger.ts';
import { ownWords } from '../text/text.ts';

type NoteParts = { readonly messenger: Messenger; readonly door: Door };

/** It changed a draft: where that is said in words, one tap below them takes it back, as long as it is the newest change. */
export async function noteChange(
  { messenger, door }: NoteParts,
  said: Said | Corrected,
  key: string,
  words: string,
): Promise<void> {
  const card = await door.card(key);
  const act = encodeWish({ kind: 'draft', verb: 'restore', key, revision: card?.revision ?? '' });
  const rows = card?.verbs.includes('restore') === true ? [{ buttons: [button(labelOf('restore', card), act)] }] : [];
  await messenger.noted(said, { text: ownWords(words, 4_000), rows });
}

/** It is a remark among people: kept with the draft, and not answered in words but when it can't be. */
export async function keepComment({ messenger, door }: NoteParts, said: Said, key: string): Promise<void> {
  const { actor, id, text } = said;
  if (text.trim() === '') return;
  const verdict = await door.decide({ actor, id, verb: 'comment', key, revision: '', text });
  return verdict.kind === 'accepted' ? messenger.noted(said) : answerMessage(messenger, said, verdict.say);
}
