/** The text of a file without a heading for it: the body, as far as it can be a text. */
import type { Heading, HeadingRole } from './headings.ts';
import { fenceReader, labelLevel } from './headings.ts';
import type { Layout } from './layout.ts';
import { fieldOf, isBlank, isCallout, isFooter, isQuote, isRule, isTable, isTags } from './line-kinds.ts';
import { endsInTags } from './sections.ts';
import { textsIn } from './found.ts';
import type { Found, Origin } from './found.ts';
import type { Range } from './text-range.ts';
import type { Lines } from '../lines.ts';
import { channelWords } from './heading-words.ts';

/** A title of these roles names the file; it never belongs to the text. */
const namesTheFile: readonly HeadingRole[] = [
  'full',
  'answer',
  'draft',
  'generic',
  'preview',
  'own_preview',
  'strong_stop',
  'field',
];

const stops: readonly HeadingRole[] = ['strong_stop', 'original', 'hashtags', 'field', 'aside'];
const origin: Origin = { why: 'It is the body of the file.', role: 'body', headingLine: -1, level: 0 };

/**
 * The body, up to the first heading that can't belong to a text. An unknown heading makes it doubtful: a title above a
 * post is part of some posts and not of others.
 *
 * @param meant whether something says that the file is something to send
 * @param isPost its type says that it is a post
 */
export function wholeBody(layout: Layout, meant: boolean, isPost: boolean): readonly Found[] {
  const { lines, headings, bodyLine: from } = layout;
  const real = headings.filter((heading) => heading.line >= from && heading.level < labelLevel);
  // Headings, and none for a text: a form to fill in or to tick, not something somebody wrote to be sent.
  if (!meant && real.length > 0) return [];
  const unsaid = meant ? undefined : 'Nothing says that it is something to send.';
  const alone = fencedAlone(layout) ?? betweenRules(layout);
  if (alone !== undefined) return textsIn(lines, alone.range, origin, alone.doubt ?? unsaid);
  const begin = filledFrom(lines, from);
  const title = real[0]?.line === begin ? real[0] : undefined;
  const named = title !== undefined && (namesTheFile.includes(title.role) || isChannel(title.title));
  const start = named ? title.line + 1 : from;
  const level = title?.level ?? 1;
  const inside = real.filter((heading) => heading.line >= start);
  const stop = inside.find(
    (heading) =>
      // A title can't be where the text ends, a section in its place can.
      (heading !== title || heading.level > 1) &&
      (stops.includes(heading.role) || (heading.role === 'weak_stop' && heading.level <= level + 1)),
  );
  const cut = layout.cuts.find((line) => line > begin) ?? lines.length;
  const to = Math.min(stop?.line ?? lines.length, cut);
  const within = inside.filter((heading) => heading.line < to);
  // Headings inside a post belong to it when its tags follow; only a title of the file may be none of it.
  const belong =
    isPost &&
    title?.level !== 1 &&
    within.every(({ role }) => role === 'unknown' || role === 'topic_stop') &&
    endsInTags(lines, start, to);
  const doubt =
    within.length > 0 && !belong ? 'It contains headings, and it isn’t said which part is the text.' : undefined;
  const found = textsIn(lines, { from: start, to }, origin, doubt ?? unsaid);
  const keepsTitle = title !== undefined && !named && !belong && found[0]?.span.firstLine === title.line + 1;
  const without = { ...origin, why: `${origin.why} Without its title.` };
  return keepsTitle ? [...found, ...textsIn(lines, { from: title.line + 1, to }, without, doubt)] : found;
}

/** `## Email — Pending Approval`: what stands before the dash is a channel and no text. */
const isChannel = (title: string): boolean => {
  const words = title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ');
  return words.every((word) => channelWords.includes(word) || ['pending', 'approval', 'for', 'review'].includes(word));
};

function filledFrom(lines: Lines, from: number): number {
  let at = from;
  while (at < lines.length && isBlank(lines.text(at))) at += 1;
  return at;
}

type Part = { readonly range: Range; readonly doubt?: string };

