import { cut } from '../../lib/words.ts';
import type { LineRange } from '../../domain/reading.ts';
import type { Lines } from '../lines.ts';
import { fenceReader } from './headings.ts';
import type { Heading } from './headings.ts';

const longestOriginal = 20_000;

/** Where the message that is answered stands: under the first heading for it; undefined when there is none. */
export function originalLines(lines: Lines, headings: readonly Heading[]): LineRange | undefined {
  const heading = headings.find((one) => one.role === 'original');
  if (heading === undefined) return undefined;
  const next = headings.find((one) => one.line > heading.line && !one.quoted);
  return { firstLine: heading.line + 2, lastLine: next?.line ?? lines.length };
}

/** The message that is answered, for the card, without its fence or quote marks; empty when there is none. */
export function originalOf(lines: Lines, place: LineRange | undefined): string {
  if (place === undefined) return '';
  const all = lines
    .slice(place.firstLine - 1, place.lastLine)
    .trim()
    .split(/\r?\n/);
  const text = isBlock(all) ? all.slice(1, -1) : all.map((line) => line.replace(/^> ?/, ''));
  return cut(text.join('\n').trim(), longestOriginal);
}

/** Whether they are one code block and nothing else. */
function isBlock(lines: readonly string[]): boolean {
  const inFence = fenceReader();
  // After the closing line, and only there, a line is outside again: one more tells that it was closed.
  const inside = [...lines, ''].map(inFence);
  return lines.length > 1 && inside.indexOf(false) === lines.length;
}
