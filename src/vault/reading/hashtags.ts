import type { Lines } from '../lines.ts';
import type { Heading } from './headings.ts';
import type { Fields } from './keys.ts';
import { fieldOf } from './line-kinds.ts';

const tag = /#[\p{L}\p{N}_]{1,60}/gu;
const farthest = 400;

/** Tags in a key, a section or a field of their own that the text does not contain; at most thirty. */
export function hashtagsApart(
  fields: Fields,
  headings: readonly Heading[],
  lines: Lines,
  text: string,
): readonly string[] {
  const heading = headings.find(({ role, quoted }) => role === 'hashtags' && !quoted);
  const section = heading === undefined ? '' : lines.slice(heading.line + 1, Math.min(heading.line + 6, lines.length));
  const written: string[] = [];
  for (let at = 0; at < Math.min(lines.length, farthest); at += 1) {
    const line = lines.text(at);
    const field = line.includes('**') && line.length < 1_000 ? fieldOf(line) : undefined;
    if (field?.key.endsWith('hashtags') === true) written.push(field.value);
  }
  const known = text.toLowerCase();
  const apart = `${fields.key('hashtags').join(' ')} ${section.slice(0, 2_000)} ${written.join(' ')}`.match(tag) ?? [];
  return [...new Set(apart)].filter((one) => !known.includes(one.toLowerCase())).slice(0, 30);
}
