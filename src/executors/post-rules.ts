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
  largestImage: 5_000_000,
};

/** "312 of 3,000". */
export function postSize(rules: PostRules, effect: Effect): string {
  const { length, limit } = measured(rules, effect);
  return `${length.toLocaleString('en')} of ${limit.toLocaleString('en')}`;
}

export function postProblems(rules: PostRules, effect: Effect): readonly Problem[] {
  return [...textProblems(rules, effect), ...mediaProblems(rules, effect)];
}

function measured(rules: PostRules, { text, action }: Effect) {
  const own = rules.limits?.[action];
  const limit = own ?? rules.limit;
  // Direct messages on X are counted as they are; only posts are weighed.
  const length = rules.count === 'weighed' && own === undefined ? weighedLength(text) : text.length;
  return { length, limit };
}

function textProblems(rules: PostRules, effect: Effect): readonly Problem[] {
  const problems: Problem[] = [];
  if (effect.text.trim() === '') {
    problems.push(blocks('no_text', 'There is no text to post.', 'Write the text of the post.'));
  }
  const { length, limit } = measured(rules, effect);
  if (length > limit) {
    const what = `The text has ${length.toLocaleString('en')} signs; ${rules.label} takes ${limit.toLocaleString('en')}.`;
    problems.push(blocks('too_long', what, `Shorten it by ${(length - limit).toLocaleString('en')}.`));
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
  if (rules.shape === undefined || media.shape === undefined) return problems;
  const { width, height } = media.shape;
  const ratio = width / height;
  if (ratio < rules.shape.least - 0.005 || ratio > rules.shape.most + 0.005) {
    const what = `“${name}” is ${width} × ${height}; ${rules.label} would cut it (it takes 4:5 to 1.91:1).`;
    problems.push(blocks('media_unsupported', what, 'Crop the picture yourself.'));
  }
  return problems;
}
