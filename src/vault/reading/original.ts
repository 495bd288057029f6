import { cut } from '../../lib/words.ts';
import type { Lines } from '../lines.ts';
import type { Heading } from './headings.ts';

const longestOriginal = 20_000;

/** The message that is answered, for the card: what stands under the first heading for it, without quote marks. */
export function originalOf(lines: Lines, headings: readonly Heading[]): string {
  const heading = headings.find((one) => one.role === 'original');
  if (heading === undefined) return '';
  const next = headings.find((one) => one.line > heading.line && !one.quoted);
  const text = lines
    .slice(heading.line + 1, next?.line ?? lines.length)
    .split(/\r?\n/)
    .map((line) => line.replace(/^> ?/, ''))
    .join('\n')
    .trim();
  return cut(text, longestOriginal);
}
