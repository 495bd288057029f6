/**
 * What a value like `linkedin_message`, `send email reply` or `post-to-x` says: which platforms it names, and what is
 * done there. A word nobody knows beside a platform's name is never its ordinary post: it may be a private message.
 */
import type { Platform } from '../../domain/platform.ts';
import { answeringWords, otherForms, otherMailActs, plainWords, publishWords, threadWords } from './act-words.ts';

/** A value taken apart. */
export type Act = {
  readonly platforms: readonly Platform[];
  /** Its other words, in order. */
  readonly words: readonly string[];
};

/** What words mean on one platform. */
export type Meaning = {
  /** Actions of the platform that are named. */
  readonly actions: readonly string[];
  /** Words that mean something the platform can't do, or that nobody knows. */
  readonly unknown: readonly string[];
  readonly thread: boolean;
};

/** More is a sentence, and no name of anything. */
const mostWords = 8;
const longestValue = 200;

const join = [
  [/(?:^|_)linked_in(?=_|$)/g, '_linkedin'],
  [/(?:^|_)e_mail(?=_|$)/g, '_email'],
] as const;

/** Lower case, `_` between words. */
export const wordOf = (value: string): string => {
  const flat = value
    .slice(0, longestValue)
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '');
  return join.reduce((text, [pattern, plain]) => text.replaceAll(pattern, plain), flat).replace(/^_/, '');
};

export function actOf(value: string, platforms: readonly Platform[]): Act {
  const words = wordOf(value)
    .split('_')
    .filter((word) => word !== '')
    .flatMap((word) => unglued(word, platforms));
  if (words.length > mostWords) return { platforms: [], words };
  const all = platforms.filter(({ names }) => words.some((word) => names.includes(word)));
  const restOf = (list: readonly Platform[]) => words.filter((word) => !list.some(({ names }) => names.includes(word)));
  const sure = all.filter(({ names }) => words.some((word) => isLong(word) && names.includes(word)));
  // `x` or `li` alone may be anything; among words that are all known it is a platform.
  const known = sure.length === all.length || restOf(all).every((word) => isKnown(word, platforms));
  const named = known ? all : sure;
  return { platforms: named, words: restOf(named) };
}

const isLong = (word: string): boolean => word.length > 2;

/** `linkedinpost` is two words when the second one means something. */
function unglued(word: string, platforms: readonly Platform[]): readonly string[] {
  for (const { names } of platforms) {
    for (const name of names) {
      if (word === name) return [word];
      if (!isLong(name) || !word.startsWith(name)) continue;
      const rest = word.slice(name.length);
      if (isKnown(rest, platforms)) return [name, rest];
    }
  }
  return [word];
}

const isKnown = (word: string, platforms: readonly Platform[]): boolean =>
  isPlain(word) ||
  [answeringWords, otherForms, threadWords].some((list) => list.includes(word)) ||
  platforms.some((platform) => actionsFor(platform, word).length > 0);

const isPlain = (word: string): boolean => plainWords.includes(word) || /^v?\d{1,14}$/.test(word);

const actionsFor = (platform: Platform, word: string): readonly string[] =>
  Object.entries(platform.actions).flatMap(([action, words]) =>
    action === word || words.includes(word) ? [action] : [],
  );

/** What the words of a value mean on a platform; for a mail, unknown is only what no mail is sent by. */
export function meaningOf(words: readonly string[], platform: Platform): Meaning {
  const whole = actionsFor(platform, words.join('_'));
  if (whole.length > 0) return { actions: whole, unknown: [], thread: false };
  const found = words.flatMap((word) => actionsFor(platform, word));
  const asksApproval = words.some((word) => publishWords.includes(word));
  const unknown = words.filter((word) => {
    if (actionsFor(platform, word).length > 0 || threadWords.includes(word)) return false;
    if (word === 'request') return !asksApproval;
    return !isPlain(word);
  });
  const thread = words.some((word) => threadWords.includes(word));
  if (!platform.addressed) return { actions: [...new Set(found)], unknown, thread };
  const other = words.filter((word) => otherMailActs.includes(word));
  return { actions: [...new Set(found)], unknown: other.length > 0 || found.length > 0 ? other : unknown, thread };
}

/** Words that say, wherever they stand, that it is no post of its own. */
export const answering = (words: readonly string[]): readonly string[] =>
  words.filter((word) => answeringWords.includes(word));

/** Whether all words are known ones: `story` is a form, `success_story` a subject. */
export const isForm = (words: readonly string[], platform: Platform): boolean =>
  words.some((word) => otherForms.includes(word) || threadWords.includes(word)) &&
  words.every((word) => otherForms.includes(word) || isKnown(word, [platform]));
