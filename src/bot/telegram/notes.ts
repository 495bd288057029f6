import type { Note } from '../../domain/card.ts';
import type { Door, SayResult } from '../../domain/ports.ts';
import { cut, oneLine } from '../../lib/words.ts';
import { linkKeyboard, linkLines } from './keyboard.ts';
import type { Outgoing } from './outgoing.ts';
import type { Quiet } from './quiet.ts';
import { readDigestRef, readRef } from './refs.ts';
import type { Remembered } from './remembered.ts';
import { paragraphs, richText } from './rich-text.ts';
import type { RichText } from './rich-text.ts';
import { sayTrouble } from './trouble.ts';

type NoteParts = { outgoing: Outgoing; quiet: Quiet; remembered: Remembered; door: Door };

/** Sends a note, below its card when there is one in this chat; a draft without one is named. */
export async function sayNote(parts: NoteParts, note: Note, ref: string | undefined): Promise<SayResult> {
  const { outgoing, quiet } = parts;
  const replyTo = await cardOf(parts, ref);
  const name = ref !== undefined && readDigestRef(ref) !== undefined && replyTo === undefined;
  const text = paragraphs([
    name ? await nameOf(parts.door, note.key) : richText(),
    richText(cut(note.text, 3_000)),
    linkLines(note.links, 3),
  ]);
  const answer = await outgoing.send(text, {
    keyboard: linkKeyboard(note.links),
    replyTo,
    silent: await quiet.hush(!note.loud),
  });
  return answer.kind === 'ok' ? { kind: 'said' } : sayTrouble(answer.trouble);
}

async function cardOf({ outgoing, remembered }: NoteParts, ref: string | undefined): Promise<number | undefined> {
  if (ref === undefined) return undefined;
  const chatId = await outgoing.chatId();
  const key = readDigestRef(ref);
  if (key !== undefined) return remembered.cardAt(chatId, key);
  const card = readRef(ref);
  return card?.chatId === chatId ? card.messageId : undefined;
}

/** What it is, and how its text begins: in code, so that it can't pretend to be words of ours. */
async function nameOf(door: Door, key: string): Promise<RichText> {
  const card = await door.card(key);
  if (card === undefined) return richText();
  return richText(['bold', oneLine(card.title, 100)], '\n', ['code', oneLine(card.text, 60)]);
}
