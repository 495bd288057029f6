/**
 * How old a tap may be. What it is about is judged by the revision it carries; but a tap that lay on record while
 * Countersign was off must not let something out hours later, when nobody thinks of it any more.
 */
import type { Press } from '../messenger.ts';
import type { Wish } from './action.ts';

const oldestMs = 15 * 60_000;

/** In words, why this tap does not count any more; empty when it does. Only what lets something out grows old. */
export function tooLate({ receivedAt }: Pick<Press, 'receivedAt'>, wish: Wish | undefined, now: Date): string {
  const age = receivedAt === undefined ? 0 : now.getTime() - receivedAt.getTime();
  if (age <= oldestMs || !letsOut(wish)) return '';
  const minutes = Math.round(age / 60_000);
  return `Your tap reached me ${minutes} minutes ago, but I was off and did not act on it. Please look and tap again.`;
}

function letsOut(wish: Wish | undefined): boolean {
  switch (wish?.kind) {
    case 'draft':
      return wish.verb === 'approve' || wish.verb === 'retry';
    case 'sure':
    case 'slot':
    case 'batch_yes':
    case 'set_approve':
    case 'resume':
      return true;
    case 'time':
      return wish.what === 'approve';
    default:
      return false;
  }
}
