import type { Lines } from '../lines.ts';
import { strange } from '../../lib/words.ts';
import type { Heading } from './headings.ts';
import { isContent, labelLevel, speaksOfDraft } from './headings.ts';
import { fieldOf, isBlank, isFooter, isQuote, isRule, isTable, isTags } from './line-kinds.ts';

export type Section = {
  /** Line where the section ends, not part of it. */
  readonly end: number;
  /** Where it might end as well, and why that isn't certain. */
  readonly doubtfulEnd?: number;
  readonly doubt?: string;
  /** It ends at a deeper heading that holds a text itself. */
  readonly inner: boolean;
};

/** What a heading means for the section it stands in. */
type Effect = 'ends' | 'belongs' | 'doubtful';

/** How far is looked behind a heading: bounds the time on hostile input. */
const farthest = 200;

/**
 * Where the section of a heading ends, and where it might end as well.
 *
 * @param cuts lines at which no text goes on
 * @param begin line at which the text begins
 */
export function endOfSection(
  lines: Lines,
  headings: readonly Heading[],
  index: number,
  { cuts, begin }: { readonly cuts: readonly number[]; readonly begin: number },
): Section {
  const own = headings[index]?.level ?? 0;
  const opening = headings[index]?.line ?? 0;
  const cut = cuts.find((line) => line > opening) ?? Infinity;
  let doubtful: Heading | undefined;
  for (let at = index + 1; at < headings.length; at += 1) {
    const next = headings[at];
    if (next === undefined) break;
    if (next.line >= cut) return withDoubt(lines, cut, doubtful, false);
    const effect = effectOf(lines, headings, index, at);
    if (effect === 'ends') return ended(lines, headings, at, doubtful, own);
    if (effect === 'doubtful' && next.line >= begin) doubtful ??= next;
  }
  return withDoubt(lines, Math.min(cut, lines.length), doubtful, false);
}

function ended(
  lines: Lines,
  headings: readonly Heading[],
  at: number,
  doubtful: Heading | undefined,
  own: number,
): Section {
  const next = headings[at];
  const end = next?.line ?? lines.length;
  const inner = next !== undefined && isContent(next.role) && next.level > own;
  const section = withDoubt(lines, end, doubtful, inner);
  if (section.doubt !== undefined || next === undefined || inner) return section;
  // Tags that end what was cut off: then it was cut in the middle of a post.
  const cut = ['weak_stop', 'topic_stop'].includes(next.role) && endsInTags(lines, end + 1, tailEnd(headings, at));
  return cut ? { ...section, doubt: `The post may go on below “${strange(next.title, 80)}”.` } : section;
}

function effectOf(lines: Lines, headings: readonly Heading[], index: number, at: number): Effect {
  const own = headings[index]?.level ?? 0;
  const opening = headings[index]?.line ?? 0;
  const next = headings[at];
  if (next === undefined) return 'ends';
  const label = next.level === labelLevel && own < labelLevel;
  const beside = next.level <= own;
  const tail = { from: next.line + 1, to: tailEnd(headings, at) };
  if (next.bare && own < labelLevel && next.role !== 'strong_stop' && isInside(lines, headings, opening, at)) {
    return 'belongs';
  }
  const end = sectionEnd(lines, headings, at, own);
  switch (next.role) {
    case 'full':
    case 'answer':
    case 'draft':
    case 'generic':
    case 'preview':
    case 'own_preview':
    case 'variant':
    case 'original':
    case 'hashtags':
    case 'field':
    case 'aside':
      return 'ends';
    case 'strong_stop':
      return label && hasProse(lines, tail.from, tail.to) ? 'doubtful' : 'ends';
    case 'weak_stop': {
      const about = speaksOfDraft(next.title) && !endsInGreeting(lines, tail.from, end);
      const apart = followsRule(lines, next.line) && (!label || about);
      return beside || apart || (about && !label) ? 'ends' : 'doubtful';
    }
    case 'topic_stop':
      if ((beside && own < labelLevel) || (!label && followsRule(lines, next.line))) return 'ends';
      return hasProse(lines, tail.from, end) ? 'belongs' : 'doubtful';
    case 'unknown':
      if (beside && !label && own < labelLevel && followsRule(lines, next.line) && !endsInTags(lines, tail.from, end)) {
        return 'ends';
      }
      // Bullets below a last sub-heading are as often remarks about the text as its end.
      return endsInTags(lines, tail.from, end) || (!beside && hasProse(lines, tail.from, end)) ? 'belongs' : 'doubtful';
  }
}

