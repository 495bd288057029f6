/**
 * MarkdownV2 of `parse_mode`, with the refusals of the real server: eighteen signs are reserved outside code and must be
 * escaped. Quotes are read line by line; custom emoji are no more than their text.
 */
import { bad, read } from '../refusal.ts';
import type { Read, Refused } from '../refusal.ts';
import { badUrl } from './bad-url.ts';
import type { Entity, Raw } from './entity.ts';

type Open = { readonly type: string; readonly name: string; readonly offset: number; readonly byte: number };

const refused = (reason: string) => bad(`can't parse entities: ${reason}`);
const reserved = new Set('_*[]()~`>#+-=|{}.!');
const codes = new Set(['code', 'pre']);

/** What opens and closes with the same sign, longest first. `name` as the server prints it. */
const marks: readonly (readonly [mark: string, type: string, name: string])[] = [
  ['```', 'pre', 'Pre'],
  ['__', 'underline', 'Underline'],
  ['||', 'spoiler', 'Spoiler'],
  ['`', 'code', 'Code'],
  ['_', 'italic', 'Italic'],
  ['*', 'bold', 'Bold'],
  ['~', 'strikethrough', 'Strikethrough'],
];

type Reading = {
  readonly source: string;
  readonly entities: Entity[];
  readonly open: Open[];
  text: string;
  at: number;
  /** Where the quote that is under way begins. */
  quote: number | undefined;
};

export function parseMarkdown(source: string): Read<Raw> {
  const reading: Reading = { source, entities: [], open: [], text: '', at: 0, quote: undefined };
  while (reading.at < source.length) {
    if (readPlain(reading)) continue;
    const refusal = readMark(reading);
    if (refusal !== undefined) return refusal;
  }
  const left = reading.open.pop();
  if (left !== undefined) return refused(`Can't find end of ${left.name} entity at byte offset ${left.byte}`);
  endQuote(reading, reading.text.length);
  const { text, entities } = reading;
  return read({ text, entities: entities.sort((a, b) => a.offset - b.offset || b.length - a.length) });
}

const isInCode = ({ open }: Reading): boolean => codes.has(open.at(-1)?.type ?? '');

function endQuote(reading: Reading, end: number): void {
  const { quote, entities } = reading;
  if (quote !== undefined) entities.push({ type: 'blockquote', offset: quote, length: end - quote });
  reading.quote = undefined;
}

/** Escaped signs, beginnings of quoted lines, and what is not reserved. False when something else stands here. */
function readPlain(reading: Reading): boolean {
  const { source, at } = reading;
  const sign = source.charAt(at);
  const next = source.charCodeAt(at + 1);
  if (sign === '\\' && next > 0 && next <= 126) {
    reading.text += source.charAt(at + 1);
    reading.at += 2;
    return true;
  }
  const inCode = isInCode(reading);
  if (!inCode && (at === 0 || source.charAt(at - 1) === '\n')) {
    if (sign === '>') {
      reading.quote ??= reading.text.length;
      reading.at += 1;
      return true;
    }
    endQuote(reading, reading.text.length - 1);
  }
  if (inCode ? sign === '`' : reserved.has(sign)) return false;
  reading.text += sign;
  reading.at += 1;
  return true;
}

/** The end of what was opened last, or the beginning of something. */
function readMark(reading: Reading): Refused | undefined {
  const { source, at, open } = reading;
  const last = open.at(-1);
  if (last?.type === 'text_link' && source.charAt(at) === ']') return endLink(reading, last);
  const mark = marks.find(([signs]) => source.startsWith(signs, at));
  if (mark !== undefined && last?.type === mark[1]) {
    open.pop();
    reading.at += mark[0].length;
    addEntity(reading, last, {});
    return undefined;
  }
  const sign = source.charAt(at);
  if (isInCode(reading)) {
    reading.text += sign;
    reading.at += 1;
    return undefined;
  }
  if (mark === undefined && sign !== '[') {
    return refused(`Character '${sign}' is reserved and must be escaped with the preceding '\\'`);
  }
  const [signs, type, name] = mark ?? ['[', 'text_link', 'TextUrl'];
  open.push({ type, name, offset: reading.text.length, byte: Buffer.byteLength(source.slice(0, at)) });
  reading.at += signs.length;
  // A block may name its language on its first line.
  if (type === 'pre') reading.at += /^[^\s`]*\n|^\n?/.exec(source.slice(reading.at))?.[0].length ?? 0;
  return undefined;
}

function addEntity({ entities, text }: Reading, { type, offset }: Open, more: { readonly url?: string }): void {
  if (text.length > offset) entities.push({ type, offset, length: text.length - offset, ...more });
}

function endLink(reading: Reading, last: Open): Refused | undefined {
  const link = readLink(reading.source, reading.at, reading.text.slice(last.offset));
  if (!link.ok) return link;
  const { url, end } = link.value;
  reading.open.pop();
  reading.at = end;
  if (badUrl(url) === undefined) addEntity(reading, last, { url });
  return undefined;
}

/** `](address)`; without one the text itself is the address. */
function readLink(source: string, from: number, text: string): Read<{ readonly url: string; readonly end: number }> {
  if (source.charAt(from + 1) !== '(') return read({ url: text, end: from + 1 });
  const [whole = '', inner = '', end = ''] = /^((?:\\[\x01-\x7e]|[^)])*)(\)?)/s.exec(source.slice(from + 2)) ?? [];
  if (end === '') {
    return refused(`Can't find end of a URL at byte offset ${Buffer.byteLength(source.slice(0, from + 2))}`);
  }
  return read({ url: inner.replaceAll(/\\([\x01-\x7e])/g, '$1'), end: from + 2 + whole.length });
}
