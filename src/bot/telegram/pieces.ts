/**
 * Which messages are one text. Telegram's apps cut what is longer than one message: at a good place in its second
 * half, sometimes only within the last signs. The pieces come one right after the other, and often only the first is a reply.
 * Half a text must never pass for the whole one.
 */
import type { Message, Update } from 'grammy/types';

/** An update as we keep it: with the instant it came, and as we hand it on: with the pieces an app cut off its text. */
export type KeptUpdate = Update & { readonly received_at?: number; readonly pieces?: readonly Message[] };

/** An app looks for a place to cut from the middle of the 4,096 signs on; for a caption, of the 1,024. */
const shortestCut = { text: 2_000, caption: 500 } as const;
/** Server time between two pieces. The apps send them at once; a slow line takes a little longer. */
const longestGapSeconds = 5;

/** What belongs to a message that may have been cut. */
export type CutMessage = {
  /** Places in `later` of the pieces that follow. */
  readonly rest: readonly number[];
  /** The last piece is long enough for another one, and nothing of that person has come since. */
  readonly open: boolean;
};

const whole: CutMessage = { rest: [], open: false };

/**
 * @param later what came after it, oldest first
 * @param mayCount whether its sender may say something here at all: nobody is waited for on behalf of strangers
 */
export function runFrom(first: Update, later: readonly Update[], mayCount: (message: Message) => boolean): CutMessage {
  const { message } = first;
  if (message === undefined || !mayBeCut(message) || isPassedOn(message) || !mayCount(message)) return whole;
  const rest: number[] = [];
  let last: Message = message;
  for (const [place, { message: next }] of later.entries()) {
    if (next?.chat.id !== message.chat.id || next.from?.id !== message.from?.id) continue;
    if (!mayBeCut(last) || !goesOn(last, next, message)) return { rest, open: false };
    rest.push(place);
    last = next;
  }
  return { rest, open: mayBeCut(last) };
}

/** Whether a message is so long that an app may have cut it. */
export const mayBeCut = ({ text, caption }: Message): boolean =>
  (text ?? '').length >= shortestCut.text || (caption ?? '').length >= shortestCut.caption;

function goesOn(last: Message, next: Message, first: Message): boolean {
  if (next.text === undefined || isPassedOn(next) || /^\/[a-z\d_]+(?:@\w+)?$/i.test(next.text)) return false;
  const gap = next.date - last.date;
  if (next.message_id <= last.message_id || gap < 0 || gap > longestGapSeconds) return false;
  if (next.message_thread_id !== first.message_thread_id) return false;
  const replied = repliedTo(next);
  return replied === undefined || replied === repliedTo(first);
}

/** In a topic every message seems to reply to the one that made the topic. */
const repliedTo = ({ reply_to_message: replied }: Message): number | undefined =>
  replied === undefined || 'forum_topic_created' in replied ? undefined : replied.message_id;

/** Not written by whoever sent it. */
const isPassedOn = ({ forward_origin: origin, via_bot: bot }: Message): boolean =>
  origin !== undefined || bot !== undefined;

/** The texts of a message that was cut, in order; one when it was not. */
export function piecesOf(update: KeptUpdate): readonly { readonly messageId: number; readonly text: string }[] {
  const messages = [...(update.message === undefined ? [] : [update.message]), ...(update.pieces ?? [])];
  return messages.map(({ message_id: messageId, text, caption }) => ({ messageId, text: text ?? caption ?? '' }));
}
