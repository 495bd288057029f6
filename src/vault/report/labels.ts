import type { Effect } from '../../domain/effect.ts';
import type { Platform } from '../../domain/platform.ts';
import { actOf, meaningOf } from '../reading/acts.ts';

/** What a person says about a file: its text, that a person must choose, or that nothing in it is to be published. */
export type Label = {
  readonly publish: boolean;
  /** undefined when nothing is to be published, or a person must choose. */
  readonly text: string | undefined;
  readonly channel: string;
  readonly flags: readonly string[];
};

export type Labels = ReadonlyMap<string, Label>;

/** One JSON object per line: `path`, `label` (`publish` or `none`), `text`, `channel`, `flags`. */
export function parseLabels(
  content: string,
): { readonly kind: 'labels'; readonly labels: Labels } | { readonly kind: 'bad'; readonly line: number } {
  const labels = new Map<string, Label>();
  for (const [index, line] of content.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const told = parsed(line);
    const path = told?.['path'];
    const label = told?.['label'];
    if (told === undefined || typeof path !== 'string' || (label !== 'publish' && label !== 'none')) {
      return { kind: 'bad', line: index + 1 };
    }
    const text = told['text'];
    const flags = told['flags'];
    labels.set(withoutFiles(path), {
      publish: label === 'publish',
      text: label === 'publish' && typeof text === 'string' ? text : undefined,
      channel: typeof told['channel'] === 'string' ? told['channel'] : '',
      flags: Array.isArray(flags) ? flags.filter((flag) => typeof flag === 'string') : [],
    });
  }
  return { kind: 'labels', labels };
}

/** Paths count from the folder `files`, named or not. */
export const withoutFiles = (path: string): string => path.replace(/^(?:\.\/)?(?:files\/)?/, '');

function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether what would leave goes where the label says, as what it says: `linkedin_comment`, `email`. A channel that is no
 * platform here (WhatsApp) is right where the file goes nowhere; several at once (`multi`) are for a person to judge.
 */
export function isLabelledKind(
  { channel }: Label,
  { platform, action }: Pick<Effect, 'platform' | 'action'>,
  platforms: readonly Platform[],
): boolean {
  if (channel === '' || channel === 'multi' || platform === '') return true;
  const { platforms: named, words } = actOf(channel, platforms);
  const wanted = named.find(({ id }) => id === platform);
  if (wanted === undefined) return false;
  const [told] = meaningOf(words, wanted).actions;
  // A mail that answers one is still a mail.
  return wanted.addressed || action === (told ?? wanted.defaultAction);
}
