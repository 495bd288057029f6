/**
 * Which messages are one text. Some apps cut what is longer than one message: at a good place in its second half, sometimes
 * only within the last signs. The pieces come one right after the other, and often only the first is a reply. Half a text
 * must never pass for the whole one.
 */
import type { Delivered, MessageId, Said } from '../messenger.ts';

/** Time of the chat’s clock between two pieces. The apps send them at once; a slow line takes a little longer. */
const longestGapSeconds = 5;

/** What belongs to a message that may have been cut. */
export type TextRun = {
  /** Places in `later` of the pieces that follow. */
  readonly rest: readonly number[];
  /** The last piece is long enough for another one, and nothing of that person has come since. */
  readonly open: boolean;
};

const whole: TextRun = { rest: [], open: false };

/**
 * @param later what came after it, oldest first; undefined: nothing for us
 * @param isAfter whether the first message came later, where that can be said
 * @param mayCount whether its sender may say something here at all: nobody is waited for on behalf of strangers
 */
export function runFrom(
  first: Delivered | undefined,
  later: readonly (Delivered | undefined)[],
  mayCount: (said: Said) => boolean,
  isAfter?: (a: MessageId, b: MessageId) => boolean | undefined,
): TextRun {
  if (first?.kind !== 'said' || !first.isLong || first.isPassedOn || !mayCount(first)) return whole;
  const rest: number[] = [];
  let last = first;
  for (const [place, one] of later.entries()) {
    if ((one?.kind !== 'said' && one?.kind !== 'command') || !isOf(first, one)) continue;
    const next = writtenIn(one);
    const comes = next !== undefined && isAfter?.(next.messageId, last.messageId) !== false;
    if (!comes || !last.isLong || !goesOn(last, next, first)) return { rest, open: false };
    rest.push(place);
    last = next;
  }
  return { rest, open: last.isLong };
}

/** A piece may begin with what looks like a command; a command alone is one. */
export const writtenIn = (one: Delivered | undefined): Said | undefined =>
  one?.kind === 'said' ? one : one?.kind === 'command' && one.rest !== '' ? one.written : undefined;

const isOf = ({ chat, actor }: Said, next: Pick<Said, 'chat' | 'actor'>): boolean =>
  next.chat === chat && next.actor.id === actor.id;

function goesOn(last: Said, next: Said, first: Said): boolean {
  if (next.text === '' || next.file !== undefined || next.isPassedOn) return false;
  const gap = next.sentAt - last.sentAt;
  if (gap < 0 || gap > longestGapSeconds) return false;
  if (next.place !== first.place) return false;
  return next.about === undefined || next.about.isHead || next.about.messageId === first.about?.messageId;
}

/** All of it as one. */
export const asOne = (first: Said, rest: readonly Said[]): Said =>
  rest.length === 0 ? first : { ...first, isCut: true, pieces: [first, ...rest].flatMap(({ pieces }) => pieces) };
