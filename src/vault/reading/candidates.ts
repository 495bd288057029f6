import { strange } from '../../lib/words.ts';
import type { Heading, HeadingRole } from './headings.ts';
import { isContent, labelLevel } from './headings.ts';
import type { Layout } from './layout.ts';
import { endOfSection, isInside } from './sections.ts';
import { spanOf, textsIn } from './found.ts';
import type { Found } from './found.ts';
import { trimmed, trimmedStart } from './text-range.ts';
import type { Lines } from '../lines.ts';

/** Every text that stands under a heading that means "this is the text". */
export function underHeadings(layout: Layout): readonly Found[] {
  const { lines, headings, cuts } = layout;
  return headings.flatMap((heading, index) => {
    if (heading.quoted || !isContent(heading.role) || isSubHeading(lines, headings, index)) return [];
    // What stands above the text can't end it, whatever it is called.
    const begin = trimmedStart(lines, { from: heading.line + 1, to: lines.length }).from;
    const { end, doubtfulEnd, doubt, inner } = endOfSection(lines, headings, index, { cuts, begin });
    const { role, line, level } = heading;
    if (isTitleOnly(layout, index)) return [];
    const origin = { why: `It stands under “${strange(heading.title, 80)}”.`, role, headingLine: line, level };
    const range = { from: line + 1, to: end };
    const found = textsIn(lines, range, origin, doubt);
    const [whole] = found;
    // The place for our text is there, and empty: that must be known, or somebody else's text would be taken instead.
    if (whole === undefined && !inner) return [{ ...emptyAt(lines, line), ...origin }];
    if (whole !== undefined && (role === 'preview' || role === 'own_preview')) {
      if (whole.doubt !== undefined) return [whole];
      return [{ ...whole, doubt: previewDoubt(role, whole.text), bounds: true as const }];
    }
    // Above a heading of its own for the text, fields are only fields, whatever they are called.
    if (inner && whole !== undefined && isOnlyFields(whole.text)) return [];
    const shorter = doubtfulEnd === undefined ? [] : textsIn(lines, { ...range, to: doubtfulEnd }, origin, doubt);
    return [...found, ...shorter];
  });
}

/** The title of a file that has a heading of its own for the text, with nothing but fields below it. */
function isTitleOnly({ lines, headings, nested }: Layout, index: number): boolean {
  const [own, next] = [headings[index], headings[index + 1]];
  if (own === undefined || next === undefined) return false;
  // Right above the header of a draft that was copied in whole any heading is such a title.
  const overHeader = nested.some(({ sent, line }) => !sent && line > own.line && line < next.line);
  if (own.level !== 1 && !overHeader) return false;
  const later = headings.slice(index + 1).some((one) => !one.quoted && one.level > 1 && isContent(one.role));
  const { from, to } = trimmed(lines, { from: own.line + 1, to: next.line });
  return later && from >= to;
}

/** A bare bold label in the middle of the text of a heading above it. */
function isSubHeading(lines: Lines, headings: readonly Heading[], index: number): boolean {
  const own = headings[index];
  if (own?.bare !== true) return false;
  const above = headings.slice(0, index).findLast(({ role, level }) => level < labelLevel && isContent(role));
  return above !== undefined && isInside(lines, headings, above.line, index);
}

/** A preview is often cut; ours is the whole text when it ends like one. */
const previewDoubt = (role: HeadingRole, text: string): string | undefined =>
  role === 'own_preview' &&
  /(?:[.!?)"”]|#[\p{L}\p{N}_]+|\p{So}\ufe0f?)$/u.test(text) &&
  !/(?:\.\.\.|…)/.test(text.slice(-10))
    ? undefined
    : 'A preview may be cut.';

const emptyAt = (lines: Lines, line: number) => ({
  text: '',
  span: spanOf(lines, { from: line, to: line + 1 }),
  form: 'plain' as const,
  doubt: undefined,
  fields: [],
  files: [],
  notes: [],
  kept: [],
  behind: [],
});

const isOnlyFields = (text: string): boolean =>
  text.length < 2_000 &&
  text.split('\n').every((line) => /^\s*(?:$|(?:[-*]\s+)?\*\*[^*]{1,40}:?\*\*\s?:?|#{1,6}\s)/.test(line));
