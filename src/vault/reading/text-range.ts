import type { Lines } from '../lines.ts';
import { fenceReader } from './headings.ts';
import type { Field } from './line-kinds.ts';
import {
  fieldOf,
  isBlank,
  isCallout,
  isFooter,
  isInstruction,
  isItalic,
  isQuote,
  isRemark,
  isRule,
  isTable,
  isTags,
} from './line-kinds.ts';
import { chatter, keysInTexts, orders, quotesOthers } from './line-words.ts';

/** A range of lines, end excluded. */
export type Range = { readonly from: number; readonly to: number };

export type Trimmed = Range & { readonly fields: readonly Field[] };

/**
 * Takes off what stands before and after a text and isn't part of it: blank lines, rules, fields, tables, remarks,
 * footers. Only what is certain goes; what is doubtful stays and is found by `oddityOf`.
 */
export function trimmed(lines: Lines, range: Range): Trimmed {
  const { from, fields } = trimmedStart(lines, range);
  let to = withoutLastFields(lines, { from, to: trimmedEnd(lines, { from, to: range.to }) });
  const rule = lastPartRule(lines, { from, to });
  if (rule !== undefined) to = trimmedEnd(lines, { from, to: rule });
  return { from, to, fields };
}

function trimmedStart(lines: Lines, range: Range): { readonly from: number; readonly fields: readonly Field[] } {
  const fields: Field[] = [];
  let { from } = range;
  while (from < range.to) {
    const line = lines.text(from);
    if (isCallout(line)) {
      while (from < range.to && isQuote(lines.text(from))) from += 1;
      continue;
    }
    if (isBlank(line) || isRule(line) || isTable(line) || isInstruction(line) || isRemark(line)) {
      from += 1;
      continue;
    }
    const run = fieldRun(lines, { from, to: range.to });
    if (run.length === 0) break;
    fields.push(...run);
    from += run.length;
  }
  return { from, fields };
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
  while (to > range.from) {
    const line = lines.text(to - 1);
    if (isQuote(line)) {
      const first = quoteStart(lines, range.from, to);
      const all = first === range.from;
      const aside = Array.from({ length: to - first }, (_, index) => lines.text(first + index));
      if (!all && aside.some((one) => isCallout(one) || isFooter(one))) to = first;
      else break;
    } else if (isBlank(line) || isRule(line) || isFooter(line) || isClosing(lines, range.from, to)) to -= 1;
    else break;
  }
  return to;
}

/** Bold fields at the very end, with or without blank lines between them, of which one is known to describe the text. */
function withoutLastFields(lines: Lines, range: Range): number {
  let known = false;
  let first = range.to;
  for (let at = range.to - 1; at > range.from && range.to - at < farthest; at -= 1) {
    const line = lines.text(at);
    if (isBlank(line)) continue;
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
    else if (!isBlank(line) && !isAside(line)) return found;
  }
  return found;
}

const isAside = (line: string): boolean =>
  isFooter(line) ||
  isQuote(line) ||
  isTable(line) ||
  isItalic(line) ||
  /^\s*(?:[-*]\s+)?\*\*[^*]{1,40}:?\*\*/.test(line);

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

/** Why a person should look at a trimmed range before it counts as the text; undefined when nothing is odd. */
export function oddityOf(lines: Lines, range: Range): string | undefined {
  const first = lines.text(range.from);
  if (fieldOf(first) !== undefined) return 'It begins with a line that looks like a field.';
  if (isQuote(first)) return 'It begins with a quotation.';
  if (/^\s*[{[<]/.test(first) && /[}\]>]\s*$/.test(lines.text(range.to - 1))) return 'It looks like data or a remark.';
  const last = lines.text(range.to - 1);
  if (last.includes('**') && fieldOf(last) !== undefined) return 'It ends with a line that looks like a field.';
  const inFence = fenceReader();
  let rule = false;
  let letters = false;
  let fenced = false;
  for (let at = range.from; at < range.to; at += 1) {
    const line = lines.text(at);
    letters ||= /\p{L}/u.test(line);
    const order = at - range.from < farthest ? orderIn(line) : undefined;
    if (order !== undefined) return order;
    if (chatter.some((pattern) => pattern.test(line.slice(0, 200).trim()))) {
      return 'It contains words to the person who approves it.';
    }
    if (isInstruction(line) || isRemark(line)) return 'It contains words that look like instructions.';
    fenced = inFence(line);
    if (fenced) continue;
    if (isCallout(line) || /^\s*<!--/.test(line.slice(0, 100))) return 'It contains a box or a comment for the reader.';
    if (quotesOthers.some((pattern) => pattern.test(line.slice(0, 200)))) return 'It contains somebody else’s message.';
    if (isRule(line)) rule = true;
    else if (rule && !isBlank(line) && !isTags(line)) {
      return 'It contains a dividing line, and what follows may not belong to it.';
    }
  }
  // `inFence` is true for the closing line as well; one more line tells whether it was one.
  if (fenced && inFence('')) return 'It contains a code block that doesn’t end.';
  return letters ? undefined : 'There is not one word in it.';
}
