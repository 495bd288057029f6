/**
 * Who is meant by what a person writes or sends: a question of ours, a draft, or nobody. It is never guessed: only what the
 * message answers counts. Where others read and everything below a card answers it, people talk there too.
 */
import type { Door } from '../../../domain/ports.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { DraftMark } from '../memory/draft-mark.ts';
import type { Prompt, Remembered } from '../memory/memory.ts';
import type { Said } from '../messenger.ts';
import { reservedFor } from './questions.ts';
import type { Prompts } from './questions.ts';

export type Meant =
  | { readonly kind: 'question'; readonly prompt: Prompt }
  /** A question that somebody else may answer. */
  | { readonly kind: 'reserved'; readonly why: string }
  /** What it says is for this draft. */
  | { readonly kind: 'draft'; readonly draft: DraftMark }
  /** It speaks of this draft, and is not its new text. */
  | { readonly kind: 'comment'; readonly draft: DraftMark }
  /** `empty`: it answers a message of ours that shows no draft just now. */
  | { readonly kind: 'nobody'; readonly empty: boolean };

export type WhichParts = {
  readonly door: Door;
  readonly remembered: Remembered;
  readonly prompts: Prompts;
  readonly clock: Clock;
};

export async function whichDraft(parts: WhichParts, said: Said): Promise<Meant> {
  const { remembered, prompts, clock } = parts;
  const { about, actor } = said;
  if (about === undefined) return { kind: 'nobody', empty: false };
  const prompt = await prompts.at(about.messageId);
  if (prompt !== undefined) {
    const why = reservedFor(prompt, actor.id, clock.now());
    return why === '' ? { kind: 'question', prompt } : { kind: 'reserved', why };
  }
  const draft = await remembered.draftAt(about.messageId);
  if (draft === undefined || draft.key === '') return { kind: 'nobody', empty: draft !== undefined };
  return (await isTalk(parts, said, draft)) ? { kind: 'comment', draft } : { kind: 'draft', draft };
}

/** In a thread "thanks!" answers the card: there it takes somebody who may change a draft that can be changed. */
async function isTalk({ door }: WhichParts, said: Said, { key }: DraftMark): Promise<boolean> {
  if (!said.shared) return false;
  if (said.talk === true || said.inThread !== true) return said.talk === true;
  const verbs = (await door.card(key))?.verbs ?? [];
  return door.may(said.actor, 'edit').kind === 'refused' || !(verbs.includes('edit') || verbs.includes('reason'));
}
