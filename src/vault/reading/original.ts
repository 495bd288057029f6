import { cut } from '../../lib/words.ts';
import type { LineRange } from '../../domain/reading.ts';
import type { Lines } from '../lines.ts';
import type { Heading } from './headings.ts';

const longestOriginal = 20_000;

/** Where the message that is answered stands: under the first heading for it; undefined when there is none. */
export function originalLines(lines: Lines, headings: readonly Heading[]): LineRange | undefined {
  const heading = headings.find((one) => one.role === 'original');
  if (heading === undefined) return undefined;
  const next = headings.find((one) => one.line > heading.line && !one.quoted);
  return { firstLine: heading.line + 2, lastLine: next?.line ?? lines.length };
}

/** The message that is answered, for the card, without quote marks; empty when there is none. */
export function originalOf(lines: Lines, place: LineRange | undefined): string {
  if (place === undefined) return '';
  const text = lines
    .slice(place.firstLine - 1, place.lastLine)
    .split(/\r?\n/)
    .map((line) => line.replace(/^> ?/, ''))
    .join('\n')
    .trim();
  return cut(text, longestOriginal);
}
