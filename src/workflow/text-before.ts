import type { Decision } from '../domain/decision.ts';
import type { Revision } from '../domain/draft.ts';
import type { Effect } from '../domain/effect.ts';

/**
 * The text of before the newest edit, while that is the last thing that happened to what the draft says; undefined when
 * there is nothing to take back. A new picture stays: its file of before may be another by now.
 *
 * @param last the newest decision @param before what it was about
 */
export function textBefore(
  last: Decision | undefined,
  before: Effect | undefined,
  now: Revision | undefined,
): string | undefined {
  if (last?.verb !== 'edit' || before === undefined || now === undefined) return undefined;
  const { text } = before;
  return now.effect.text === last.reason && text !== last.reason && text.trim() !== '' ? text : undefined;
}
