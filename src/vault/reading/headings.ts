import type { Lines } from '../lines.ts';
import { isAboutDraft } from './about-draft.ts';
import {
  answerWords,
  channelWords,
  draftWords,
  speaksAbout,
  exactTitles,
  fieldBeginnings,
  fieldTitles,
  originalBeginnings,
  originalWords,
} from './heading-words.ts';
import { asides } from './line-words.ts';
import { alsoInTexts, strongStopPhrases, strongStopWords, weakStopPhrases, weakStopWords } from './stop-words.ts';

export type HeadingRole =
  /** Something that may hold the text, from the most to the least telling. */
  | 'full'
  | 'draft'
  | 'generic'
  | 'preview'
  /** A preview of what we would send, not of a mail: the whole text when it doesn't look cut. */
  | 'own_preview'
  /** What we say to somebody else's post or mail: a comment, a reply. */
  | 'answer'
  /** One of several: Option B, Post 2. */
  | 'variant'
  | 'original'
  | 'hashtags'
  | 'field'
  /** Notes to whoever posts it: the first comment, for the operator only. They never leave with the text. */
  | 'aside'
  | 'strong_stop'
  | 'weak_stop'
  /** A weak stop that posts use as well. */
  | 'topic_stop'
  | 'unknown';

/** A heading or a line that is only a bold label, outside code fences. */
export type Heading = {
  readonly line: number;
  /** 1 to 6; 7 for a bold label. */
  readonly level: number;
  readonly title: string;
  /** A bold label without a colon introduces nothing by itself: posts and mails have such sub-headings. */
  readonly bare: boolean;
  readonly role: HeadingRole;
  /** Stands below a heading over somebody else's text: never a heading of ours. */
  readonly quoted: boolean;
};

const contentRoles: readonly HeadingRole[] = [
  'full',
  'answer',
  'draft',
  'generic',
  'preview',
  'own_preview',
  'variant',
];

/** Level of a line that is only a bold label. */
export const labelLevel = 7;

export const isContent = (role: HeadingRole): boolean => contentRoles.includes(role);

/** `## Draft Reply (for your approval)`: what waits is the text. As the title of a file it says nothing of that kind. */
const awaiting = /[\s(–—-]+(?:for|pending|awaiting|needs?|requires?) (?:your |human |ceo )?(?:approval|review)\)?\s*$/i;

const longestHeading = 200;
/** No draft has more; a file that has is not looked at any further. */
export const mostHeadings = 300;
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
    // A fence is as long as it has to be for what stands in it.
    if (inFence(line) || line.length > longestHeading) continue;
    const atx = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/.exec(line);
    const label = atx === null ? /^\*\*([^*]{1,80})\*\*:?\s*$/.exec(line) : null;
    const title = (atx?.[2] ?? label?.[1])?.replace(/[ \t#:]+$/, '');
    if (title === undefined) continue;
    const level = atx?.[1]?.length ?? labelLevel;
    if (originalLevel !== undefined && level <= originalLevel) originalLevel = undefined;
    const quoted = originalLevel !== undefined;
    const told = level === 1 ? roleOf(title) : roleOf(title.replace(awaiting, ''));
    // “Draft Action” says what is planned; with a fence below it holds the draft.
    const role = told === 'weak_stop' && isDraftOf(title) && isFenceBelow(lines, at) ? 'draft' : told;
    if (!quoted && role === 'original') originalLevel = level;
    const bare = label !== null && !/:\**:?\s*$/.test(line);
    found.push({ line: at, level, title, bare, role, quoted });
  }
  return found;
}

const isDraftOf = (title: string): boolean =>
  /^(?:draft|drafted|proposed|suggested) (?:action|actions|detail|details|output|file)$/.test(plainTitle(title));

function isFenceBelow(lines: Lines, heading: number): boolean {
  let at = heading + 1;
  while (at < Math.min(lines.length, heading + 4) && lines.text(at).trim() === '') at += 1;
  return at < lines.length && fence.test(lines.text(at));
}

