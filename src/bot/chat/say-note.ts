/** Where a note goes out: the result of a draft below its card, or what people must know about the whole. */
import { nameOf } from '../../domain/card.ts';
import type { Note } from '../../domain/card.ts';
import type { Exhibits } from '../../domain/exhibits.ts';
import type { Door, SayResult } from '../../domain/ports.ts';
import { noteKeyboard, linkLines } from './buttons/card-buttons.ts';
import { captionLimit } from './cards/attachment-plan.ts';
import type { MessageId, Messenger, Place } from './messenger.ts';
import { cardHere, homeOf, placeFor, placeOfCard } from './places.ts';
import { aboutAll } from './routing.ts';
import type { Quiet } from './sound/quiet.ts';
import { readDigestRef, readMessageRef } from './memory/message-ref.ts';
import type { Remembered } from './memory/memory.ts';
import { ownWords, paragraphs, richText } from './text/text.ts';
import type { RichText } from './text/text.ts';
import { sayTrouble } from './trouble.ts';
import type { Answer } from './trouble.ts';

export type NoteParts = {
  readonly messenger: Messenger;
  readonly exhibits: Exhibits;
  readonly quiet: Quiet;
  readonly remembered: Remembered;
  readonly door: Door;
};

/**
 * Sends a note, below its card when there is one in this chat, with its proof as a picture when there is one; a draft
 * without a card is named.
 */
export async function sayNote(parts: NoteParts, note: Note, ref: string | undefined): Promise<SayResult> {
  const { messenger, quiet } = parts;
  const replyTo = await cardOf(parts, ref);
  const name = ref !== undefined && readDigestRef(ref) !== undefined && replyTo === undefined;
  const text = paragraphs([
    name ? await draftName(parts.door, note.key) : richText(),
    ownWords(note.text, 3_000),
    linkLines(note.links, 3),
  ]);
  const look = {
    rows: noteKeyboard(note),
    replyTo,
    silent: await quiet.hush(!note.loud),
  };
  const place = await placeOfNote(parts, note);
  if (place.kind === 'trouble') return sayTrouble(place.trouble);
  const proof = text.text.length <= captionLimit ? await proofOf(note, parts.exhibits) : undefined;
  if (proof !== undefined) {
    const answer = await messenger.sendFile(place.value, { as: 'photo', bytes: proof, name: 'proof.png' }, text, look);
    if (answer.kind === 'ok') return { kind: 'said' };
    const { trouble } = answer;
    // Only what surely did not arrive is said once more, in words alone; a picture must not keep the result away.
    if (trouble.kind !== 'rejected' && trouble.kind !== 'down') return sayTrouble(trouble);
  }
  const answer = await messenger.send(place.value, text, look);
  return answer.kind === 'ok' ? { kind: 'said' } : sayTrouble(answer.trouble);
}

const largestProof = 10_000_000;

async function proofOf({ proof }: Note, exhibits: Exhibits): Promise<Uint8Array | undefined> {
  const bytes = proof === undefined ? undefined : await exhibits.kept(proof);
  return bytes === undefined || bytes.length === 0 || bytes.length > largestProof ? undefined : bytes;
}

/** About a draft where its card lies. */
async function placeOfNote(parts: NoteParts, { key }: Note): Promise<Answer<Place>> {
  const { messenger } = parts;
  // While nobody is paired, it is the driver that says so.
  if (key === '' || (await homeOf(messenger)) === '') return await placeFor(messenger, aboutAll);
  return { kind: 'ok', value: await placeOfCard(parts, key) };
}

async function cardOf(parts: NoteParts, ref: string | undefined): Promise<MessageId | undefined> {
  if (ref === undefined) return undefined;
  const key = readDigestRef(ref);
  if (key !== undefined) return await cardHere(parts, key);
  const { messenger } = parts;
  const card = readMessageRef(ref);
  return card !== undefined && messenger.standsIn(card, await homeOf(messenger)) ? card : undefined;
}

async function draftName(door: Door, key: string): Promise<RichText> {
  const card = await door.card(key);
  return card === undefined ? richText() : richText(['bold', nameOf(card)]);
}
