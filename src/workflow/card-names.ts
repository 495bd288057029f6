/** What the card of a draft is called: what it is, as which account it goes, and which one it is among others. Pure. */
import type { Card } from '../domain/card.ts';
import type { Draft } from '../domain/draft.ts';
import type { Effect } from '../domain/effect.ts';
import type { Platform } from '../domain/platform.ts';
import { strange } from '../lib/words.ts';

type Named = {
  readonly draft: Draft;
  /** Undefined while nothing can be read. */
  readonly effect: Effect | undefined;
  readonly platform: Platform | undefined;
};

export function cardNames(named: Named): Pick<Card, 'noun' | 'account' | 'action' | 'headline' | 'title'> {
  const { draft, effect, platform } = named;
  const account = effect?.account ?? '';
  const action = effect?.action || platform?.defaultAction;
  const noun = platform === undefined ? 'Draft' : nounOf(platform, action ?? '');
  return {
    noun,
    ...(account === '' ? {} : { account }),
    ...(platform === undefined ? {} : { action: `${platform.id}/${action}` }),
    headline: headlineOf(named),
    title: `${noun} · ${strange(account === '' ? draft.file.path : account, 80)}`,
  };
}

const nounOf = (platform: Platform, action: string): string =>
  action === platform.defaultAction ? platform.noun : `${platform.label} ${actionWords(platform, action)}`;

/** What the platform can't do may be anything: the file said it. */
const actionWords = (platform: Platform, action: string): string =>
  Object.hasOwn(platform.actions, action) ? action.replaceAll('_', ' ') : strange(action, 40);

/** Whom it is for, if anybody, and its subject or first words; the file where there is neither. */
function headlineOf({ draft, effect, platform }: Named): string {
  const words = effect?.subject || effect?.text || '';
  const parts = [recipientOf(effect, platform), strange(words, 80)].filter((part) => part !== '');
  return parts.length === 0 ? strange(draft.file.path, 80) : parts.join(' · ');
}

function recipientOf(effect: Effect | undefined, platform: Platform | undefined): string {
  if (effect === undefined) return '';
  const [first = '', ...others] = effect.to;
  if (first !== '') return `${strange(first, 60)}${others.length === 0 ? '' : ` and ${others.length} more`}`;
  return platform?.direct?.includes(effect.action) === true ? strange(effect.target, 60) : '';
}
