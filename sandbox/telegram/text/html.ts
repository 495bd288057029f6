/**
 * The HTML of `parse_mode`, with the refusals of the real server. Only `&lt; &gt; &amp; &quot;` and numeric references
 * are decoded; everything else stays as it is.
 */
import { bad, read } from '../refusal.ts';
import type { Read } from '../refusal.ts';
import { badUrl } from './bad-url.ts';
import type { Entity, Raw } from './entity.ts';

type Open = { readonly tag: string; readonly type: string; readonly offset: number; readonly url?: string };

const types: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
  code: 'code',
  pre: 'pre',
  a: 'text_link',
  blockquote: 'blockquote',
};

const refused = (reason: string) => bad(`can't parse entities: ${reason}`);

export function parseHtml(html: string): Read<Raw> {
  const entities: Entity[] = [];
  const open: Open[] = [];
  let text = '';
  let at = 0;
  const byte = (position: number) => Buffer.byteLength(html.slice(0, position));
  while (at < html.length) {
    const sign = html[at];
    if (sign === '&') {
      const [decoded, length] = reference(html.slice(at, at + 12));
      text += decoded;
      at += length;
    } else if (sign !== '<') {
      text += sign;
      at += 1;
    } else if (html[at + 1] === '/') {
      const end = html.indexOf('>', at);
      if (end < 0) return refused(`Unclosed end tag at byte offset ${byte(at)}`);
      const tag = html
        .slice(at + 2, end)
        .trim()
        .toLowerCase();
      const last = open.pop();
      if (last === undefined) return refused(`Unexpected end tag at byte offset ${byte(at)}`);
      if (tag !== '' && tag !== last.tag) {
        return refused(`Unmatched end tag at byte offset ${byte(at)}, expected "</${last.tag}>", found "</${tag}>"`);
      }
      const entity = closed(last, text);
      if (entity !== undefined) entities.push(entity);
      at = end + 1;
    } else {
      const opened = readStartTag(html, at, byte(at));
      if (!opened.ok) return opened;
      open.push({ ...opened.value.open, offset: text.length });
      at = opened.value.end;
    }
  }
  const left = open.pop();
  if (left !== undefined) return refused(`Can't find end tag corresponding to start tag "${left.tag}"`);
  return read({ text, entities: entities.sort((a, b) => a.offset - b.offset || b.length - a.length) });
}

type StartTag = { readonly open: Omit<Open, 'offset'>; /** Behind the `>`. */ readonly end: number };

function readStartTag(html: string, from: number, byteOffset: number): Read<StartTag> {
  const name = /^[^\s>]*/.exec(html.slice(from + 1))?.[0] ?? '';
  let at = from + 1 + name.length;
  if (at >= html.length) return refused(`Unclosed start tag at byte offset ${byteOffset}`);
  const tag = name.toLowerCase();
  const type = types[tag];
  if (type === undefined) return refused(`Unsupported start tag "${tag}" at byte offset ${byteOffset}`);
  const attributes = new Map<string, string>();
  for (;;) {
    at += /^\s*/.exec(html.slice(at))?.[0].length ?? 0;
    if (html[at] === '>') break;
    const found = readAttribute(html, at, tag, byteOffset);
    if (!found.ok) return found;
    attributes.set(found.value.name, found.value.value);
    at = found.value.end;
  }
  if (tag === 'span' && attributes.get('class') !== 'tg-spoiler') {
    return refused(`Tag "span" must have class "tg-spoiler" at byte offset ${byteOffset}`);
  }
  const folded = tag === 'blockquote' && attributes.has('expandable');
  const url = attributes.get('href');
  const open = { tag, type: folded ? 'expandable_blockquote' : type, ...(url === undefined ? {} : { url }) };
  return read({ open, end: at + 1 });
}

type Attribute = { readonly name: string; readonly value: string; readonly end: number };

/** `name`, `name=token`, `name="text"` or `name='text'`, with blanks around the sign. */
function readAttribute(html: string, from: number, tag: string, byteOffset: number): Read<Attribute> {
  const unclosed = refused(`Unclosed start tag "${tag}" at byte offset ${byteOffset}`);
  const name = /^[^\s=>/"']*/.exec(html.slice(from))?.[0] ?? '';
  if (from >= html.length) return unclosed;
  if (name === '') return refused(`Empty attribute name in the tag "${tag}" at byte offset ${byteOffset}`);
  const [, equals] = /^\s*(=\s*)?/.exec(html.slice(from + name.length)) ?? [];
  let at = from + name.length + (/^\s*(?:=\s*)?/.exec(html.slice(from + name.length))?.[0].length ?? 0);
  if (at >= html.length) return unclosed;
  if (equals === undefined) return read({ name: name.toLowerCase(), value: '', end: at });
  const mark = html[at] ?? '';
  if (mark === '"' || mark === "'") {
    const end = html.indexOf(mark, at + 1);
    if (end < 0 || end + 1 >= html.length) return refused(`Unclosed start tag at byte offset ${byteOffset}`);
    return read({ name: name.toLowerCase(), value: unescaped(html.slice(at + 1, end)), end: end + 1 });
  }
  const token = /^[a-z\d.-]*/i.exec(html.slice(at))?.[0] ?? '';
  const start = Buffer.byteLength(html.slice(0, at));
  at += token.length;
  if (at < html.length && !/[\s>]/.test(html[at] ?? '')) {
    return refused(`Unexpected end of name token at byte offset ${start}`);
  }
  if (at >= html.length) return refused(`Unclosed start tag at byte offset ${byteOffset}`);
  return read({ name: name.toLowerCase(), value: token.toLowerCase(), end: at });
}

/** A link without an address uses its own text, and is no link when that is none. */
function closed(open: Open, text: string): Entity | undefined {
  const place = { type: open.type, offset: open.offset, length: text.length - open.offset };
  if (place.length === 0) return undefined;
  if (open.type !== 'text_link') return place;
  const url = open.url === undefined || open.url === '' ? text.slice(open.offset) : open.url;
  return badUrl(url) === undefined ? { ...place, url } : undefined;
}

const named: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"' };

/** The sign a reference at the start of `text` stands for, and its length. */
function reference(text: string): readonly [sign: string, length: number] {
  const match = /^&(?:#x([\da-f]{1,6})|#(\d{1,7})|lt|gt|amp|quot);?/i.exec(text);
  if (match === null) return ['&', 1];
  const code = match[1] === undefined ? Number(match[2]) : Number.parseInt(match[1], 16);
  if (match[1] === undefined && match[2] === undefined) {
    const sign = named[`${match[0].replace(/;$/, '').toLowerCase()};`];
    return sign === undefined ? ['&', 1] : [sign, match[0].length];
  }
  return code > 0 && code < 0x10ffff ? [String.fromCodePoint(code), match[0].length] : ['&', 1];
}

const unescaped = (text: string): string =>
  text.replaceAll(/&[^\s&]{1,10}/g, (part) => {
    const [sign, length] = reference(part);
    return sign + part.slice(length);
  });
