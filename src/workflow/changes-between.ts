import type { CardChange } from '../domain/card.ts';
import type { Effect } from '../domain/effect.ts';
import { lineDiff } from '../lib/line-diff.ts';
import { cut } from '../lib/words.ts';

const most = 40;

/**
 * What differs from what the last decision was about: whom it goes to, its subject, the lines of its text. Nothing to
 * compare means nothing to show: a text that came from nowhere did not change.
 */
export function changesBetween(before: Effect | undefined, now: Effect | undefined): readonly CardChange[] {
  if (before === undefined || now === undefined || before.text === '' || now.text === '') return [];
  const changes = [...lineDiff(headOf(before), headOf(now)), ...lineDiff(before.text, now.text)];
  return changes.slice(0, most).map((change) => ({ ...change, text: cut(change.text, 300) }));
}

const headOf = ({ to, cc, bcc, subject }: Effect): string =>
  [
    ...to.map((one) => `To: ${one}`),
    ...cc.map((one) => `Cc: ${one}`),
    ...bcc.map((one) => `Bcc: ${one}`),
    ...(subject === '' ? [] : [`Subject: ${subject}`]),
  ].join('\n');
