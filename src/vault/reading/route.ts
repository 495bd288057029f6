import type { Platform } from '../../domain/platform.ts';
import { blocks } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';
import { strange } from '../../lib/words.ts';
import type { Fields } from './keys.ts';

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
  /** Keys that told the platform and the action. */
  readonly from: string | undefined;
  readonly actionFrom: string | undefined;
};

/** Words before the platform in file names: `APPROVAL_LINKEDIN_x.md`. */
const leadingWords = ['approval', 'approve', 'approved', 'draft', 'social', 'test', 'pending', 'demo', 'action'];
/** Values of `action` and `type` that name no action. */
const silent = [
  'approval_request',
  'approval',
  'social_post',
  'social_media_post',
  'social',
  'post',
  'publish',
  'draft',
  'pending',
  'message',
  'content',
  'review',
  'text',
  'image',
];
/** Channels and acts that are not ours to carry out. */
const elsewhere =
  /whatsapp|telegram|slack|sms|discord|odoo|youtube|tiktok|threads|pinterest|payment|invoice|calendar|cancel|delete|subscription|refund/;

const wordOf = (value: string): string =>
  value
    .trim()
    .toLowerCase()
    .replaceAll(/[\s/-]+/g, '_');

type Hint = {
  readonly from: string;
  readonly value: string;
  readonly platform: Platform;
  readonly action: string | undefined;
};

/** Works out platform and action from front matter and file name. The front matter wins; a contradiction blocks. */
export function routeOf(fields: Fields, fileName: string, platforms: readonly Platform[]): Route {
  const problems: Problem[] = [];
  const hints: Hint[] = [];
  for (const from of ['platform', 'channel', 'platforms']) {
    for (const value of fields.key(from).flatMap((one) => splitNames(one, platforms))) {
      const platform = platforms.find(({ names }) => names.includes(wordOf(value)));
      if (platform !== undefined) hints.push({ from, value, platform, action: undefined });
      else
        problems.push(blocks('no_platform', `“${strange(value, 40)}” is no platform known here.`, remedy(platforms)));
    }
  }
  const loose: { readonly from: string; readonly value: string }[] = [];
  for (const from of ['action', 'action_type', 'type']) {
    for (const value of fields.key(from)) {
      const found = bySynonym(value, platforms);
      if (found !== undefined) hints.push({ from, value, ...found });
      else loose.push({ from, value });
    }
  }
  const named = byName(fileName, platforms);
  const platform = hints[0]?.platform ?? named;
  const others = [...hints.map((hint) => hint.platform), ...(named === undefined ? [] : [named])].filter(
    (other) => other !== platform,
  );
  if (platform !== undefined && others[0] !== undefined) {
    problems.push(
      blocks(
        'contradiction',
        `The file says ${platform.label} in one place and ${others[0].label} in another.`,
        'Make platform, type, action and the file name agree; one file is for one platform.',
      ),
    );
  }
  if (platform === undefined && problems.length === 0) {
    problems.push(blocks('no_platform', 'The file does not say where it should go.', remedy(platforms)));
  }
  const action = actionOf(platform, hints, loose, problems);
  const first = hints.find((hint) => hint.platform === platform);
  const acting = hints.find((hint) => hint.platform === platform && hint.action === action);
  const loosely = loose.find(({ value }) => platform !== undefined && actionIn(platform, wordOf(value)) === action);
  return {
    platform,
    action,
    problems,
    told: hints.length > 0,
    toldKind: hints.some(({ from }) => !from.startsWith('action')),
    named: named !== undefined,
    from: first?.from,
    actionFrom: acting?.from ?? loosely?.from,
  };
}

const remedy = (platforms: readonly Platform[]): string =>
  `Add a line like “platform: ${platforms[0]?.names[0] ?? 'name'}” to the front matter.`;

/** `linkedin, facebook` names two; `x/twitter` is one name in some files. */
const splitNames = (value: string, platforms: readonly Platform[]): readonly string[] =>
  platforms.some(({ names }) => names.includes(wordOf(value)))
    ? [value]
    : value.split(/[,;&+/|]|\sand\s/).filter((part) => part.trim() !== '');

/** A value that by itself names a platform, like `linkedin_post` or `tweet`: only one platform knows the word. */
function bySynonym(value: string, platforms: readonly Platform[]): Pick<Hint, 'platform' | 'action'> | undefined {
  const word = wordOf(value);
  const [first = '', ...rest] = word.split('_');
  const knowing = platforms.flatMap((platform) => {
    const known = actionIn(platform, word);
    return known === undefined ? [] : [{ platform, action: known }];
  });
  if (knowing.length === 1) return knowing[0];
  if (knowing.length > 1 || elsewhere.test(word)) return undefined;
  const named = platforms.find(
    ({ names }) => names.includes(word) || (first.length > 2 && rest.length > 0 && names.includes(first)),
  );
  return named === undefined ? undefined : { platform: named, action: undefined };
}

const actionIn = (platform: Platform, word: string): string | undefined =>
  Object.entries(platform.actions).find(([action, words]) => action === word || words.includes(word))?.[0];

/** The action within the platform: the one that is told, the platform's default when nothing is. */
function actionOf(
  platform: Platform | undefined,
  hints: readonly Hint[],
  loose: readonly { readonly from: string; readonly value: string }[],
  problems: Problem[],
): string {
  if (platform === undefined) return '';
  const told = new Set(
    hints.flatMap((hint) => (hint.platform === platform && hint.action !== undefined ? [hint.action] : [])),
  );
  for (const { from, value } of loose) {
    const word = wordOf(value);
    const known = actionIn(platform, word);
    if (known !== undefined) told.add(known);
    // `type` holds 106 different words in the wild and mostly says what the file is; `action` says what to do.
    else if ((from !== 'type' && !silent.includes(word)) || elsewhere.test(word)) {
      problems.push(
        blocks(
          'unknown_action',
          `“${strange(value, 60)}” is nothing ${platform.label} can do here.`,
          actionsRemedy(platform),
        ),
      );
    }
  }
  const special = [...told].filter((action) => action !== platform.defaultAction);
  if (special.length > 1) {
    problems.push(
      blocks('contradiction', `The file asks for ${special.join(' and ')} at once.`, 'Leave one action in the file.'),
    );
  }
  return special[0] ?? platform.defaultAction;
}

const actionsRemedy = (platform: Platform): string => `Use one of: ${Object.keys(platform.actions).join(', ')}.`;

/** By whole words at the beginning of the name; prefixes of one or two letters only in capitals. */
function byName(fileName: string, platforms: readonly Platform[]): Platform | undefined {
  const words = fileName.split(/[_\-\s.]+/).filter((word) => word !== '');
  let at = 0;
  while (leadingWords.includes((words[at] ?? '').toLowerCase())) at += 1;
  const word = words[at] ?? '';
  if (word.length <= 2 && (at > 0 || word !== word.toUpperCase())) return undefined;
  return platforms.find(({ filePrefixes }) => filePrefixes.includes(word.toLowerCase()));
}
