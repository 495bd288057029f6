import type { Candidate } from '../../domain/reading.ts';
import { normaliseText } from '../../domain/effect.ts';
import { linesOf } from '../lines.ts';
import type { Lines } from '../lines.ts';
import { cleanText, filesAlone } from './clean-text.ts';
import type { CleanText } from './clean-text.ts';
import { commentsIn } from './comments.ts';
import type { HeadingRole } from './headings.ts';
import { fieldOf, isCounted } from './line-kinds.ts';
import type { Field } from './line-kinds.ts';
import { oddityOf, orderIn, trimmed } from './text-range.ts';
import type { Range } from './text-range.ts';

/** How the text is written in the file, so that an edit can be written the same way. */
export type Form = 'plain' | 'quoted' | 'fenced' | 'key';

export type Found = Omit<Candidate, 'id'> &
  Pick<CleanText, 'files' | 'notes' | 'kept' | 'behind'> & {
    readonly form: Form;
    /** Its parts, in order, where it is a thread. */
    readonly parts?: readonly string[];
    /** Why it isn't certain that this, and only this, is the text; undefined when it is certain. */
    readonly doubt: string | undefined;
    /** The doubt is only about where it ends: the same text in another place settles it. */
    readonly bounds?: true;
    readonly fields: readonly Field[];
    /** What it stands under: its heading, the body of the file, a key. */
    readonly role: HeadingRole | 'body' | 'key';
    /** Line of its heading, from 0; -1 without one. */
    readonly headingLine: number;
    readonly level: number;
    /** What its heading says is done with it, where that is another action than the file’s. */
    readonly action?: string;
  };

export type Origin = Pick<Found, 'why' | 'role' | 'headingLine' | 'level'>;

/** The text as its readers should get it. */
export const cleaned = (text: string): CleanText => cleanText(normaliseText(text));

/** A text that is taken at its word as a whole, without the comments in it. */
export function withoutComments(text: string): string {
  if (!/<!--|%%/.test(text)) return text;
  const { changed } = commentsIn(linesOf(text), 0, () => false);
  const lines = linesOf(text, changed);
  return lines.shown(0, lines.length);
}

/**
 * The texts of a range of lines, trimmed, out of their fence or quotes: the whole range, and where something in it is
 * doubtful what stands before that.
 */
export function textsIn(lines: Lines, range: Range, origin: Origin, doubt?: string): readonly Found[] {
  const found = textIn(lines, range, origin, doubt);
  if (found === undefined) return [];
  const { whole, cutAt } = found;
  const before = cutAt === undefined ? undefined : textIn(lines, { from: range.from, to: cutAt }, origin, doubt);
  if (before === undefined || before.whole.text === whole.text || before.whole.text === '') return [whole];
  return [whole, { ...before.whole, doubt: before.whole.doubt ?? whole.doubt }];
}

/** `cutAt`: the line from which on it may not belong to the text. */
function textIn(
  lines: Lines,
  range: Range,
  origin: Origin,
  doubt: string | undefined,
): { readonly whole: Found; readonly cutAt: number | undefined } | undefined {
  const { from, to, fields } = trimmed(lines, range);
  if (from >= to) return undefined;
  const found = (inner: Range, form: Form, text: string, odd: string | undefined): Found => ({
    ...cleaned(text),
    span: spanOf(lines, inner),
    ...origin,
    form,
    doubt: doubt ?? odd,
    ...(doubt === undefined ? {} : { bounds: true as const }),
    fields,
  });
  const open = /^ {0,3}(`{3,}|~{3,})[\w-]*\s*$/.exec(lines.text(from))?.[1];
  if (open !== undefined) {
    let close = from + 1;
    while (close < to && lines.text(close).trim() !== open) close += 1;
    const header = mailHeader(lines, { from: from + 1, to: close }, (line) => line);
    const inner = withoutBlankLines(lines, { from: header.end, to: close });
    if (inner.to <= inner.from) return undefined;
    const odd = close === to - 1 ? oddFence(lines, inner) : 'There is more text after the fenced block.';
    const text = withoutComments(lines.shown(inner.from, inner.to));
    const whole = { ...found(inner, 'fenced', text, odd), fields: header.fields };
    return { whole, cutAt: undefined };
  }
  const all = Array.from({ length: to - from }, (_, index) => lines.text(from + index));
  if (all.every((line) => line.startsWith('>') || line.trim() === '')) {
    const header = mailHeader(lines, { from, to }, unquoted);
    if (header.end >= to) return undefined;
    const inner = all.slice(header.end - from).map(unquoted);
    const quoted = found({ from: header.end, to }, 'quoted', inner.join('\n'), oddQuote(inner));
    return { whole: { ...quoted, fields: header.fields }, cutAt: undefined };
  }
  const odd = oddityOf(lines, { from, to });
  const whole = found({ from, to }, 'plain', lines.shown(from, to), odd?.doubt);
  const around = filesOutside(lines, range, { from, to });
  return { whole: around.length === 0 ? whole : { ...whole, files: [...around, ...whole.files] }, cutAt: odd?.line };
}

/** Files that stand alone on a line above or below the text, in its section. */
function filesOutside(lines: Lines, range: Range, text: Range): readonly string[] {
  const files: string[] = [];
  for (let at = range.from; at < range.to; at += 1) {
    if (at === text.from) at = text.to;
    if (at < range.to) files.push(...(filesAlone(lines.text(at)) ?? []));
  }
  return files;
}

/** A fence is taken at its word, but for an order to write something and for a header nobody means to send. */
function oddFence(lines: Lines, inner: Range): string | undefined {
  const first = lines.text(inner.from);
  if (first.trimEnd() === '---' && fieldLike.test(lines.text(inner.from + 1))) return 'It begins with a header.';
  return orderIn(first);
}

const mostOrders = 8;

/** A task that was copied in is quoted as a draft is. */
function oddQuote(lines: readonly string[]): string | undefined {
  const title = /^ {0,3}#{1,6}\s+(.*)$/.exec(lines[0]?.slice(0, 200) ?? '')?.[1] ?? '';
  if (/\b(?:task|todo|plan|prompt|request)\b/i.test(title)) return 'It begins with the title of a task.';
  return lines
    .filter((line) => line.trim() !== '')
    .slice(0, mostOrders)
    .map(orderIn)
    .find((order) => order !== undefined);
}

const fieldLike = /^[A-Za-z_][\w .-]{0,60}:(?:\s|$)/;

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
