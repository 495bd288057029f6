/**
 * How old a tap may be. What it is about is judged by the revision it carries; but a tap that lay on record while
 * Countersign was off must not let something out hours later, when nobody thinks of it any more.
 */
import type { Message, Update } from 'grammy/types';

import type { Wish } from './wish.ts';

const oldestMs = 15 * 60_000;

/** An update as we keep it: with the instant it came, and as we hand it on: with the pieces an app cut off its text. */
export type KeptUpdate = Update & { readonly received_at?: number; readonly pieces?: readonly Message[] };

/** In words, why this tap does not count any more; empty when it does. Only what lets something out grows old. */
export function tooLate(ctx: { readonly update: KeptUpdate }, wish: Wish | undefined, now: Date): string {
  const { received_at: received } = ctx.update;
  if (received === undefined || now.getTime() - received <= oldestMs || !letsOut(wish)) return '';
  const minutes = Math.round((now.getTime() - received) / 60_000);
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
