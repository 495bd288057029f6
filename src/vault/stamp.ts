import { lineEndOf } from './file-text.ts';
import { keyName, readFrontMatter } from './front-matter.ts';
import { linesOf } from './lines.ts';
import type { Lines } from './lines.ts';
import type { Stamp } from './types.ts';

/**
 * Sets front matter keys by changing lines of text. What was there stays byte for byte: comments, order, quotes, unknown
 * keys, line ends. Parsing and writing back would change dates, quotes and numbers.
 */
export function stampText(text: string, keys: readonly Stamp[]): string {
  return keys.reduce(
    (changed, [key, value]) => (value === undefined ? dropKey(changed, key) : setKey(changed, key, value)),
    text,
  );
}

const setKey = (text: string, key: string, value: string): string => setEntry(text, key, `${key}: ${quoted(value)}`);

/** @param entry the whole line, valid YAML; what belonged to the key before goes */
export function setEntry(text: string, key: string, entry: string): string {
  const lines = linesOf(text);
  const { closingLine, kind, bodyLine } = readFrontMatter(lines);
  const lineEnd = lineEndOf(text);
  const inFront = `---${lineEnd}${entry}${lineEnd}---${lineEnd}${text}`;
  if (kind === 'none') return inFront;
  const end = closingLine ?? bodyLine;
  const found = entryOf(lines, key, end);
  if (found !== undefined) return text.slice(0, lines.start(found.first)) + entry + text.slice(lines.end(found.last));
  const before = text.slice(0, lines.start(end));
  // A header that is the whole file may lack its last line end: the key would stick to the line above it.
  const glue = before.endsWith('\n') ? '' : lineEnd;
  const changed = before + glue + entry + lineEnd + text.slice(lines.start(end));
  // Keys in braces take no line of their own: the result would end up in the text, so it gets a block of its own.
  const broken = kind === 'read' && readFrontMatter(linesOf(changed)).kind !== 'read';
  return broken ? inFront : changed;
}

/** Takes the entry out, and the whole block when it was the only one: then we made it. */
function dropKey(text: string, key: string): string {
  const lines = linesOf(text);
  const { closingLine, kind, bodyLine } = readFrontMatter(lines);
  if (kind === 'none') return text;
  const end = closingLine ?? bodyLine;
  const found = entryOf(lines, key, end);
  if (found === undefined) return text;
  const without = text.slice(0, lines.start(found.first)) + text.slice(lines.start(found.last + 1));
  return without.replace(/^---\r?\n---(?:\r?\n|$)/, '');
}

/** The lines of a key's entry, those of its value with them. */
function entryOf(
  lines: Lines,
  key: string,
  end: number,
): { readonly first: number; readonly last: number } | undefined {
  for (let first = 0; first < end; first += 1) {
    const found = /^([A-Za-z_][\w .-]*?)\s*:(?:\s|$)/.exec(lines.text(first));
    if (found === null || keyName(found[1] ?? '') !== keyName(key)) continue;
    let last = first;
    while (last + 1 < end && /^(?:[ \t]+\S|- )/.test(lines.text(last + 1))) last += 1;
    return { first, last };
  }
  return undefined;
}

/** Plain where YAML reads it as the same text, in double quotes otherwise; always on one line. */
export function quoted(value: string): string {
  const plain = /^[A-Za-z0-9/+][\w ./@+,-]*$/.test(value) && !value.endsWith(' ');
  return plain ? value : JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
