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
      const end = html.indexOf('>', at);
      if (end < 0) return refused(`Unclosed start tag at byte offset ${byte(at)}`);
      const opened = startTag(html.slice(at + 1, end), text.length, byte(at));
      if (!opened.ok) return opened;
      open.push(opened.value);
      at = end + 1;
    }
  }
  const left = open.pop();
  if (left !== undefined) return refused(`Can't find end tag corresponding to start tag "${left.tag}"`);
  return read({ text, entities: entities.sort((a, b) => a.offset - b.offset || b.length - a.length) });
}

function startTag(inner: string, offset: number, byteOffset: number): Read<Open> {
  const tag = /^[^\s/]*/.exec(inner)?.[0].toLowerCase() ?? '';
  const type = types[tag];
  if (type === undefined) return refused(`Unsupported start tag "${tag}" at byte offset ${byteOffset}`);
  const attributes = new Map(
    [...inner.matchAll(/\s([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+)))?/g)].map((match) => [
      (match[1] ?? '').toLowerCase(),
      unescaped(match[2] ?? match[3] ?? match[4] ?? ''),
    ]),
  );
  if (tag === 'span' && attributes.get('class') !== 'tg-spoiler') {
    return refused(`Tag "span" must have class "tg-spoiler" at byte offset ${byteOffset}`);
  }
  const folded = tag === 'blockquote' && attributes.has('expandable');
  const url = attributes.get('href');
  return read({ tag, type: folded ? 'expandable_blockquote' : type, offset, ...(url === undefined ? {} : { url }) });
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
