/**
 * A thread: several texts one after the other. It is known by its numbers (`1/3`, `**1/**`, `[1/4]`, `TWEET 1/6`), or, where
 * the file calls itself one, by dividing lines or headings between its parts. Marks on lines of their own are no text;
 * marks within a line are. Pure; looks at each line once.
 */
import type { Lines } from '../lines.ts';
import { linesOf } from '../lines.ts';
import { threadWords } from './act-words.ts';
import { fenceReader, labelLevel } from './headings.ts';
import type { Heading } from './headings.ts';
import { isBlank, isRule } from './line-kinds.ts';
import type { Layout } from './layout.ts';
import type { Route } from './route.ts';
import { textsIn } from './found.ts';
import type { Found, Origin } from './found.ts';
import type { Range } from './text-range.ts';

/** How much is needed to call it a thread. */
export type Ask = {
  /** The file calls it one. */
  readonly said: boolean;
  /** Its platform is one on which posts follow each other: `1/` alone is a mark there, and an enumeration elsewhere. */
  readonly usual: boolean;
};

type Mark = {
  readonly line: number;
  readonly number: number;
  readonly total: number | undefined;
  /** On a line of its own. */
  readonly alone: boolean;
};

const most = 60;
const lead = String.raw`^\s{0,3}(?:>\s?)?(?:#{1,6}\s+)?(?:\*\*|__)?`;
const tail = String.raw`(?:\*\*|__)?\s*:?\s*(?:\*\*|__)?\s*`;
const word = String.raw`(?:(?:tweet|post|part|thread|toot)\s*#?\s*)`;
/** `1/3`, `[1/4]`, `TWEET 1/6`, `Part 2 of 5 (proof)`, `1/` on a line of its own. */
const alone = new RegExp(
  `${lead}[[(]?(?:${word}(\\d{1,2})\\s?(?:/|\\bof\\b)\\s?(\\d{1,2})[\\])]?(?:\\s*[(–—:-].{0,60})?|(\\d{1,2})\\s?/\\s?(\\d{1,2})?[\\])]?[:.)]?)${tail}$`,
  'i',
);
/** `Tweet 2`, `### Tweet 2 (the hook)`: a part only where the file calls itself a thread. */
const named = new RegExp(`${lead}${word}(\\d{1,2})(?:\\s*[(–—:-].{0,60})?${tail}$`, 'i');
const first = /^\s{0,3}(?:>\s?)?(?:\*\*|__)?[[(]?(\d{1,2})\/(\d{1,2})?[\])]?[:.)]?(?:\*\*|__)?\s+(?=\S)/;
const last = /(?<=\S)\s+[[(]?(\d{1,2})\/(\d{1,2})[\])]?\s*$/;

/** The thread that the body of a file holds; undefined when it holds none. */
export function bodyThread(layout: Layout, route: Route): Found | undefined {
  if (route.platform?.addressed === true) return undefined;
  const { lines, headings, bodyLine } = layout;
  const title = headings.find((heading) => !heading.quoted && isThreadTitle(heading.title));
  const ask = { said: route.thread || title !== undefined, usual: isUsual(route) };
  const from = title === undefined ? bodyLine : title.line + 1;
  const ranges = partsIn(lines, { from, to: endOf(layout, from) }, ask, headings);
  if (ranges !== undefined) return foundOf(lines, ranges, title);
  // The whole thread in one fence.
  const origin: Origin = { why: 'It is a thread.', role: 'body', headingLine: from - 1, level: title?.level ?? 0 };
  const [whole] = title === undefined ? [] : textsIn(lines, { from, to: endOf(layout, from) }, origin);
  const parts = whole?.form === 'fenced' ? textThread(whole.text, { ...route, thread: true }) : undefined;
  return whole === undefined || parts === undefined ? undefined : { ...whole, parts, text: parts.join('\n\n') };
}

/** The same for a text that stands in a key or in a fence. */
export function textThread(text: string, route: Route): readonly string[] | undefined {
  if (route.platform?.addressed === true || !mayBeThread(text, route.thread)) return undefined;
  const lines = linesOf(text);
  const ask = { said: route.thread, usual: isUsual(route) };
  const ranges = partsIn(lines, { from: 0, to: lines.length }, ask, []);
  const found = ranges === undefined ? undefined : foundOf(lines, ranges, undefined);
  return found?.parts;
}

/** Whether marks of parts are in a text that are not in order: then a person must look. */
export function hasLooseMarks(text: string, route: Route): boolean {
  if (!isUsual(route) || !mayBeThread(text, false)) return false;
  const numbers = marksIn(linesOf(text), { from: 0, to: Infinity }, { said: false, usual: true }).map(
    ({ number }) => number,
  );
  return numbers.length > 1 && numbers.every((number, at) => at === 0 || number > (numbers[at - 1] ?? 0));
}

/** Without a number and a stroke there is nothing to look for. */
const mayBeThread = (text: string, said: boolean): boolean => said || /\d\s?(?:\/|of\b)/.test(text);

const isUsual = (route: Route): boolean => route.platform?.targeted?.includes('reply') === true;

const isThreadTitle = (title: string): boolean =>
  title
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .some((one) => threadWords.includes(one)) &&
  !/\b(?:available|original|e-?mail|message|conversation|history|context)\b/i.test(title);

