/** The platform that a draft's file name or titles name, where no key does: `LINKEDIN_hiring.md` is for LinkedIn. */
import type { Platform } from '../../domain/platform.ts';
import { actOf } from './acts.ts';
import { draftWords } from './heading-words.ts';
import type { Heading } from './headings.ts';
import { isContent, labelLevel } from './headings.ts';

/** Words before the platform in file names: `APPROVAL_LINKEDIN_x.md`. */
const leadingWords = [
  'action',
  'approval',
  'approve',
  'approved',
  'content',
  'demo',
  'draft',
  'final',
  'media',
  'new',
  'pending',
  'plan',
  'post',
  'posted',
  'posts',
  'published',
  'queue',
  'ready',
  'scheduled',
  'sent',
  'social',
  'test',
  'to',
  'trigger',
  'validation',
];

/**
 * By whole words at the beginning of the name; prefixes of one or two letters only in capitals. `words` are those behind
 * it: `LINKEDIN_MESSAGE_ann` is no post.
 */
export function namedIn(
  fileName: string,
  platforms: readonly Platform[],
): { readonly platform: Platform; readonly words: readonly string[] } | undefined {
  const words = fileName.split(/[_\-\s.]+/).filter((word) => word !== '');
  let at = 0;
  while (isLeading(words[at] ?? '')) at += 1;
  const word = words[at] ?? '';
  if (word.length <= 2 && (at > 0 || word !== word.toUpperCase())) return undefined;
  const platform = platforms.find(({ filePrefixes }) => filePrefixes.includes(word.toLowerCase()));
  return platform === undefined ? undefined : { platform, words: words.slice(at + 1).map((one) => one.toLowerCase()) };
}

/** Dates and numbers stand there too: `2026-03-01_linkedin_launch`. */
const isLeading = (word: string): boolean =>
  leadingWords.includes(word.toLowerCase()) || /^\d{1,14}T?\d*Z?$/.test(word);

const mostWords = 12;

/** The platform that the title of the file, or the headings over its texts, name; undefined for none or several. */
export function platformInTitles(headings: readonly Heading[], platforms: readonly Platform[]): Platform | undefined {
  const titles = headings.filter(
    (heading, index) => !heading.quoted && heading.level < labelLevel && (index === 0 || isContent(heading.role)),
  );
  const found = new Set(titles.flatMap(({ title }) => inTitle(title, platforms)));
  const [only, ...others] = found;
  return others.length > 0 ? undefined : only;
}

/** `LinkedIn Post: …`, `Draft Tweet`: its name at the beginning, or beside a word for something to publish. */
function inTitle(title: string, platforms: readonly Platform[]): readonly Platform[] {
  const words = title
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, mostWords);
  const at = words.findIndex((word) => word.length > 2 && platforms.some(({ names }) => names.includes(word)));
  if (at === -1) return [];
  const isOurs = (word: string | undefined) =>
    word !== undefined && [...draftWords, 'article', 'update', 'thread'].includes(word);
  const near = words.slice(Math.max(0, at - 2), at + 3).some(isOurs);
  return near ? actOf(words[at] ?? '', platforms).platforms : [];
}
