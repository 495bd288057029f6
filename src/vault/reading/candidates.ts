import type { Candidate } from '../../domain/reading.ts';
import { normaliseText } from '../../domain/effect.ts';
import type { Lines } from '../lines.ts';
import { strange } from '../../lib/words.ts';
import type { Heading, Role } from './headings.ts';
import { isContent, labelLevel } from './headings.ts';
import { fieldOf, isCounted } from './line-kinds.ts';
import type { Field } from './line-kinds.ts';
import { endOfSection, isInside } from './sections.ts';
import type { Range } from './text-range.ts';
import { oddityOf, orderIn, trimmed } from './text-range.ts';

/** How the text is written in the file, so that an edit can be written the same way. */
export type Form = 'plain' | 'quoted' | 'fenced' | 'key';

export type Found = Omit<Candidate, 'id'> & {
  readonly form: Form;
  /** Why it isn't certain that this, and only this, is the text; undefined when it is certain. */
  readonly doubt: string | undefined;
  readonly fields: readonly Field[];
  /** What it stands under: its heading, the body of the file, a key. */
  readonly role: Role | 'body' | 'key';
  /** Line of its heading, from 0; -1 without one. */
  readonly headingLine: number;
  readonly level: number;
  /** What its heading says is done with it, where that is another action than the file’s. */
  readonly action?: string;
};

type Origin = Pick<Found, 'why' | 'role' | 'headingLine' | 'level'>;

/** The text of a range of lines, trimmed, out of its fence or quotes; undefined when nothing is left. */
function textIn(lines: Lines, range: Range, origin: Origin, doubt?: string): Found | undefined {
  const { from, to, fields } = trimmed(lines, range);
  if (from >= to) return undefined;
  const found = (inner: Range, form: Form, text: string, odd: string | undefined): Found => ({
    text: normaliseText(text),
    span: spanOf(lines, inner),
    ...origin,
    form,
    doubt: doubt ?? odd,
    fields,
  });
  const open = /^ {0,3}(`{3,}|~{3,})[\w-]*\s*$/.exec(lines.text(from))?.[1];
  if (open !== undefined) {
    let close = from + 1;
    while (close < to && lines.text(close).trim() !== open) close += 1;
    const header = mailHeader(lines, { from: from + 1, to: close }, (line) => line);
    const inner = withoutBlankLines(lines, { from: header.end, to: close });
    if (inner.to <= inner.from) return undefined;
    const odd = close === to - 1 ? orderIn(lines.text(inner.from)) : 'There is more text after the fenced block.';
    return { ...found(inner, 'fenced', lines.slice(inner.from, inner.to), odd), fields: header.fields };
  }
  const all = Array.from({ length: to - from }, (_, index) => lines.text(from + index));
  if (all.every((line) => line.startsWith('>') || line.trim() === '')) {
    const header = mailHeader(lines, { from, to }, unquoted);
    if (header.end >= to) return undefined;
    const inner = all.slice(header.end - from).map(unquoted);
    const quoted = found({ from: header.end, to }, 'quoted', inner.join('\n'), orderIn(inner[0] ?? ''));
    return { ...quoted, fields: header.fields };
  }
  return found({ from, to }, 'plain', all.join('\n'), oddityOf(lines, { from, to }));
}

const unquoted = (line: string): string => line.replace(/^> ?/, '');

/** `Subject: …` and `To: …` at the top of a quoted or fenced mail: told about it, no part of its text. */
function mailHeader(lines: Lines, range: Range, bare: (line: string) => string) {
  const fields: Field[] = [];
  let end = range.from;
  for (; end < range.to; end += 1) {
    const line = bare(lines.text(end));
    const field = fieldOf(line);
    if (field?.known === true && isCounted(field.key)) fields.push({ key: field.key, value: field.value, line: end });
    else if (line.trim() !== '' || fields.length === 0) break;
  }
  return fields.length === 0 ? { fields, end: range.from } : { fields, end };
}

export const spanOf = (lines: Lines, range: Range): Candidate['span'] => ({
  start: lines.start(range.from),
  end: Math.max(lines.start(range.from), lines.end(range.to - 1)),
  firstLine: range.from + 1,
  lastLine: range.to,
});

function withoutBlankLines(lines: Lines, range: Range): Range {
  let { from, to } = range;
  while (from < to && lines.text(from).trim() === '') from += 1;
  while (to > from && lines.text(to - 1).trim() === '') to -= 1;
  return { from, to };
}

/** Every text that stands under a heading that means "this is the text". */
export function underHeadings(lines: Lines, headings: readonly Heading[]): readonly Found[] {
  return headings.flatMap((heading, index) => {
    if (heading.quoted || !isContent(heading.role) || isSubHeading(lines, headings, index)) return [];
    const { end, doubtfulEnd, doubt, inner } = endOfSection(lines, headings, index);
    const { role, line, level } = heading;
    if (isTitleOnly(lines, headings, index)) return [];
    const origin = { why: `It stands under “${strange(heading.title, 80)}”.`, role, headingLine: line, level };
    const range = { from: line + 1, to: end };
    const whole = textIn(lines, range, origin, doubt);
    // The place for our text is there, and empty: that must be known, or somebody else's text would be taken instead.
    if (whole === undefined && !inner) return [{ ...emptyAt(lines, line), ...origin }];
    if (whole !== undefined && (role === 'preview' || role === 'own_preview')) {
      return [{ ...whole, doubt: whole.doubt ?? previewDoubt(role, whole.text) }];
    }
    // Above a heading of its own for the text, fields are only fields, whatever they are called.
    if (inner && whole !== undefined && isOnlyFields(whole.text)) return [];
    const shorter = doubtfulEnd === undefined ? undefined : textIn(lines, { ...range, to: doubtfulEnd }, origin, doubt);
    return [whole, shorter].filter((one) => one !== undefined);
  });
}

/** The title of a file that has a heading of its own for the text, with nothing but fields below it. */
function isTitleOnly(lines: Lines, headings: readonly Heading[], index: number): boolean {
  const [own, next] = [headings[index], headings[index + 1]];
  if (own === undefined || next === undefined || own.level !== 1) return false;
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
const previewDoubt = (role: Role, text: string): string | undefined =>
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
});

const isOnlyFields = (text: string): boolean =>
  text.length < 2_000 &&
  text.split('\n').every((line) => /^\s*(?:$|(?:[-*]\s+)?\*\*[^*]{1,40}:?\*\*\s?:?|#{1,6}\s)/.test(line));

/** A label with the text behind it on the same line: `**Text:** "Hello"`. */
export function inLabels(lines: Lines, from: number, labelOf: (key: string) => Role): readonly Found[] {
  const found: Found[] = [];
  for (let at = from; at < lines.length && found.length < 6; at += 1) {
    const line = lines.text(at);
    if (line.length > 5_000) continue;
    const label = /^\s{0,3}(?:[-*]\s+)?(?:\*\*)?([A-Za-z][A-Za-z ]{2,30})(?:\*\*:|:\*\*|:)\s*(.*)$/.exec(line);
    const key = label?.[1] ?? '';
    if (label === null || !['full', 'draft', 'generic'].includes(labelOf(key))) continue;
    const sameLine = (label[2] ?? '').trim() !== '';
    if (/\b(?:below|above)\b/i.test((label[2] ?? '').slice(0, 60))) continue;
    let to = sameLine ? at + 1 : at + 2;
    while (to < lines.length && to - at < 200 && (fenceAt(lines, at + 1) || lines.text(to).trim() !== '')) to += 1;
    const origin = {
      why: `It stands behind “${strange(key, 40)}”.`,
      role: 'generic',
      headingLine: at,
      level: labelLevel,
    } as const;
    const doubt = 'It isn’t said where it ends.';
    const whole = textIn(lines, { from: sameLine ? at : at + 1, to }, origin, doubt);
    if (whole === undefined) continue;
    const text = sameLine ? normaliseText(line.slice(line.length - (label[2] ?? '').length)) : whole.text;
    found.push({ ...whole, text });
  }
  return found;
}

const fenceAt = (lines: Lines, at: number): boolean => {
  for (let line = at; line < Math.min(at + 3, lines.length); line += 1) {
    if (/^\s*```/.test(lines.text(line))) return true;
  }
  return false;
};

