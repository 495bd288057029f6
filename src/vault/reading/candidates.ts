import type { Candidate } from '../../domain/reading.ts';
import { normaliseText } from '../../domain/effect.ts';
import type { Lines } from '../lines.ts';
import type { Heading } from './headings.ts';
import { isContent } from './headings.ts';
import type { Field, Range } from './text-range.ts';
import { oddityOf, trimmed } from './text-range.ts';

/** How the text is written in the file, so that an edit can be written the same way. */
export type Form = 'plain' | 'quoted' | 'fenced' | 'key';

export type Found = Omit<Candidate, 'id'> & {
  readonly form: Form;
  /** Why it isn't certain that this, and only this, is the text; undefined when it is certain. */
  readonly doubt: string | undefined;
  readonly fields: readonly Field[];
  readonly preview: boolean;
};

/** The text of a range of lines, trimmed, out of its fence or quotes; undefined when nothing is left. */
function textIn(lines: Lines, range: Range, why: string, doubt?: string): Found | undefined {
  const { from, to, fields } = trimmed(lines, range);
  if (from >= to) return undefined;
  const found = (inner: Range, form: Form, text: string, odd: string | undefined): Found => ({
    text: normaliseText(text),
    span: {
      start: lines.start(inner.from),
      end: Math.max(lines.start(inner.from), lines.end(inner.to - 1)),
      firstLine: inner.from + 1,
      lastLine: inner.to,
    },
    why,
    form,
    doubt: doubt ?? odd,
    fields,
    preview: false,
  });
  const open = /^ {0,3}(`{3,}|~{3,})[\w-]*\s*$/.exec(lines.text(from))?.[1];
  if (open !== undefined) {
    let close = from + 1;
    while (close < to && lines.text(close).trim() !== open) close += 1;
    const inner = { from: from + 1, to: close };
    if (inner.to <= inner.from) return undefined;
    const odd = close === to - 1 ? undefined : 'There is more text after the fenced block.';
    return found(inner, 'fenced', lines.slice(inner.from, inner.to), odd);
  }
  const all = Array.from({ length: to - from }, (_, index) => lines.text(from + index));
  if (all.every((line) => line.startsWith('>') || line.trim() === '')) {
    return found({ from, to }, 'quoted', all.map((line) => line.replace(/^> ?/, '')).join('\n'), undefined);
  }
  return found({ from, to }, 'plain', all.join('\n'), oddityOf(lines, { from, to }));
}

/** Every text that stands under a heading that means "this is the text". */
export function underHeadings(lines: Lines, headings: readonly Heading[]): readonly Found[] {
  return headings.flatMap((heading, index) => {
    if (heading.quoted || !isContent(heading.role)) return [];
    const { end, doubtfulEnd, doubt } = endOf(lines, headings, index);
    const why = `It stands under “${heading.title}”.`;
    const range = { from: heading.line + 1, to: end };
    const preview = heading.role === 'preview';
    const whole = textIn(lines, range, why, doubt);
    const shorter = doubtfulEnd === undefined ? undefined : textIn(lines, { ...range, to: doubtfulEnd }, why, doubt);
    return [whole, shorter].flatMap((one) => (one === undefined ? [] : [{ ...one, preview }]));
  });
}

type End = { readonly end: number; readonly doubtfulEnd?: number; readonly doubt?: string };

/** Where the section of a heading ends, and where it might end as well. */
function endOf(lines: Lines, headings: readonly Heading[], index: number): End {
  const own = headings[index]?.level ?? 0;
  let doubtful: Heading | undefined;
  for (let at = index + 1; at < headings.length; at += 1) {
    const next = headings[at];
    if (next === undefined) break;
    const beside = next.level <= own;
    const ends =
      isContent(next.role) ||
      ['original', 'hashtags', 'field', 'strong_stop'].includes(next.role) ||
      (next.role === 'weak_stop' && beside);
    if (ends) return withDoubt(next.line, doubtful);
    if (next.role === 'weak_stop' || beside) doubtful ??= next;
  }
  return withDoubt(lines.length, doubtful);
}

const withDoubt = (end: number, doubtful: Heading | undefined): End =>
  doubtful === undefined
    ? { end }
    : { end, doubtfulEnd: doubtful.line, doubt: `It may end at the heading “${doubtful.title}”.` };

/**
 * The text of a file without a heading for it: the body, up to the first heading that can't belong to a text. An
 * unknown heading makes it doubtful: a title above a post is part of some posts and not of others.
 */
export function wholeBody(lines: Lines, from: number, headings: readonly Heading[]): readonly Found[] {
  const why = 'It is the body of the file.';
  const ours = headings.filter((heading) => heading.level < 7);
  const stop = ours.find((heading) =>
    ['strong_stop', 'weak_stop', 'original', 'hashtags', 'field'].includes(heading.role),
  );
  const to = stop?.line ?? lines.length;
  const inside = ours.filter((heading) => heading.line < to);
  const doubt = inside.length === 0 ? undefined : 'It contains headings, and it isn’t said which part is the text.';
  const title = inside[0];
  const whole = textIn(lines, { from, to }, why, doubt);
  const startsWithTitle = title !== undefined && whole?.span.firstLine === title.line + 1;
  const rest = startsWithTitle
    ? textIn(lines, { from: title.line + 1, to }, `${why} Without its title.`, doubt)
    : undefined;
  return [whole, rest].filter((one) => one !== undefined);
}
