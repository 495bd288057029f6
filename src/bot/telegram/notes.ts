import type { Note } from '../../domain/card.ts';
import type { SayResult } from '../../domain/ports.ts';
import { cut } from '../../lib/words.ts';
import { linkKeyboard, linkLines } from './keyboard.ts';
import type { Outgoing } from './outgoing.ts';
import type { Quiet } from './quiet.ts';
import { readRef } from './refs.ts';
import type { Remembered } from './remembered.ts';
import { paragraphs, richText } from './rich-text.ts';
import { systemTopic } from './topics.ts';
import { sayTrouble } from './trouble.ts';

/** Sends a note, below its card when there is one in this chat. */
export async function sayNote(
  { outgoing, quiet, remembered }: { outgoing: Outgoing; quiet: Quiet; remembered: Remembered },
  note: Note,
  ref: string | undefined,
): Promise<SayResult> {
  const card = ref === undefined ? undefined : readRef(ref);
  const text = paragraphs([richText(cut(note.text, 3_000)), linkLines(note.links, 3)]);
  const answer = await outgoing.send(text, {
    keyboard: linkKeyboard(note.links),
    replyTo: card !== undefined && card.chatId === (await outgoing.chatId()) ? card.messageId : undefined,
    silent: await quiet.hush(!note.loud),
    topic: note.key === '' ? systemTopic : await remembered.topicOf(note.key),
  });
  return answer.kind === 'ok' ? { kind: 'said' } : sayTrouble(answer.trouble);
}
