import type { Lines } from '../lines.ts';
import {
  draftWords,
  exactTitles,
  fieldTitles,
  originalWords,
  strongStopWords,
  weakStopWords,
} from './heading-words.ts';

export type Role =
  /** Something that may hold the text, from the most to the least telling. */
  | 'full'
  | 'draft'
  | 'generic'
  | 'preview'
  /** One of several: Option B, Post 2. */
  | 'variant'
  | 'original'
  | 'hashtags'
  | 'field'
  | 'strong_stop'
  | 'weak_stop'
  | 'unknown';

/** A heading or a line that is only a bold label, outside code fences. */
export type Heading = {
  readonly line: number;
  /** 1 to 6; 7 for a bold label. */
  readonly level: number;
  readonly title: string;
  readonly role: Role;
  /** Stands below a heading over somebody else's text: never a heading of ours. */
  readonly quoted: boolean;
};

export const isContent = (role: Role): boolean => ['full', 'draft', 'generic', 'preview', 'variant'].includes(role);

const longestHeading = 200;
/** No draft has more; a file that has is not looked at any further. */
export const mostHeadings = 1_000;
const fence = /^ {0,3}(`{3,}|~{3,})/;

/** Opens or closes a code fence, line by line. */
export function fenceReader(): (line: string) => boolean {
  let open = '';
  return (line) => {
    const mark = fence.exec(line)?.[1];
    if (open === '') {
      if (mark === undefined) return false;
      open = mark;
      return true;
    }
    if (mark?.startsWith(open) === true && line.trim() === mark) open = '';
    return true;
  };
}

/** The headings of the lines from `from` on, at most `mostHeadings`. */
export function headingsOf(lines: Lines, from: number): readonly Heading[] {
  const found: Heading[] = [];
  const inFence = fenceReader();
  let originalLevel: number | undefined;
  for (let at = from; at < lines.length && found.length < mostHeadings; at += 1) {
    const line = lines.text(at);
    if (inFence(line) || line.length > longestHeading) continue;
    const atx = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/.exec(line);
    const label = atx === null ? /^\*\*([^*]{1,80})\*\*:?\s*$/.exec(line) : null;
    const title = (atx?.[2] ?? label?.[1])?.replace(/[ \t#:]+$/, '');
    if (title === undefined) continue;
    const level = atx?.[1]?.length ?? 7;
    if (originalLevel !== undefined && level <= originalLevel) originalLevel = undefined;
    const quoted = originalLevel !== undefined;
    const role = roleOf(title);
    if (!quoted && role === 'original') originalLevel = level;
    found.push({ line: at, level, title, role, quoted });
  }
  return found;
}

/** What a heading of these words means. */
function roleOf(title: string): Role {
  const plain = plainTitle(title);
  const words = plain.split(' ');
  const some = (list: readonly string[]) => words.some((word) => list.includes(word));
  if (fieldTitles[plain] !== undefined || /^(?:to|cc|bcc|subject)\s*:/i.test(title)) return 'field';
  for (const role of ['full', 'draft', 'generic'] as const) if (exactTitles[role].includes(plain)) return role;
  if (some(['hashtags', 'hashtag'])) return 'hashtags';
  if (some(strongStopWords)) return 'strong_stop';
  const early =
    words.slice(0, 2).some((word) => originalWords.includes(word)) ||
    /^(?:email|message) (?:from|received)/.test(plain);
  const ours = draftWords.includes(words[0] ?? '') || draftWords.includes(words.at(-1) ?? '');
  if (early) return ours ? 'unknown' : 'original';
  if (some(weakStopWords)) return 'weak_stop';
  if (/\b(?:post|option|draft|version|variant|tweet|alternative|reply) (?:\d+|[a-e])\b/.test(plain)) return 'variant';
  if (words[0] === 'option') return 'variant';
  if (words.includes('preview')) return 'preview';
  return ours && words.length <= 5 ? 'draft' : 'unknown';
}

/** Lower case, letters and digits only, without what stands in brackets. */
const plainTitle = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/\([^)]*\)|\[[^\]]*\]/g, ' ')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
