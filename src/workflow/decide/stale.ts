/** A tap on a card that shows another version than the one on offer: nothing counts, and the card comes anew. */
import type { Verdict } from '../../domain/decision.ts';
import type { Parts } from '../parts.ts';
import { presentAnew } from '../present.ts';
import { refused } from './words.ts';

/** @param isOldForm the button is one of an earlier version: it names the same text, but by something that can be forged */
export async function stale(parts: Parts, draftId: string, isOldForm = false): Promise<Verdict> {
  await presentAnew(parts, draftId);
  return refused(
    'stale',
    isOldForm
      ? 'That card is from before an update, so its buttons no longer count. Here it is anew.'
      : 'This draft changed. Here is the new version.',
  );
}
