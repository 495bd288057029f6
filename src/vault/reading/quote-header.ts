/** A header written as a quotation or a box at the top of the body: `> **Platform**: LinkedIn`. */
import type { Lines } from '../lines.ts';
import { nameOf } from './body-fields.ts';
import type { Field } from './line-kinds.ts';
import { fieldOf, isCallout, isQuote } from './line-kinds.ts';
import { senderKeys } from './kind-words.ts';

export type QuoteHeader = {
  readonly fields: readonly Field[];
  /** First line behind it, from 0; where the body begins when there is none. */
  readonly end: number;
};

const mostLines = 40;

/**
 * Reads it when every line of the quotation is a field in bold, at least one of a known name, and none names a sender:
 * a mail that is quoted has such lines too.
 *
 * @param from first line of the body
 */
export function quoteHeader(lines: Lines, from: number): QuoteHeader {
  let at = from;
  while (at < lines.length && at - from < mostLines && /^\s*(?:#\s.*)?$/.test(lines.text(at).slice(0, 300))) at += 1;
  const found = quotedFields(lines, at, lines.length);
  return found === undefined ? { fields: [], end: from } : found;
}

/** The same for a quotation that begins on this line. */
export function quotedFields(lines: Lines, from: number, to: number): QuoteHeader | undefined {
  const fields: Field[] = [];
  let known = false;
  let at = from;
  for (; at < Math.min(to, from + mostLines) && isQuote(lines.text(at)); at += 1) {
    const line = lines.text(at).replace(/^>\s?/, '');
    if (line.trim() === '' || isCallout(lines.text(at))) continue;
    for (const piece of line.split(/\s+[·|•]\s+(?=\*\*)/)) {
      const field = piece.includes('**') ? fieldOf(piece) : undefined;
      if (field === undefined || senderKeys.includes(field.key)) return undefined;
      known ||= field.known;
      const name = nameOf(field);
      if (name !== undefined && field.value !== '') fields.push({ key: name, value: field.value, line: at });
    }
  }
  return known ? { fields, end: at } : undefined;
}
