import type { Lines } from '../lines.ts';
import { filesAlone } from './clean-text.ts';
import { fenceReader } from './headings.ts';
import type { Field } from './line-kinds.ts';
import {
  fieldOf,
  isBlank,
  isCallout,
  isFooter,
  isInstruction,
  isItalic,
  isKindLine,
  isQuote,
  isRemark,
  isRule,
  isTable,
  isTags,
} from './line-kinds.ts';
import { keysInTexts } from './line-words.ts';
import { chatter, orders, quotesOthers } from './voices.ts';
import { nestedAt } from './nested.ts';
import { quotedFields } from './quote-header.ts';

/** A range of lines, end excluded. */
export type Range = { readonly from: number; readonly to: number };

export type Trimmed = Range & { readonly fields: readonly Field[] };

const isFiles = (line: string): boolean => filesAlone(line) !== undefined;

/**
 * Takes off what stands before and after a text and isn't part of it: blank lines, rules, fields, tables, remarks,
 * footers, and files between those. Only what is certain goes; what is doubtful stays and is found by `oddityOf`.
 */
export function trimmed(lines: Lines, range: Range): Trimmed {
  const { from, fields } = trimmedStart(lines, range);
  let to = trimmedEnd(lines, { from, to: withoutLastFields(lines, { from, to: range.to }) });
  to = withoutLastFields(lines, { from, to });
  const rule = lastPartRule(lines, { from, to });
  if (rule !== undefined) to = trimmedEnd(lines, { from, to: rule });
  return { from, to, fields };
}

export function trimmedStart(lines: Lines, range: Range): { readonly from: number; readonly fields: readonly Field[] } {
  const fields: Field[] = [];
  let { from } = range;
  // Where files begin behind which nothing else was taken off: those stay with the text.
  let files: number | undefined;
  while (from < range.to) {
    const line = lines.text(from);
    if (isBlank(line) || isFiles(line)) {
      if (!isBlank(line)) files ??= from;
      from += 1;
      continue;
    }
    if (isCallout(line)) {
      files = undefined;
      while (from < range.to && isQuote(lines.text(from))) from += 1;
      continue;
    }
    const header = isQuote(line) ? quotedFields(lines, from, range.to)?.end : nestedAt(lines, from)?.end;
    // The closing rule of a second header goes as any other.
    if (header !== undefined && header <= range.to) {
      files = undefined;
      from = header;
      continue;
    }
    if (isRule(line) || isTable(line) || isInstruction(line) || isRemark(line)) {
      files = undefined;
      from += 1;
      continue;
    }
    const run = fieldRun(lines, { from, to: range.to });
    if (run.length === 0) break;
    files = undefined;
    fields.push(...run);
    from += run.length;
  }
  return { from: files ?? from, fields };
}

/** Fields on lines next to each other, of which one is known: then the others are fields too. */
function fieldRun(lines: Lines, range: Range): readonly Field[] {
  const run: Field[] = [];
  let known = 0;
  for (let at = range.from; at < range.to && run.length < 40; at += 1) {
    const field = fieldOf(lines.text(at));
    if (field === undefined) break;
    run.push({ key: field.key, value: field.value, line: at });
    if (field.known) known += 1;
  }
  return known === 0 ? [] : run;
}

/** The end of the text when footers, fields of known names and boxes behind it are taken off. */
function trimmedEnd(lines: Lines, range: Range): number {
  let { to } = range;
  let files: number | undefined;
  while (to > range.from) {
    const line = lines.text(to - 1);
    if (isBlank(line)) to -= 1;
    else if (isFiles(line)) {
      files ??= to;
      to -= 1;
    } else if (isQuote(line)) {
      const first = quoteStart(lines, range.from, to);
      const all = first === range.from;
      const aside = Array.from({ length: to - first }, (_, index) => lines.text(first + index));
      if (all || !aside.some((one) => isCallout(one) || isFooter(one))) break;
      files = undefined;
      to = first;
    } else if (isRule(line) || isFooter(line) || isClosing(lines, range.from, to)) {
      files = undefined;
      to -= 1;
    } else break;
  }
  return files ?? to;
}

/** Bold fields at the very end, with or without blank lines between them, of which one is known to describe the text. */
function withoutLastFields(lines: Lines, range: Range): number {
  let known = false;
  let first = range.to;
  for (let at = range.to - 1; at > range.from && range.to - at < farthest; at -= 1) {
    const line = lines.text(at);
    if (isBlank(line) || isFiles(line)) continue;
    const field = line.includes('**') ? fieldOf(line) : undefined;
    if (field === undefined) break;
    known ||= field.known && !keysInTexts.includes(field.key);
    first = at;
  }
  return known && first > range.from ? trimmedEnd(lines, { from: range.from, to: first }) : range.to;
}

function quoteStart(lines: Lines, from: number, to: number): number {
  let first = to - 1;
  // Boxes are a few lines; a whole file of quote marks is not walked through again and again.
  while (first > from && to - first < 100 && isQuote(lines.text(first - 1))) first -= 1;
  return first;
}

/** A last line behind a rule in italics, or a field that only describes the text, with a blank line before it. */
function isClosing(lines: Lines, from: number, to: number): boolean {
  const line = lines.text(to - 1);
  if (to - 1 <= from) return false;
  if (isItalic(line)) return isRule(lines.text(lastFilled(lines, from, to - 1)));
  const field = fieldOf(line);
  return field?.known === true && line.includes('**') && !keysInTexts.includes(field.key);
}

