/**
 * What is done with a text on its platform: the ordinary post only where nothing says something else. A private message,
 * a reply, a story are what they are, or nothing that can go out from here.
 */
import type { Platform } from '../../domain/platform.ts';
import { blocks } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';
import { strange } from '../../lib/words.ts';
import { elsewhere, kindKeys, otherForms, otherMailActs, threadWords } from './act-words.ts';
import { actOf, answering, isForm, meaningOf, wordOf } from './acts.ts';
import type { Layout } from './layout.ts';
import { answersOf } from './target.ts';

/** A value that names the platform, and its other words. */
export type Hint = {
  readonly from: string;
  readonly value: string;
  readonly platform: Platform;
  readonly words: readonly string[];
};

/** A value of `action` or `type` that names none. */
export type Loose = Pick<Hint, 'from' | 'value' | 'words'>;

type Parts = {
  readonly platform: Platform | undefined;
  readonly hints: readonly Hint[];
  readonly loose: readonly Loose[];
  readonly layout: Layout;
  /** Words of the file's name behind the platform. */
  readonly nameWords: readonly string[];
};

export type Acting = {
  readonly action: string;
  readonly actionFrom: string | undefined;
  readonly plainPost: boolean;
  readonly thread: boolean;
  readonly problems: readonly Problem[];
};

/** What was said, where, and which word of it the platform can't do. */
type Said = {
  readonly from: string;
  readonly value: string;
  readonly actions: readonly string[];
  readonly unknown: string | undefined;
};

/** Values of `action` that name no action, beside the plain words: `action: message` on a mail. */
const silent = ['file', 'info', 'notification'];

export function actionOf(parts: Parts): Acting {
  const { platform, hints, loose } = parts;
  if (platform === undefined) {
    return { action: '', actionFrom: undefined, plainPost: false, thread: false, problems: [] };
  }
  const said = [
    ...hints.filter((hint) => hint.platform === platform).map((hint) => saidBy(hint, platform, true)),
    ...loose.map((one) => saidBy(one, platform, false)),
    ...saidElsewhere(parts, platform),
  ];
  const plainPost = said.some(
    ({ from, actions, unknown }) =>
      unknown === undefined && ['action', 'action_type', 'type'].includes(from) && isDefault(actions, platform),
  );
  const all = plainPost ? said : [...said, ...saidByName(parts.nameWords, platform), ...saidByTitle(parts, platform)];
  const thread = [...hints, ...loose].some(({ words }) => words.some((word) => threadWords.includes(word)));
  const special = [...new Set(all.flatMap(({ actions }) => actions))].filter(
    (action) => action !== platform.defaultAction,
  );
  const unknown = all.filter((one) => one.unknown !== undefined);
  const problems: Problem[] = unknown.slice(0, 2).map(({ value }) => unknownAct(value, platform));
  if (special.length > 1) {
    problems.push(
      blocks('contradiction', `The file asks for ${special.join(' and ')} at once.`, 'Leave one action in the file.'),
    );
  }
  const answers = platform.addressed ? undefined : answersOf(parts.layout);
  const [answer] = platform.targeted?.filter((action) => platform.direct?.includes(action) !== true) ?? [];
  if (answers !== undefined && special.length === 0 && unknown.length === 0 && answer === undefined) {
    problems.push(unknownAct(`reply to ${answers.value}`, platform));
  }
  const named = special[0] ?? unknown[0]?.unknown ?? (answers === undefined ? undefined : (answer ?? 'reply'));
  const action = named ?? platform.defaultAction;
  const actionFrom = all.find((one) => one.actions.includes(action) || one.unknown === action)?.from;
  return { action, actionFrom, plainPost: plainPost && named === undefined, thread, problems };
}

const isDefault = (actions: readonly string[], platform: Platform): boolean =>
  actions.every((action) => action === platform.defaultAction);

/** @param named whether the value names the platform: then every word in it must be known */
function saidBy({ from, value, words }: Loose, platform: Platform, named: boolean): Said {
  const { actions, unknown } = meaningOf(words, platform);
  const said = (word: string | undefined): Said => ({ from, value, actions, unknown: word });
  if (elsewhere.test(wordOf(value))) return said(words.find((word) => elsewhere.test(word)) ?? 'other');
  if (from !== 'type' || (named && !platform.addressed)) return said(unknown.find((word) => !silent.includes(word)));
  // `type` holds 106 different words in the wild and mostly says what the file is; only some say what is done with it.
  if (platform.addressed) return said(unknown.find((word) => otherMailActs.includes(word)));
  const other = [...answering(words), ...(isForm(words, platform) ? words : [])];
  return said(other.find((word) => unknown.includes(word)));
}

/** Other keys and lines of the body that say what kind of text it is; any word may stand there. */
function saidElsewhere({ layout }: Parts, platform: Platform): readonly Said[] {
  if (platform.addressed) return [];
  const keyed = layout.fields
    .keys((name) => kindKeys.includes(name))
    .flatMap((from) => layout.fields.key(from).map((value) => ({ from, value })));
  const written = layout.written.filter(({ key }) => key === 'kind').map(({ value }) => ({ from: '', value }));
  return [...keyed, ...written].flatMap(({ from, value }) => {
    const { words } = actOf(value, [platform]);
    const telling = [...answering(words), ...(isForm(words, platform) && from !== '' ? words : [])];
    if (telling.length === 0) return [];
    const { actions, unknown } = meaningOf(telling, platform);
    return [{ from, value, actions, unknown: unknown[0] }];
  });
}

/** `LINKEDIN_MESSAGE_ann.md`: the words right behind the platform, as far as they are plain. */
function saidByName(nameWords: readonly string[], platform: Platform): readonly Said[] {
  if (platform.addressed) return [];
  for (const word of nameWords) {
    const { actions, unknown } = meaningOf([word], platform);
    const isOther = answering([word]).length > 0 || otherForms.includes(word);
    if (isOther || (actions.length > 0 && !isDefault(actions, platform))) {
      return [{ from: '', value: word, actions, unknown: unknown[0] }];
    }
    if (unknown.length > 0) return [];
  }
  return [];
}

/** `# LinkedIn Message Draft`: the title of the file, as far as its dash or colon. */
function saidByTitle({ layout }: Parts, platform: Platform): readonly Said[] {
  const title = layout.headings[0];
  if (platform.addressed || title === undefined || title.quoted) return [];
  const value = title.title.split(/\s[-–—|]{1,2}\s|:\s/)[0] ?? '';
  const { platforms, words } = actOf(value, [platform]);
  const telling = answering(words);
  if (platforms.length === 0 || telling.length === 0 || words.length > 5) return [];
  const { actions, unknown } = meaningOf(telling, platform);
  return [{ from: '', value, actions, unknown: unknown[0] }];
}

/** What a heading over a text says is done with it, where that is no post of its own; undefined for a post. */
export function actionOfHeading(title: string, platform: Platform, plainPost: boolean): string | undefined {
  const words = actOf(title, [platform]).words.filter((word) =>
    /^(?:comment|comments|reply|replies|response)$/.test(word),
  );
  // A model's “Generated Response” may be the post that was asked for.
  const [word] = plainPost ? words.filter((one) => one !== 'response') : words;
  return word === undefined ? undefined : (meaningOf([word], platform).actions[0] ?? word);
}

export const unknownAct = (value: string, platform: Platform): Problem =>
  blocks(
    'unknown_action',
    `“${strange(value, 60)}” is nothing ${platform.label} can do here.`,
    `Use one of: ${Object.keys(platform.actions).join(', ')}.`,
  );
