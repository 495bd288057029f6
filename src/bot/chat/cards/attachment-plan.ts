/** How the files of a card can be shown in the chat, judged by what they are and never by their names. Pure. */
import type { Card, CardMedia } from '../../../domain/card.ts';
import { sha256 } from '../../../lib/hash.ts';

export type Showing =
  | { readonly kind: 'photo' | 'document'; readonly media: CardMedia; readonly name: string }
  /** Can't be shown here. */
  | { readonly kind: 'words'; readonly media: CardMedia; readonly why: 'unknown_bytes' | 'too_large' };

/** Signs of a caption, in UTF-16 units: never more than the chat counts. */
export const captionLimit = 1_024;

const largestPhoto = 10 * 1_000_000;
const largestDocument = 50 * 1_000_000;
/** One request, with all of its files in memory. */
const largestBatch = 45 * 1_000_000;
const mostInAlbum = 10;

const photoTypes: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp']);
const endings: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/heic': 'heic',
  'image/heif': 'heif',
  'image/avif': 'avif',
  'image/tiff': 'tif',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
  'video/matroska': 'mkv',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'audio/ogg': 'ogg',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'application/rtf': 'rtf',
  'application/epub+zip': 'epub',
  'application/msword': 'doc',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.ms-powerpoint': 'ppt',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.oasis.opendocument.presentation': 'odp',
  'text/plain': 'txt',
  'text/csv': 'csv',
  'text/calendar': 'ics',
  'text/vcard': 'vcf',
  'text/markdown': 'md',
  'application/json': 'json',
  // Pages and drawings can hold code and links to elsewhere: they are shown as the text they are.
  'text/html': 'txt',
  'application/xml': 'txt',
  'image/svg+xml': 'txt',
};

/** Why it can't be shown, as the end of a sentence. @param label of the chat */
export const whyWords = (why: Extract<Showing, { kind: 'words' }>['why'], label: string): string =>
  why === 'too_large' ? `it is larger than the 50 MB ${label} takes` : 'it is not known which bytes would leave';

/** Each file of the card in its order. */
export const showingsOf = (media: Card['media']): readonly Showing[] => media.map(showingOf);

function showingOf(media: CardMedia, at: number): Showing {
  const { type, bytes, shape, sha256: hash } = media;
  if (hash === '') return { kind: 'words', media, why: 'unknown_bytes' };
  if (bytes > largestDocument) return { kind: 'words', media, why: 'too_large' };
  const end = endings[type] ?? 'bin';
  const fits =
    shape !== undefined &&
    shape.width + shape.height <= 10_000 &&
    Math.max(shape.width, shape.height) <= 20 * Math.min(shape.width, shape.height);
  return photoTypes.has(type) && fits && bytes <= largestPhoto
    ? { kind: 'photo', media, name: `photo-${at + 1}.${end}` }
    : { kind: 'document', media, name: `file-${at + 1}.${end}` };
}

/** Names what a card would show; empty when there is nothing. */
export const mediaDigest = (media: Card['media']): string =>
  media.length === 0 ? '' : sha256(media.map((one) => one.sha256).join(' '));

/** The first of those that are left which can go in one message or album: one sort, ten at most, not too heavy. */
export function nextBatch(left: readonly Showing[]): readonly Showing[] {
  const batch: Showing[] = [];
  let bytes = 0;
  for (const one of left.slice(0, mostInAlbum)) {
    bytes += one.media.bytes;
    const first = batch[0];
    if (first !== undefined && (first.kind === 'words' || one.kind !== first.kind || bytes > largestBatch)) break;
    batch.push(one);
  }
  return batch;
}