/** What a heading of these words means. */
export function roleOf(title: string): HeadingRole {
  const whole = plainTitle(title);
  if (mayBeAside.test(title) && asides.some((pattern) => pattern.test(title))) return 'aside';
  const beginning = /^([\p{L} ]{1,20}?)\s*:/u.exec(title)?.[1]?.trim().toLowerCase() ?? '';
  if (fieldTitles[whole] !== undefined || fieldBeginnings.includes(beginning) || fieldBeginnings.includes(whole)) {
    return 'field';
  }
  const slashed =
    title.includes('/') && draftWords.includes(plainTitle(title.split('/')[0] ?? '')) ? 'draft' : undefined;
  const named = slashed ?? exactRole(whole) ?? exactRole(withoutChannel(whole));
  if (named !== undefined) return named;
  const words = whole.split(' ');
  if (commands.test(whole)) return 'strong_stop';
  if (words.includes('hashtags') || words.includes('hashtag')) return 'hashtags';
  if (hasWord(words, strongStopWords) || strongStopPhrases.some((phrase) => ` ${whole} `.includes(` ${phrase} `))) {
    return 'strong_stop';
  }
  // `Reply Draft — Invoice for March`: what stands before the dash says what it is, what follows says about what.
  const [before = ''] = title.split(/\s[-–—|]{1,2}\s|:\s/);
  const part = before === title ? whole : plainTitle(before);
  const rest = withoutChannel(part === '' ? whole : part);
  return exactRole(rest) ?? roleByWords(rest, whole);
}

/** Without one of these a title is none: looked for first. */
const mayBeAside = /comment|only|not|n['’]t|never|\bfor\b|note|remark/i;

/** Whether the title speaks about the draft: then it is no part of a text however deep it stands. */
export const speaksOfDraft = (title: string): boolean => isAboutDraft(withoutChannel(plainTitle(title)).split(' '));

const exactRole = (plain: string): HeadingRole | undefined =>
  (['full', 'draft', 'generic'] as const).find((role) => exactTitles[role].includes(plain));

/** `Post 2`, `LinkedIn Option B`: at the beginning of a title. */
const commands = /^(?:how )?to (?:send|post|publish|approve|reject|edit|modify|use|schedule|request|proceed|cancel)\b/;
const numbered =
  /^(?:\w+ ){0,2}(?:post|option|draft|version|variant|tweet|alternative|reply|email|message) (?:\d{1,2}|[a-e])\b/;

function roleByWords(plain: string, whole: string): HeadingRole {
  const words = plain.split(' ');
  const last = draftWords.includes(words.at(-1) ?? '') && !speaksAbout.includes(words.at(-2) ?? '');
  const ours = draftWords.includes(words[0] ?? '') || last;
  if (originalBeginnings.some((beginning) => whole === beginning || whole.startsWith(`${beginning} `)))
    return 'original';
  if (words.slice(0, 2).some((word) => originalWords.includes(word))) return ours ? 'unknown' : 'original';
  if (numbered.test(whole)) return 'variant';
  if (words[0] === 'option' || words[0] === 'variant') return 'variant';
  const both = words.length > 1 && draftWords.includes(words[0] ?? '') && draftWords.includes(words.at(-1) ?? '');
  if (both) return hasWord(words, answerWords) ? 'answer' : 'draft';
  if (weakStopPhrases.some((phrase) => ` ${whole} `.includes(` ${phrase} `))) return 'weak_stop';
  if (hasWord(words, weakStops)) {
    return words.every((word) => !weakStops.has(word) || inTexts.has(word)) ? 'topic_stop' : 'weak_stop';
  }
  if (words.at(-1) === 'preview' && draftWords.includes(words[0] ?? '')) return 'own_preview';
  if (words.includes('preview') || words.includes('snippet')) return 'preview';
  if (!ours || words.length > 5) return 'unknown';
  return hasWord(words, answerWords) ? 'answer' : 'draft';
}

const hasWord = (words: readonly string[], list: readonly string[] | ReadonlySet<string>): boolean =>
  'has' in list ? words.some((word) => list.has(word)) : words.some((word) => list.includes(word));

const weakStops: ReadonlySet<string> = new Set(weakStopWords);
const inTexts: ReadonlySet<string> = new Set(alsoInTexts);
const channels: ReadonlySet<string> = new Set(channelWords);

/** `linkedin post content` → `post content`; a title of nothing but channels stays. */
function withoutChannel(plain: string): string {
  const words = plain.split(' ');
  let at = 0;
  while (at < words.length - 1 && channels.has(words[at] ?? '')) at += 1;
  return words.slice(at).join(' ');
}

/** Lower case, letters and digits only, without what stands in brackets. */
const plainTitle = (title: string): string =>
  (/[([]/.test(title) ? title.replaceAll(/\([^()]*\)|\[[^[\]]*\]/g, ' ') : title)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
