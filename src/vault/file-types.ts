/**
 * What a file is, by its first bytes: the type a recipient's program needs to open it. A name says nothing about what
 * is in a file; its ending only tells sorts of text and sorts of one container apart, never a picture from a program.
 */
import { extname } from 'node:path';
import { zipType } from './zip-type.ts';

const ascii = (text: string): readonly number[] => [...Buffer.from(text, 'latin1')];

type Signature = readonly [offset: number, bytes: readonly number[], type: string];

const signatures: readonly Signature[] = [
  [0, [0x89, ...ascii('PNG\r\n'), 0x1a, 0x0a], 'image/png'],
  [0, [0xff, 0xd8, 0xff], 'image/jpeg'],
  [0, ascii('GIF8'), 'image/gif'],
  [0, ascii('II*\0'), 'image/tiff'],
  [0, ascii('MM\0*'), 'image/tiff'],
  [0, ascii('%PDF-'), 'application/pdf'],
  [0, ascii('{\\rtf'), 'application/rtf'],
  [0, ascii('Rar!\u001a\u0007'), 'application/vnd.rar'],
  [0, [...ascii('7z'), 0xbc, 0xaf, 0x27, 0x1c], 'application/x-7z-compressed'],
  [0, [0x1f, 0x8b, 0x08], 'application/gzip'],
  [0, ascii('OggS\0'), 'audio/ogg'],
  [0, ascii('fLaC\0'), 'audio/flac'],
  [0, ascii('ID3\u0002\0'), 'audio/mpeg'],
  [0, ascii('ID3\u0003\0'), 'audio/mpeg'],
  [0, ascii('ID3\u0004\0'), 'audio/mpeg'],
  [0, [0xff, 0xfb], 'audio/mpeg'],
];

/**
 * @param head the first bytes; of a container some tens of thousand, so that what is in it can be seen
 * @param name of the file; only its ending counts
 */
export function typeOf(head: Buffer, name = ''): string {
  const ending = extname(name).slice(1).toLowerCase();
  const begins = (offset: number, bytes: readonly number[]): boolean =>
    bytes.every((byte, index) => head[offset + index] === byte);
  const found = signatures.find(([offset, bytes]) => begins(offset, bytes));
  if (found !== undefined) return found[2];
  if (begins(0, ascii('RIFF')) && begins(8, ascii('WEBP'))) return 'image/webp';
  if (begins(0, ascii('RIFF')) && begins(8, ascii('WAVE'))) return 'audio/wav';
  if (begins(4, ascii('ftyp')) && head.readUInt32BE(0) <= largestBox) return boxType(head, ending);
  if (begins(0, [0x1a, 0x45, 0xdf, 0xa3])) return head.includes('matroska') ? 'video/matroska' : 'video/webm';
  if (begins(0, ascii('PK\u0003\u0004'))) return zipType(head, ending);
  // The container of the old Office programs, and of much else: here nothing but the name tells them apart.
  if (begins(0, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) return oldOffice[ending] ?? unknown;
  const text = head.toString('utf8');
  const isText = !text.includes('\0') && !text.slice(0, -4).includes('\ufffd');
  return isText ? textType(text, ending) : unknown;
}

const unknown = 'application/octet-stream';
/** The first box holds a handful of letters; more is no length but text. */
const largestBox = 4_096;

/** Pictures, films and sound in the container of MP4 say what they are by four letters, some only among others. */
const brands: readonly (readonly [brand: RegExp, type: string])[] = [
  [/^(?:avif|avis)$/, 'image/avif'],
  [/^(?:hei[cxms]|hev[cxms])$/, 'image/heic'],
  [/^(?:mif1|msf1|mif2)$/, 'image/heif'],
  [/^qt {2}$/, 'video/quicktime'],
  [/^M4[AB] $/, 'audio/mp4'],
  [/^3g[pr]\d$/, 'video/3gpp'],
];

function boxType(head: Buffer, ending: string): string {
  const end = Math.min(head.readUInt32BE(0), head.length);
  const all = Array.from({ length: Math.max(0, Math.floor((end - 16) / 4)) }, (_, at) => 16 + at * 4);
  const [first = '', ...others] = [8, ...all].map((at) => head.toString('latin1', at, at + 4));
  const own = brands.find(([brand]) => brand.test(first))?.[1];
  // The general form of a picture: which one it is, the others say.
  const closer = brands.slice(0, 2).find(([brand]) => others.some((other) => brand.test(other)))?.[1];
  if (own === 'image/heif') return closer ?? own;
  return own ?? (ending === 'm4a' ? 'audio/mp4' : 'video/mp4');
}

const oldOffice: Readonly<Record<string, string>> = {
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  msg: 'application/vnd.ms-outlook',
};

/** Sorts of text; where the text itself must fit, how it begins. */
const texts: Readonly<Record<string, readonly [type: string, begins?: RegExp]>> = {
  csv: ['text/csv'],
  tsv: ['text/tab-separated-values'],
  md: ['text/markdown'],
  markdown: ['text/markdown'],
  json: ['application/json', /^[[{"\d-]/],
  xml: ['application/xml', /^</],
  html: ['text/html', /^</],
  htm: ['text/html', /^</],
  ics: ['text/calendar', /^BEGIN:VCALENDAR\r?\n/i],
  vcf: ['text/vcard', /^BEGIN:VCARD\r?\n/i],
  svg: ['image/svg+xml', /^<(?:svg\s|\?xml\s|!--|!DOCTYPE\s+svg\s)/i],
};

function textType(text: string, ending: string): string {
  const sort = Object.hasOwn(texts, ending) ? texts[ending] : undefined;
  if (sort === undefined) return 'text/plain';
  const [type, begins = /^/] = sort;
  const fits = begins.test(text.replace(/^\ufeff/, '').trimStart());
  return fits && (ending !== 'svg' || text.includes('<svg')) ? type : 'text/plain';
}
