import type { Platform } from '../../domain/platform.ts';
import { blocks } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';
import { strange } from '../../lib/words.ts';
import { elsewhere, otherChannels } from './act-words.ts';
import { actionOf } from './action.ts';
import type { Hint, Loose } from './action.ts';
import { actOf, wordOf } from './acts.ts';
import type { Layout } from './layout.ts';
import { namedIn, platformInTitles } from './platform-in-names.ts';

/** Where a draft ends up and what is done there, as far as the file says. */
export type Route = {
  readonly platform: Platform | undefined;
  readonly action: string;
  readonly problems: readonly Problem[];
  /** Something in the front matter, not only the name, names the platform. */
  readonly told: boolean;
  /** So does its type or platform, not only its action. */
  readonly toldKind: boolean;
  /** The file's name names a platform. */
  readonly named: boolean;
  /** It is said that the text is an ordinary post: no heading makes it something else. */
  readonly plainPost: boolean;
  /** It is said to be several texts one after the other. */
  readonly thread: boolean;
  /** Why a person should say that this is the platform; undefined when it is certain. */
  readonly doubt: string | undefined;
  /** Keys that told the platform and the action. */
  readonly from: string | undefined;
  readonly actionFrom: string | undefined;
};

/** Works out platform and action. The front matter wins over the name, both over the body; a contradiction blocks. */
export function routeOf(layout: Layout, fileName: string, platforms: readonly Platform[]): Route {
  // A second header that says something else must not be passed over.
  const valuesOf = (key: string): readonly string[] => [
    ...new Set([layout.fields.key(key), ...layout.below.map((below) => below.get(key) ?? [])].flat()),
  ];
  const problems: Problem[] = [];
  const hints: Hint[] = [];
  for (const from of ['platform', 'channel', 'platforms', ...nestedPlatforms(layout)]) {
    for (const value of valuesOf(from).flatMap((one) => splitNames(one, platforms))) {
      const named = platformsIn(value, platforms);
      for (const platform of named.platforms) hints.push({ from, value, platform, words: named.words });
      if (named.platforms.length === 0)
        problems.push(blocks('no_platform', `“${strange(value, 40)}” is no platform known here.`, remedy(platforms)));
    }
  }
  const loose: Loose[] = [];
  for (const from of ['action', 'action_type', 'type']) {
    for (const value of valuesOf(from)) {
      const act = actOf(value, platforms);
      const ours = elsewhere.test(wordOf(value)) ? [] : act.platforms;
      for (const platform of ours) hints.push({ from, value, platform, words: act.words });
      if (ours.length === 0) loose.push({ from, value, words: act.words });
    }
  }
  const inName = namedIn(fileName, platforms);
  const told = hints[0]?.platform ?? inName?.platform;
  const guess = told === undefined && problems.length === 0 ? guessed(layout, loose, fileName, platforms) : undefined;
  const platform = told ?? guess?.platform;
  problems.push(...contradictions(platform, hints, inName?.platform));
  if (platform === undefined && problems.length === 0) {
    problems.push(blocks('no_platform', 'The file does not say where it should go.', remedy(platforms)));
  }
  const act = actionOf({ platform, hints, loose, layout, nameWords: inName?.words ?? [] });
  const first = hints.find((hint) => hint.platform === platform);
  return {
    platform,
    ...act,
    problems: [...problems, ...act.problems],
    told: hints.length > 0,
    toldKind: hints.some(({ from }) => !from.startsWith('action')),
    named: inName !== undefined,
    doubt: guess?.doubt,
    from: first?.from,
  };
}

const remedy = (platforms: readonly Platform[]): string =>
  `Add a line like “platform: ${platforms[0]?.names[0] ?? 'name'}” to the front matter.`;

/** In the maps a program would be called with. */
const nestedPlatforms = ({ fields }: Layout): readonly string[] =>
  fields.keys((name) => name === 'platform' || name === 'channel').filter((name) => name.includes('.'));

/** `linkedin, facebook` names two; `x/twitter` is one name in some files. */
const splitNames = (value: string, platforms: readonly Platform[]): readonly string[] =>
  platforms.some(({ names }) => names.includes(wordOf(value)))
    ? [value]
    : value.split(/[,;&+/|]|\sand\s/).filter((part) => part.trim() !== '');

/** A value of `platform`: what stands in brackets only describes it (`LinkedIn (personal profile)`). */
function platformsIn(value: string, platforms: readonly Platform[]) {
  const whole = platforms.find(({ names }) => names.includes(wordOf(value)));
  if (whole !== undefined) return { platforms: [whole], words: [] };
  return actOf(value.replaceAll(/\([^()]*\)/g, ' '), platforms);
}

function contradictions(
  platform: Platform | undefined,
  hints: readonly Hint[],
  inName: Platform | undefined,
): readonly Problem[] {
  const others = [...hints.map((hint) => hint.platform), ...(inName === undefined ? [] : [inName])];
  const other = others.find((one) => one !== platform);
  if (platform === undefined || other === undefined) return [];
  return [
    blocks(
      'contradiction',
      `The file says ${platform.label} in one place and ${other.label} in another.`,
      'Make platform, type, action and the file name agree; one file is for one platform.',
    ),
  ];
}

/** What only the body says, or what a mail is known by. */
function guessed(
  layout: Layout,
  loose: readonly Loose[],
  fileName: string,
  platforms: readonly Platform[],
): { readonly platform: Platform; readonly doubt?: string } | undefined {
  if (loose.some(({ value }) => elsewhere.test(wordOf(value))) || otherChannels.test(wordOf(fileName)))
    return undefined;
  const written = layout.written
    .filter(({ key }) => key === 'platform')
    .flatMap(({ value }) => splitNames(value.split(/\s[·|•]\s/)[0] ?? '', platforms))
    .map((value) => platformsIn(value, platforms).platforms);
  const inBody = new Set(written.flat());
  const inTitles = platformInTitles(layout.headings, platforms);
  const [first, ...others] = inBody;
  if (first !== undefined && others.length === 0 && written.every((one) => one.length > 0)) {
    // Said twice, in two places, it is no slip.
    if (inTitles === first) return { platform: first };
    return { platform: first, doubt: `Only a line in it says that it is for ${first.label}.` };
  }
  if (inBody.size > 0 || written.length > 0) return undefined;
  const mail = platforms.find(({ addressed }) => addressed);
  if (mail !== undefined && isMail(layout)) return { platform: mail };
  return inTitles === undefined
    ? undefined
    : { platform: inTitles, doubt: `Only its title says that it is for ${inTitles.label}.` };
}

/** An address and a subject: nothing else is written so. */
function isMail({ fields, written }: Layout): boolean {
  const address = /[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+/;
  const has = (name: 'to' | 'subject', wanted: RegExp) =>
    [...fields.values(name), ...written.filter(({ key }) => key === name).map(({ value }) => value)].some((value) =>
      wanted.test(value.slice(0, 1_000)),
    );
  return has('to', address) && has('subject', /\S/);
}
