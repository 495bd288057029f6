import type { Lines } from '../lines.ts';
import { fenceReader } from './headings.ts';

/** What a field line says: `**To:** a@example.com`. */
export type Field = { readonly key: string; readonly value: string };

/** A range of lines, end excluded. */
export type Range = { readonly from: number; readonly to: number };

/** Keys that are written above a text; those of the first group say something about the draft. */
const counted = ['to', 'cc', 'bcc', 'subject', 'recipient', 'from', 'sender', 'received'];
const remarks = [
  'platform',
  'date',
  'type',
  'tone',
  'status',
  'priority',
  'topic',
  'created',
  'hashtags',
  'image',
  'media',
  'schedule',
  'character count',
  'length',
  'audience',
  'category',
  'account',
  'generated',
  'reply to',
  'action',
  'expires',
];

const boldField = /^\s{0,3}(?:[-*+]\s+)?\*\*([^*:]{1,40}):?\*\*\s?:?(.*)$/;
const plainField = /^(to|cc|bcc|subject|recipient|from|platform):\s+(.*)$/i;

/** Reads a line that is only a field; `known` tells whether the key is one written above texts. */
export function fieldOf(line: string): (Field & { readonly known: boolean }) | undefined {
  if (line.length > 1_000) return undefined;
  const found = boldField.exec(line) ?? plainField.exec(line);
  if (found === null) return undefined;
  const key = (found[1] ?? '').trim().toLowerCase();
  const known = counted.includes(key) || remarks.includes(key);
  return { key: key === 'recipient' ? 'to' : key, value: (found[2] ?? '').trim(), known };
}

export const isCounted = (key: string): boolean => counted.includes(key);

const isRule = (line: string): boolean => line.length < 100 && /^\s{0,3}([-*_])(?:\s*\1){2,}\s*$/.test(line);

/** A line that tells the reader what to do with the file: never part of a text. */
const isInstruction = (line: string): boolean =>
  /\b(?:move|drag) (?:this|the) (?:file|draft)\b|^[\s>*_-]*to (?:approve|reject|edit|modify)\b|\/(?:approved|rejected)\b/i.test(
    line.slice(0, 500),
  );

const isFooter = (line: string): boolean =>
  isInstruction(line) ||
  /^\s*[-*]\s+\[[ xX]\]/.test(line) ||
  /^[\s>*_(]*(?:character count|characters|word count)\b/i.test(line) ||
  /^[\s>*_]*(?:auto-?)?(?:generated|created|drafted|prepared) (?:by|on|at|with)\b/i.test(line);

const isBlank = (line: string): boolean => line.trim() === '';

/**
 * Takes off what stands before and after a text and isn't part of it: blank lines, rules, fields, tables, remarks,
 * footers. Only what is certain goes; what is doubtful stays and is found by `oddityOf`.
 */
export function trimmed(lines: Lines, range: Range): Range & { readonly fields: readonly Field[] } {
  let { from, to } = range;
  const fields: Field[] = [];
  for (; from < to; from += 1) {
    const line = lines.text(from);
    const field = fieldOf(line);
    if (field?.known === true) fields.push(field);
    else if (!isBlank(line) && !isRule(line) && !/^\s*\|.*\|\s*$/.test(line) && !isInstruction(line)) break;
  }
  for (; to > from; to -= 1) {
    const line = lines.text(to - 1);
    const italic = /^[*_][^*_].*[*_]$/.test(line.trim());
    const closing = italic && to - 1 > from && isRule(lines.text(lastFilled(lines, from, to - 1)));
    if (!isBlank(line) && !isRule(line) && !isFooter(line) && !closing) break;
  }
  return { from, to, fields };
}

/** Index of the last line that isn't blank before `to`. */
function lastFilled(lines: Lines, from: number, to: number): number {
  let at = to - 1;
  while (at > from && isBlank(lines.text(at))) at -= 1;
  return at;
}

/** Why a person should look at a trimmed range before it counts as the text; undefined when nothing is odd. */
export function oddityOf(lines: Lines, range: Range): string | undefined {
  const inFence = fenceReader();
  let rule = false;
  for (let at = range.from; at < range.to; at += 1) {
    const line = lines.text(at);
    if (inFence(line)) continue;
    if (isInstruction(line)) return 'It contains words that look like instructions.';
    if (at === range.from && fieldOf(line) !== undefined) return 'It begins with a line that looks like a field.';
    if (isRule(line)) rule = true;
    else if (rule && !isBlank(line) && !/^\s*(?:#[\p{L}\p{N}_]+\s*)+$/u.test(line)) {
      return 'It contains a dividing line, and what follows may not belong to it.';
    }
  }
  return undefined;
}
