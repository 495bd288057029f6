/**
 * What the social platforms take, as data with dates, and what is wrong with a text for one of them, said before the
 * approval (promise P7). Pure. Nobody carries these out by this: an executor may forbid more.
 */
import type { Effect, Media } from '../domain/effect.ts';
import { blocks, warns } from '../domain/problem.ts';
import type { Problem } from '../domain/problem.ts';
import { hasMarks } from '../lib/plain-text.ts';
import { strange } from '../lib/words.ts';
import { weighedLength } from './weighed-length.ts';

export type PostRules = {
  readonly label: string;
  /** Longest text, by the platform's own count. */
  readonly limit: number;
  /** Actions with a limit of their own. */
  readonly limits?: Readonly<Record<string, number>>;
  /** `units`: UTF-16 units, never fewer than any count a site may use. `weighed`: as X counts. */
  readonly count: 'units' | 'weighed';
  readonly mostHashtags?: number;
  /** What an action answers or whom it is said to; without it the text would be something else than it is. */
  readonly targets?: Readonly<Record<string, 'post' | 'person'>>;
  /** Kinds of media by action; an action that is missing takes none or any, as `media` says. */
  readonly wants?: Readonly<Record<string, 'image' | 'video'>>;
  /** Width by height of a picture, smallest and largest. */
  readonly shape?: { readonly least: number; readonly most: number };
  readonly largestImage?: number;
};

/** Posts 3,000 and comments 1,250 signs: several sources, 2026. */
export const linkedinRules: PostRules = {
  label: 'LinkedIn',
  limit: 3_000,
  limits: { comment: 1_250, article: 110_000 },
  count: 'units',
  targets: { comment: 'post' },
};

export const facebookRules: PostRules = {
  label: 'Facebook',
  limit: 63_206,
  count: 'units',
  wants: { photo: 'image', video: 'video' },
};

/** Five hashtags since 2025-12-19; feed pictures from 4:5 to 1.91:1. */
export const instagramRules: PostRules = {
  label: 'Instagram',
  limit: 2_200,
  count: 'units',
  mostHashtags: 5,
  wants: { photo: 'image' },
  shape: { least: 4 / 5, most: 1.91 },
  largestImage: 8_000_000,
};

/** 280 by weight; pictures up to 5 MB. Direct messages 10,000. */
export const xRules: PostRules = {
  label: 'X',
  limit: 280,
  limits: { dm: 10_000 },
  count: 'weighed',
  targets: { reply: 'post', dm: 'person' },
  largestImage: 5_000_000,
};

/** "312 of 3,000"; of a thread its longest part: "3 parts, 270 of 280". */
export function postSize(rules: PostRules, effect: Effect): string {
  const { length, limit } = partsOf(effect)
    .map((text) => measured(rules, effect.action, text))
    .reduce((longest, one) => (one.length > longest.length ? one : longest));
  const size = `${length.toLocaleString('en')} of ${limit.toLocaleString('en')}`;
  return effect.parts === undefined ? size : `${effect.parts.length} parts, ${size}`;
}

/** @param threaded actions that take several texts in order */
export function postProblems(rules: PostRules, effect: Effect, threaded: readonly string[]): readonly Problem[] {
  return [
    ...threadProblems(rules, effect, threaded),
    ...targetProblems(rules, effect),
    ...textProblems(rules, effect),
    ...mediaProblems(rules, effect),
  ];
}

const partsOf = ({ text, parts }: Effect): readonly string[] =>
  parts === undefined || parts.length === 0 ? [text] : parts;

function measured(rules: PostRules, action: string, text: string) {
  const own = rules.limits?.[action];
  const limit = own ?? rules.limit;
  // Direct messages on X are counted as they are; only posts are weighed.
  const length = rules.count === 'weighed' && own === undefined ? weighedLength(text) : text.length;
  return { length, limit };
}

function threadProblems(rules: PostRules, { parts, action }: Effect, threaded: readonly string[]): Problem[] {
  if (parts === undefined || threaded.includes(action)) return [];
  const what = `It is a thread of ${parts.length} parts, and threads can’t go out on ${rules.label} from here yet.`;
  return [blocks('unknown_action', what, 'Post it by hand, or write one post of it.')];
}

/** A post, a person or an id, as sites name them: not words about them. */
const namesSomething = /^(?:https?:\/\/\S+|urn:\S+|@[\w.]{1,50}|\d{5,25})$/;