/** A bold label without a colon, sentences before it and behind it: a sub-heading of the text. */
export const isInside = (lines: Lines, headings: readonly Heading[], opening: number, at: number): boolean => {
  const line = headings[at]?.line ?? 0;
  const own = headings.find((heading) => heading.line === opening)?.level ?? 0;
  // As the first line of a text it is its headline.
  const opens = lines.slice(opening + 1, line).trim() === '';
  const end = sectionEnd(lines, headings, at, own);
  if (!opens && !hasProse(lines, opening + 1, line)) return false;
  return hasProse(lines, line + 1, end) || endsInTags(lines, line + 1, end);
};

/** A dividing line and then a heading for something else: nobody writes that into a text. */
function followsRule(lines: Lines, line: number): boolean {
  let at = line - 1;
  while (at > 0 && line - at < 5 && isBlank(lines.text(at))) at -= 1;
  return at >= 0 && isRule(lines.text(at));
}

/** The next heading of any kind. */
const tailEnd = (headings: readonly Heading[], at: number): number => headings[at + 1]?.line ?? Infinity;

/** The next heading that certainly ends a section. */
const sectionEnd = (lines: Lines, headings: readonly Heading[], at: number, own: number): number => {
  const ends = ({ role, level }: Heading) =>
    level < labelLevel && role !== 'unknown' && (role !== 'topic_stop' || level <= own);
  return headings.slice(at + 1, at + 40).find(ends)?.line ?? lines.length;
};

const withDoubt = (lines: Lines, end: number, doubtful: Heading | undefined, inner: boolean): Section => {
  if (doubtful === undefined) return { end, inner };
  const doubt = `It may end at the heading “${strange(doubtful.title, 80)}”.`;
  return doubtful.line >= Math.min(end, lines.length)
    ? { end, inner }
    : { end, doubtfulEnd: doubtful.line, doubt, inner };
};

/** Whether sentences stand there, not only bullets, fields and instructions. */
function hasProse(lines: Lines, from: number, to: number): boolean {
  for (let at = from; at < Math.min(to, lines.length, from + farthest); at += 1) {
    const line = lines.text(at);
    const aside = isBlank(line) || isFooter(line) || isQuote(line) || isTable(line) || fieldOf(line) !== undefined;
    if (!aside && line.length >= 25 && !/^\s*(?:[-*+]|\d+[.)])\s/.test(line)) return true;
  }
  return false;
}

const greeting =
  /^[\s*_]*(?:(?:best|kind|warm)(?:est)? (?:regards|wishes)|regards|best|cheers|sincerely|thanks|thank you|yours|love|take care|mit freundlichen|viele gr|beste gr|cordialement|bien à|saludos|un saludo|atentamente|cordiali|met vriendelijke)\b/i;

/** Whether a letter goes on to its end there: then what is above belongs to it. */
function endsInGreeting(lines: Lines, from: number, to: number): boolean {
  const end = Math.min(to, lines.length);
  let filled = 0;
  for (let at = end - 1; at >= from && at > end - farthest && filled < 6; at -= 1) {
    const line = lines.text(at);
    if (isBlank(line) || isRule(line)) continue;
    if (greeting.test(line.slice(0, 60))) return true;
    filled += 1;
  }
  return false;
}

/** Whether the last line there that isn't blank or a rule is nothing but tags. */
export function endsInTags(lines: Lines, from: number, to: number): boolean {
  const end = Math.min(to, lines.length);
  for (let at = end - 1; at >= from && at > end - farthest; at -= 1) {
    const line = lines.text(at);
    if (isBlank(line) || isRule(line)) continue;
    return isTags(line);
  }
  return false;
}
