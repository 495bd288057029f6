import { lineEndOf } from './file-text.ts';
import { keyName, readFrontMatter } from './front-matter.ts';
import { linesOf } from './lines.ts';

/**
 * Sets front matter keys by changing lines of text. What was there stays byte for byte: comments, order, quotes, unknown
 * keys, line ends. Parsing and writing back would change dates, quotes and numbers.
 */
export function stampText(text: string, keys: readonly (readonly [key: string, value: string])[]): string {
  return keys.reduce((changed, [key, value]) => setKey(changed, key, value), text);
}

function setKey(text: string, key: string, value: string): string {
  const lines = linesOf(text);
  const { closingLine, kind, bodyLine } = readFrontMatter(lines);
  const lineEnd = lineEndOf(text);
  const entry = `${key}: ${quoted(value)}`;
  const inFront = `---${lineEnd}${entry}${lineEnd}---${lineEnd}${text}`;
  if (kind === 'none') return inFront;
  const end = closingLine ?? bodyLine;
  for (let at = 0; at < end; at += 1) {
    const found = /^([A-Za-z_][\w .-]*?)\s*:(?:\s|$)/.exec(lines.text(at));
    if (found === null || keyName(found[1] ?? '') !== keyName(key)) continue;
    let last = at;
    while (last + 1 < end && /^(?:[ \t]+\S|- )/.test(lines.text(last + 1))) last += 1;
    return text.slice(0, lines.start(at)) + entry + text.slice(lines.end(last));
  }
  const before = text.slice(0, lines.start(end));
  // A header that is the whole file may lack its last line end: the key would stick to the line above it.
  const glue = before.endsWith('\n') ? '' : lineEnd;
  const changed = before + glue + entry + lineEnd + text.slice(lines.start(end));
  // Keys in braces take no line of their own: the result would end up in the text, so it gets a block of its own.
  const broken = kind === 'read' && readFrontMatter(linesOf(changed)).kind !== 'read';
  return broken ? inFront : changed;
}

/** Plain where YAML reads it as the same text, in double quotes otherwise; always on one line. */
export function quoted(value: string): string {
  const plain = /^[A-Za-z0-9/+][\w ./@+,-]*$/.test(value) && !value.endsWith(' ');
  return plain ? value : JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