function targetProblems(rules: PostRules, { action, target }: Effect): Problem[] {
  const wanted = rules.targets?.[action];
  if (wanted === undefined) {
    if (target === '') return [];
    const what = `A ${rules.label} post goes to everybody, but this draft names what it answers or whom it is for.`;
    return [blocks('contradiction', what, 'Take the recipient or target out, or do this one by hand.')];
  }
  if (namesSomething.test(target)) return [];
  return wanted === 'post'
    ? [blocks('no_target', `Nothing says which post this ${action} is for.`, 'Add “target:” with the post’s address.')]
    : [blocks('no_target', 'Nothing says whom this message is for.', 'Add “target:” with the handle, like @ann.')];
}

function textProblems(rules: PostRules, effect: Effect): readonly Problem[] {
  const problems: Problem[] = [];
  if (effect.text.trim() === '') {
    problems.push(blocks('no_text', 'There is no text to post.', 'Write the text of the post.'));
  }
  for (const [index, text] of partsOf(effect).entries()) {
    const { length, limit } = measured(rules, effect.action, text);
    if (length <= limit) continue;
    const which = effect.parts === undefined ? 'The text' : `Part ${index + 1}`;
    const what = `${which} has ${length.toLocaleString('en')} signs; ${rules.label} takes ${limit.toLocaleString('en')}.`;
    problems.push(blocks('too_long', what, `Shorten it by ${(length - limit).toLocaleString('en')}.`));
    if (problems.length === 3) break;
  }
  const tags = new Set(effect.text.toLowerCase().match(/(?<![\p{L}\p{N}_&])#[\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*/gu)).size;
  const most = rules.mostHashtags ?? tags;
  if (tags > most) {
    const what = `The text has ${tags} hashtags; ${rules.label} takes ${most}.`;
    problems.push(blocks('too_many_hashtags', what, `Leave ${most} of them.`));
  }
  if (hasMarks(effect.text)) {
    const what = `Signs of Markdown (**, ##, [..](..)) would stand in the post as they are; ${rules.label} knows no Markdown.`;
    problems.push(warns('markdown_marks', what, 'Make it plain text, or leave it if that is what you want.'));
  }
  return problems;
}

function mediaProblems(rules: PostRules, effect: Effect): readonly Problem[] {
  const wanted = rules.wants?.[effect.action];
  const problems = effect.media.flatMap((media) => oneProblem(rules, media, wanted));
  if (wanted !== undefined && effect.media.length === 0) {
    const noun = wanted === 'image' ? 'a picture' : 'a video';
    const what = `${rules.label} wants ${noun} here, and the draft names none that is in the vault.`;
    problems.push(blocks('media_missing', what, `Put the file into the vault and add a line “image: name”.`));
  }
  return problems;
}

function oneProblem(rules: PostRules, media: Media, wanted: 'image' | 'video' | undefined): Problem[] {
  const name = strange(media.name, 80);
  const problems: Problem[] = [];
  const isDrawing = media.type === 'image/svg+xml';
  if (wanted !== undefined && (isDrawing || !media.type.startsWith(`${wanted}/`))) {
    const what = `“${name}” is no ${wanted} but ${media.type}.`;
    problems.push(
      blocks('media_unsupported', what, `Name a file that is ${wanted === 'image' ? 'an image' : 'a video'}.`),
    );
  }
  if (media.type.startsWith('image/') && media.bytes > (rules.largestImage ?? Number.POSITIVE_INFINITY)) {
    const what = `“${name}” has ${Math.ceil(media.bytes / 1_000_000)} MB; ${rules.label} takes ${(rules.largestImage ?? 0) / 1_000_000} MB.`;
    problems.push(blocks('media_unsupported', what, 'Make the picture smaller.'));
  }
  if (rules.shape === undefined || !media.type.startsWith('image/')) return problems;
  if (media.shape === undefined) {
    const what = `How wide and high “${name}” is could not be read; ${rules.label} may cut it (it takes 4:5 to 1.91:1).`;
    return [...problems, warns('media_unsupported', what, 'Look at the picture, or save it anew.')];
  }
  const { width, height } = media.shape;
  const ratio = width / height;
  if (ratio < rules.shape.least - 0.005 || ratio > rules.shape.most + 0.005) {
    const what = `“${name}” is ${width} × ${height}; ${rules.label} would cut it (it takes 4:5 to 1.91:1).`;
    problems.push(blocks('media_unsupported', what, 'Crop the picture yourself.'));
  }
  return problems;
}