/** A fence at the very beginning, with nothing behind it but sections: it is taken at its word. */
function fencedAlone({ lines, headings, bodyLine }: Layout): Part | undefined {
  const open = filledFrom(lines, bodyLine);
  const mark = /^ {0,3}(`{3,}|~{3,})[\w-]*\s*$/.exec(lines.text(open).slice(0, 100))?.[1];
  if (mark === undefined) return undefined;
  let close = open + 1;
  while (close < lines.length && lines.text(close).trim() !== mark) close += 1;
  const next = filledFrom(lines, close + 1);
  const heading = headings.find(({ line, level }) => line === next && level < labelLevel);
  return close < lines.length && heading !== undefined ? { range: { from: open, to: close + 1 } } : undefined;
}

const mostParts = 40;

/**
 * Fields, a dividing line, the text, and behind another dividing line notes under headings of their own: what stands
 * between the two is the text. Only where the first part holds no sentence, and one part alone does.
 */
function betweenRules(layout: Layout): Part | undefined {
  const { lines, bodyLine, headings } = layout;
  const parts = partsOf(lines, bodyLine);
  const [first, ...others] = parts.filter(({ from, to }) => filledFrom(lines, from) < to);
  if (first === undefined || parts.length > mostParts || !isAbout(lines, first)) return undefined;
  const texts = others.filter((part) => !isAbout(lines, part) && !isTagsOnly(lines, part));
  const [text, ...after] = texts;
  if (text === undefined || after.some((part) => headingAt(lines, headings, part) === undefined)) return undefined;
  const own = headingAt(lines, headings, text);
  // What stands under a heading of its own may be anything.
  if (own !== undefined && own.level < labelLevel) return undefined;
  const behind = others.slice(others.indexOf(text) + 1);
  const tags = behind.findIndex((part) => !isTagsOnly(lines, part));
  const end = behind[(tags === -1 ? behind.length : tags) - 1] ?? text;
  const unknown = after.some((part) => headingAt(lines, headings, part)?.role === 'unknown');
  const range = { from: text.from, to: end.to };
  return unknown ? { range, doubt: 'What follows may belong to it.' } : { range };
}

/** The parts between dividing lines outside of fences. */
function partsOf(lines: Lines, from: number): readonly Range[] {
  const parts: Range[] = [];
  const inFence = fenceReader();
  let start = from;
  for (let at = from; at < lines.length && parts.length <= mostParts; at += 1) {
    const line = lines.text(at);
    if (inFence(line) || !isRule(line)) continue;
    parts.push({ from: start, to: at });
    start = at + 1;
  }
  return [...parts, { from: start, to: lines.length }];
}

/** Whether it only describes: headings, fields, tables, bullets, quotes, instructions; no sentence. */
function isAbout(lines: Lines, { from, to }: Range): boolean {
  for (let at = from; at < to; at += 1) {
    const line = lines.text(at);
    const aside =
      isBlank(line) ||
      isTable(line) ||
      isFooter(line) ||
      (isQuote(line) && isAside(line)) ||
      fieldOf(line) !== undefined ||
      /^\s*(?:#{1,6}\s|[-*+]\s|\d{1,2}[.)]\s|\*\*[^*]{1,80}\*\*:?\s*$)/.test(line.slice(0, 200));
    if (!aside) return false;
  }
  return true;
}

/** A quotation may be the text itself; a field, a box or a remark in one is none. */
const isAside = (line: string): boolean => {
  const bare = line.replace(/^>\s?/, '');
  return bare.trim() === '' || isCallout(line) || fieldOf(bare) !== undefined;
};

const isTagsOnly = (lines: Lines, { from, to }: Range): boolean => {
  let tags = 0;
  for (let at = from; at < to; at += 1) {
    const line = lines.text(at);
    if (isTags(line)) tags += 1;
    else if (!isBlank(line)) return false;
  }
  return tags > 0;
};

/** The heading or label a part begins with. */
function headingAt(lines: Lines, headings: readonly Heading[], part: Range): Heading | undefined {
  const first = filledFrom(lines, part.from);
  return headings.find(({ line }) => line === first);
}
