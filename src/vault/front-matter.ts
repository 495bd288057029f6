import matter from 'gray-matter';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Lines } from './lines.ts';
import { linesOf } from './lines.ts';
import { readPlainBlock } from './plain-block.ts';

/**
 * The block of keys at the beginning of a file. Every value is text: a YAML reader that makes numbers of phone numbers
 * and dates of times would change what people wrote. Writing is never done from here (see stamp.ts).
 */
export type FrontMatter = {
  /** `damaged`: not valid YAML, or not closed; read line by line instead. */
  readonly kind: 'none' | 'read' | 'damaged';
  /** Keys in lower case with `_`, nested ones with dots; a single value is a list of one. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  /** Keys that occur twice with different values: nobody can say which one counts. */
  readonly conflicts: readonly string[];
  /** Subjects behind which YAML takes `# …` for a comment, with what was left out. */
  readonly cut: ReadonlyMap<string, string>;
  /** First line of the body, counted from 0. */
  readonly bodyLine: number;
  /** Line of the closing `---`, counted from 0; undefined when there is none. */
  readonly closingLine: number | undefined;
};

type Fields = Map<string, readonly string[]>;

/** YAML readers grow quadratically with the number of keys. */
const largestBlock = 8_192;
const deepest = 6;
/** Lines read one by one when a block is no YAML: what belongs to a key is collected again with every line. */
const mostLines = 1_000;

/** `Reply-To` and `reply to` are `reply_to`. */
export const keyName = (key: string): string =>
  key
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');

/** Reads the front matter of a decoded file. Never throws. */
export function readFrontMatter(lines: Lines): FrontMatter {
  let opening = 0;
  while (opening < lines.length && lines.text(opening).trim() === '') opening += 1;
  if (opening === lines.length || lines.text(opening).trimEnd() !== '---') return none;
  const first = opening + 1;
  const closing = closingOf(lines, first);
  if (closing === undefined) return byLine(lines, first, headerEnd(lines, first, lines.length), undefined);
  const block = lines.slice(first, closing);
  const fields = block.length > largestBlock ? undefined : (readPlainBlock(block, keyName) ?? parseYaml(block));
  if (fields !== undefined) {
    const cut = new Map<string, string>();
    const kept = mended(fields, block, cut);
    return { kind: 'read', fields: kept, conflicts: [], cut, bodyLine: closing + 1, closingLine: closing };
  }
  // Between two dividing lines stands what somebody wants to say: no part of it may get lost as a header.
  if (isProse(lines, first, closing)) return none;
  const bodyIsInside = lines.slice(closing + 1, lines.length).trim() === '';
  const end = bodyIsInside ? headerEnd(lines, first, closing) : closing;
  // With the body inside the block, a key stamped before the closing line would land in the text: say there is none.
  return end === closing ? byLine(lines, first, closing, closing) : byLine(lines, first, end, undefined);
}

const none: FrontMatter = {
  kind: 'none',
  fields: new Map(),
  conflicts: [],
  cut: new Map(),
  bodyLine: 0,
  closingLine: undefined,
};

/** The next `---`; or a `...`, with which YAML ends too, if all above it are keys. */
function closingOf(lines: Lines, first: number): number | undefined {
  for (let at = first; at < lines.length; at += 1) {
    const line = lines.text(at).trimEnd();
    if (line === '---' || (line === '...' && at > first && headerEnd(lines, first, at) === at)) return at;
  }
  return undefined;
}