/** The first heading behind which no part can stand. */
function endOf({ lines, headings, cuts }: Layout, from: number): number {
  const stop = headings.find(
    ({ line, level, role, title }) =>
      line >= from &&
      level < labelLevel &&
      ['strong_stop', 'weak_stop', 'aside', 'original', 'hashtags', 'field'].includes(role) &&
      !isMarkTitle(title),
  );
  return Math.min(stop?.line ?? lines.length, cuts.find((line) => line > from) ?? lines.length);
}

const isMarkTitle = (title: string): boolean => alone.test(title) || named.test(title);

function marksIn(lines: Lines, { from, to }: Range, ask: Ask): readonly Mark[] {
  const found: Mark[] = [];
  const inFence = fenceReader();
  for (let at = from; at < Math.min(to, lines.length) && found.length < most; at += 1) {
    const line = lines.text(at);
    if (inFence(line) || line.length > 2_000 || !/\d/.test(line)) continue;
    const own = alone.exec(line) ?? (ask.said ? named.exec(line) : null);
    const inside = own === null ? (first.exec(line) ?? last.exec(line)) : null;
    const mark = own ?? inside;
    if (mark === null) continue;
    const [number, total] = [mark[1] ?? mark[3], mark[2] ?? mark[4]];
    found.push({
      line: at,
      number: Number(number),
      total: total === undefined ? undefined : Number(total),
      alone: own !== null,
    });
  }
  return found;
}

/** The ranges of the parts, in order; undefined when it is no thread. */
function partsIn(lines: Lines, range: Range, ask: Ask, headings: readonly Heading[]): readonly Range[] | undefined {
  const marks = marksIn(lines, range, ask);
  const numbered = inOrder(marks, ask) ? marks : undefined;
  if (numbered !== undefined) return numberedParts(lines, range, numbered, headings);
  return ask.said && marks.length === 0 ? ruledParts(lines, range) : undefined;
}

/** 1, 2, 3 …, each once; with a total it must be reached, without one something else must say that it is a thread. */
function inOrder(marks: readonly Mark[], ask: Ask): boolean {
  if (marks.length < 2 || marks.some(({ number }, at) => number !== at + 1)) return false;
  const totals = new Set(marks.flatMap(({ total }) => (total === undefined ? [] : [total])));
  if (totals.size > 1) return false;
  const [total] = totals;
  if (total !== undefined) return total === marks.length;
  return ask.said || ask.usual;
}

function numberedParts(
  lines: Lines,
  range: Range,
  marks: readonly Mark[],
  headings: readonly Heading[],
): readonly Range[] {
  return marks.map((mark, at) => {
    // A mark at the end of a line belongs to the paragraph it ends.
    const begin = mark.alone
      ? mark.line + 1
      : startOfParagraph(lines, mark.line, at === 0 ? range.from : (marks[at - 1]?.line ?? 0) + 1);
    const next = marks[at + 1];
    const end =
      next === undefined
        ? endOfLast(lines, mark.line + 1, range.to, headings)
        : next.alone
          ? next.line
          : startOfParagraph(lines, next.line, mark.line + 1);
    return { from: begin, to: end };
  });
}

function startOfParagraph(lines: Lines, line: number, from: number): number {
  let at = line;
  while (at > from && !isBlank(lines.text(at - 1)) && !isRule(lines.text(at - 1))) at -= 1;
  return at;
}

/** The last part ends where a heading or a dividing line is. */
function endOfLast(lines: Lines, from: number, to: number, headings: readonly Heading[]): number {
  const heading = headings.find(({ line, level }) => line >= from && level < labelLevel)?.line ?? to;
  for (let at = from; at < Math.min(to, heading); at += 1) if (isRule(lines.text(at))) return at;
  return Math.min(to, heading);
}

function ruledParts(lines: Lines, range: Range): readonly Range[] | undefined {
  const parts: Range[] = [];
  const inFence = fenceReader();
  let start = range.from;
  for (let at = range.from; at < range.to && parts.length < most; at += 1) {
    const line = lines.text(at);
    if (inFence(line) || !isRule(line)) continue;
    parts.push({ from: start, to: at });
    start = at + 1;
  }
  const filled = [...parts, { from: start, to: range.to }].filter(
    ({ from, to }) => lines.shown(from, to).trim() !== '',
  );
  return filled.length > 1 ? filled : undefined;
}

const doubt = 'One of its parts can’t be told from what stands around it.';

function foundOf(lines: Lines, ranges: readonly Range[], title: Heading | undefined): Found | undefined {
  const why = 'It is a thread.';
  const origin: Origin = { why, role: 'body', headingLine: title?.line ?? -1, level: title?.level ?? 0 };
  const found = ranges.map((range) => textsIn(lines, range, origin)[0]);
  const parts = found.filter((part) => part !== undefined);
  const [one] = parts;
  const end = parts.at(-1);
  if (one === undefined || end === undefined || parts.length < 2) return undefined;
  const odd = parts.length < found.length ? doubt : parts.find((part) => part.doubt !== undefined)?.doubt;
  return {
    ...one,
    text: parts.map(({ text }) => text).join('\n\n'),
    parts: parts.map(({ text }) => text),
    span: { ...one.span, end: end.span.end, lastLine: end.span.lastLine },
    form: 'plain',
    doubt: odd,
    fields: one.fields,
    files: parts.flatMap(({ files }) => files),
    notes: parts.flatMap(({ notes }) => notes),
    kept: parts.flatMap(({ kept }) => kept),
    behind: parts.flatMap(({ behind }) => behind),
  };
}
