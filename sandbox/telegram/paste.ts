/** A text that is longer than one message, as an app sends it: in pieces, and what stood at a cut is lost. */
import { codePoints } from './text/formatted.ts';
import type { Person } from './types.ts';
import type { StoredMessage } from './world.ts';

const longest = 4_096;

type Write = (text: string, replyTo?: StoredMessage, quote?: string, topic?: number) => number;

export const createPaste =
  (write: Write, find: (messageId: number) => StoredMessage): Person['paste'] =>
  (text, { replyTo, quote, topic, eachReplies = false } = {}) =>
    cutAsTheApp(text).map((piece, place) => {
      const replied = replyTo === undefined || (place > 0 && !eachReplies) ? undefined : find(replyTo);
      return write(piece, replied, place > 0 ? undefined : quote, topic);
    });

/** Cuts at the best place in the second half of what fits: a blank line, a line, a sentence, a space, or anywhere. */
function cutAsTheApp(text: string): readonly string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (codePoints(rest) > longest) {
    const fits = Array.from(rest).slice(0, longest).join('');
    const at = bestCut(fits);
    pieces.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  return [...pieces, rest];
}

function bestCut(fits: string): number {
  for (const mark of ['\n\n', '\n', '. ', ' ']) {
    const at = fits.lastIndexOf(mark);
    if (at > fits.length / 2) return at + mark.length;
  }
  return fits.length;
}