/**
 * The earliest rule behind which nothing but footers, fields, quotes and tables stands. A rule alone ends nothing:
 * half of all bodies contain one.
 */
function lastPartRule(lines: Lines, range: Range): number | undefined {
  let found: number | undefined;
  for (let at = range.to - 1; at > range.from; at -= 1) {
    const line = lines.text(at);
    if (isRule(line)) found = at;
    else if (isQuote(line)) {
      const first = quoteStart(lines, range.from, at + 1);
      const block = Array.from({ length: at + 1 - first }, (_, index) => lines.text(first + index));
      // Somebody may end with a quotation; a remark in one takes the others with it.
      if (!block.some((one) => isCallout(one) || isFooter(one) || fieldOf(one.replace(/^>\s?/, '')) !== undefined)) {
        return found;
      }
      at = first;
    } else if (!isBlank(line) && !isAside(line)) return found;
  }
  return found;
}

const isAside = (line: string): boolean =>
  isFooter(line) ||
  isTable(line) ||
  isItalic(line) ||
  isFiles(line) ||
  (line.includes('**') && fieldOf(line) !== undefined);

/** Index of the last line that isn't blank before `to`. */
function lastFilled(lines: Lines, from: number, to: number): number {
  let at = to - 1;
  while (at > from && isBlank(lines.text(at))) at -= 1;
  return at;
}

/** How many lines are looked at for an order: bounds the time. */
const farthest = 300;

/** Doubt about a line that asks somebody to write something. */
export const orderIn = (line: string): string | undefined =>
  orders.some((order) => order.test(line.slice(0, 300).trim()))
    ? 'It reads like an order to write something.'
    : undefined;

/** `line`: from there on it may be no part of the text; undefined where that is no matter of a place. */
export type Oddity = { readonly doubt: string; readonly line: number | undefined };

/** Why a person should look at a trimmed range before it counts as the text; undefined when nothing is odd. */
export function oddityOf(lines: Lines, range: Range): Oddity | undefined {
  const whole = (doubt: string): Oddity => ({ doubt, line: undefined });
  const first = firstWords(lines, range);
  if (fieldOf(first) !== undefined) return whole('It begins with a line that looks like a field.');
  if (isQuote(first)) return whole('It begins with a quotation.');
  if (/^(?:-{3,}|\.{3})\s?\S/.test(first)) return whole('It begins with marks of a header.');
  if (/^\s*[{[<]/.test(first) && /[}\]>]\s*$/.test(lines.text(range.to - 1))) {
    return whole('It looks like data or a remark.');
  }
  const inside = oddLine(lines, range);
  if (inside !== undefined) return inside;
  const last = lines.text(range.to - 1);
  if (last.includes('**') && fieldOf(last) !== undefined) {
    return { doubt: 'It ends with a line that looks like a field.', line: lastFields(lines, range) };
  }
  return undefined;
}

/** The first line that is neither blank nor only a file. */
function firstWords(lines: Lines, { from, to }: Range): string {
  let at = from;
  while (at < to - 1 && (isBlank(lines.text(at)) || isFiles(lines.text(at)))) at += 1;
  return lines.text(at);
}

/** Orders to write something stand at the beginning; further down in a longer text they are what it is about. */
const mostOrders = 8;

/** The first line that may not belong to the text, or with which it may end. */
function oddLine(lines: Lines, range: Range): Oddity | undefined {
  const inFence = fenceReader();
  let rule: number | undefined;
  let letters = false;
  let fenced = false;
  let filled = 0;
  for (let at = range.from; at < range.to; at += 1) {
    const line = lines.text(at);
    letters ||= /\p{L}/u.test(line);
    if (!isBlank(line)) filled += 1;
    const order = filled <= mostOrders ? orderIn(line) : undefined;
    if (order !== undefined) return { doubt: order, line: undefined };
    if (chatter.some((pattern) => pattern.test(line.slice(0, 200).trim()))) {
      return { doubt: 'It contains words to the person who approves it.', line: at };
    }
    if (isInstruction(line) || isRemark(line)) {
      return { doubt: 'It contains words that look like instructions.', line: fenced ? undefined : at };
    }
    fenced = inFence(line);
    if (fenced) continue;
    if (isCallout(line)) return { doubt: 'It contains a box for the reader.', line: at };
    if (isKindLine(line)) return { doubt: 'It contains a line of a header.', line: at };
    if (quotesOthers.some((pattern) => pattern.test(line.slice(0, 200)))) {
      return { doubt: 'It contains somebody else’s message.', line: at };
    }
    if (isRule(line)) rule ??= at;
    else if (rule !== undefined && !isBlank(line) && !isTags(line)) {
      return { doubt: 'It contains a dividing line, and what follows may not belong to it.', line: rule };
    }
  }
  // `inFence` is true for the closing line as well; one more line tells whether it was one.
  if (fenced && inFence('')) return { doubt: 'It contains a code block that doesn’t end.', line: undefined };
  return letters ? undefined : { doubt: 'There is not one word in it.', line: undefined };
}

/** The first of the lines at the end that all look like fields. */
function lastFields(lines: Lines, range: Range): number {
  let first = range.to;
  for (let at = range.to - 1; at > range.from && range.to - at < farthest; at -= 1) {
    const line = lines.text(at);
    if (isBlank(line)) continue;
    if (!line.includes('**') || fieldOf(line) === undefined) break;
    first = at;
  }
  return first;
}