/** Whether more lines are words than keys. */
function isProse(lines: Lines, first: number, end: number): boolean {
  let keys = 0;
  let words = 0;
  for (let at = first; at < Math.min(end, first + mostLines); at += 1) {
    const line = lines.text(at);
    if (keyLine.test(line.slice(0, 200))) keys += 1;
    else if (/^[^\s#|-]/.test(line)) words += 1;
  }
  return words > keys;
}

const keyLine = /^([A-Za-z_][\w .-]{0,60}?)\s*:(?:\s+(.*)|)$/;

/** The first line that is neither a key, nor an indented continuation of one. */
function headerEnd(lines: Lines, first: number, end: number): number {
  for (let at = first; at < end; at += 1) {
    const line = lines.text(at);
    if (!keyLine.test(line) && !/^(?:\s+\S|- |#)/.test(line)) return at;
  }
  return end;
}

/** First colon separates key and value, only at the beginning of a line; what is indented below belongs to the key. */
function byLine(lines: Lines, first: number, end: number, closing: number | undefined): FrontMatter {
  const fields: Fields = new Map();
  const conflicts: string[] = [];
  let key: string | undefined;
  for (let at = first; at < Math.min(end, first + mostLines); at += 1) {
    const line = lines.text(at);
    const found = keyLine.exec(line);
    if (found !== null) {
      key = keyName(found[1] ?? '');
      const values = valuesOf(found[2] ?? '');
      const before = fields.get(key);
      if (before !== undefined && before.join('\n') !== values.join('\n')) conflicts.push(key);
      fields.set(key, before ?? values);
    } else if (key !== undefined && /^(?:\s+\S|- )/.test(line)) {
      const value = unquote(line.trim().replace(/^- +/, ''));
      fields.set(
        key,
        [...(fields.get(key) ?? []), value].filter((text) => text !== ''),
      );
    }
  }
  return {
    kind: 'damaged',
    fields,
    conflicts,
    cut: new Map(),
    bodyLine: closing === undefined ? end : closing + 1,
    closingLine: closing,
  };
}

function valuesOf(raw: string): readonly string[] {
  const text = raw.trim();
  const list = /^\[(.*)\]$/.exec(text);
  if (list !== null) return (list[1] ?? '').split(',').map((one) => unquote(one.trim()));
  return ['|', '>', '|-', '>-'].includes(text) ? [''] : [unquote(text)];
}

const unquote = (text: string): string => /^(["'])(.*)\1$/.exec(text)?.[2] ?? text;

const refuse = (): never => {
  throw new Error('only YAML is read');
};

/** gray-matter runs code from blocks marked as JavaScript; it is given nothing but a plain block, and no engine that runs. */
export function parseYaml(block: string): Fields | undefined {
  const fields: Fields = new Map();
  const yaml = (text: string): object => {
    const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: true, logLevel: 'silent' });
    if (document.errors.length > 0 || document.warnings.length > 0) refuse();
    collect(document.contents, '', fields, 0);
    return {};
  };
  const engines = { yaml, json: refuse, javascript: refuse, js: refuse, coffee: refuse, toml: refuse };
  try {
    matter(`---\n${block.replaceAll('\r\n', '\n')}\n---\n`, { engines, language: 'yaml' });
    return fields;
  } catch {
    return undefined;
  }
}

/** Flattens a document; throws on aliases, odd keys and depth. */
function collect(node: unknown, path: string, fields: Fields, depth: number): void {
  if (depth > deepest) refuse();
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      if (!isScalar(key)) refuse();
      const name = keyName(isScalar(key) ? String(key.value) : '');
      collect(value, path === '' ? name : `${path}.${name}`, fields, depth + 1);
    }
    return;
  }
  // The whole block is one text or one list: not keys and values.
  if (path === '') {
    if (node !== null) refuse();
    return;
  }
  if (fields.has(path)) refuse();
  if (isSeq(node)) fields.set(path, node.items.map(itemText));
  else if (node === null) fields.set(path, ['']);
  else fields.set(path, [scalarText(node)]);
}

/** Under the failsafe schema every scalar is a text, or nothing. */
function scalarText(node: unknown): string {
  if (!isScalar(node)) return refuse();
  return typeof node.value === 'string' ? node.value : '';
}

/** A link of Obsidian without quotes around it is a list in a list to YAML. */
function itemText(node: unknown): string {
  const inner = onlyItem(node);
  const only = onlyItem(inner) ?? inner;
  return only !== undefined && isScalar(only) ? `[[${scalarText(only)}]]` : scalarText(node);
}

const onlyItem = (node: unknown): unknown => (isSeq(node) && node.items.length === 1 ? node.items[0] : undefined);

const subjects = /^(?:.*_)?(?:subject|subject_line|title)$/;

/**
 * `subject: Invoice #12` is a comment to YAML and a number to people: a `#` with something right behind it stays, and in
 * a subject one with a number behind it.
 *
 * @param cut takes what is left out of subjects
 */
function mended(fields: Fields, block: string, cut: Map<string, string>): Fields {
  for (const line of linesOf(block).all()) {
    const [, key = '', raw = ''] = keyLine.exec(line) ?? [];
    const value = raw.trim();
    if (key === '' || /^["'|>[{&]/.test(value)) continue;
    const name = keyName(key);
    const isSubject = subjects.test(name);
    if (/(?:^|\s)#\S/.test(value) || (isSubject && /(?:^|\s)#\s+\p{N}/u.test(value))) fields.set(name, [value]);
    else if (isSubject && /\s#\s/.test(value)) cut.set(name, value.slice(value.search(/\s#\s/)).trim());
  }
  return fields;
}