/** A title of these roles names the file; it never belongs to the text. */
const namesTheFile: readonly Role[] = [
  'full',
  'answer',
  'draft',
  'generic',
  'preview',
  'own_preview',
  'strong_stop',
  'field',
];

const stops: readonly Role[] = ['strong_stop', 'original', 'hashtags', 'field'];

/**
 * The text of a file without a heading for it: the body, up to the first heading that can't belong to a text. An
 * unknown heading makes it doubtful: a title above a post is part of some posts and not of others.
 *
 * @param meant whether something says that the file is something to send
 */
export function wholeBody(lines: Lines, from: number, headings: readonly Heading[], meant: boolean): readonly Found[] {
  const origin = { why: 'It is the body of the file.', role: 'body', headingLine: -1, level: 0 } as const;
  const real = headings.filter((heading) => heading.line >= from && heading.level < labelLevel);
  let begin = from;
  while (begin < lines.length && lines.text(begin).trim() === '') begin += 1;
  const title = real[0]?.line === begin ? real[0] : undefined;
  const named = title !== undefined && namesTheFile.includes(title.role);
  const start = named ? title.line + 1 : from;
  const level = title?.level ?? 1;
  const inside = real.filter((heading) => heading.line >= start);
  const stop = inside.find(
    (heading) =>
      // A title can't be where the text ends, a section in its place can.
      (heading !== title || heading.level > 1) &&
      (stops.includes(heading.role) || (heading.role === 'weak_stop' && heading.level <= level + 1)),
  );
  const to = stop?.line ?? lines.length;
  const doubt = inside.some((heading) => heading.line < to)
    ? 'It contains headings, and it isn’t said which part is the text.'
    : undefined;
  // Headings, and none for a text: a form to fill in or to tick, not something somebody wrote to be sent.
  if (!meant && real.length > 0) return [];
  const unsaid = meant ? undefined : 'Nothing says that it is something to send.';
  const whole = textIn(lines, { from: start, to }, origin, doubt ?? unsaid);
  const keepsTitle = title !== undefined && !named && whole?.span.firstLine === title.line + 1;
  const rest = keepsTitle
    ? textIn(lines, { from: title.line + 1, to }, { ...origin, why: `${origin.why} Without its title.` }, doubt)
    : undefined;
  return [whole, rest].filter((one) => one !== undefined);
}
