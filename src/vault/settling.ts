import type { BigIntStats } from 'node:fs';
import { msUntilSettled } from '../lib/settling.ts';

/** A second name for the same file is what our own move looks like for an instant. */
const secondNameMs = 2_000;

export type Settling =
  | { readonly kind: 'settled' }
  | { readonly kind: 'wait'; readonly afterMs: number; readonly words: string }
  | { readonly kind: 'odd'; readonly words: string };

/** Whether a draft is complete. Where that is judged wrongly, the content hash on the decision makes it harmless. */
export function settlingOf(stats: BigIntStats, nowMs: number): Settling {
  if (stats.nlink > 1n) {
    const left = secondNameMs - (nowMs - Number(stats.ctimeNs / 1_000_000n));
    return left > 0
      ? { kind: 'wait', afterMs: Math.min(left, 100), words: 'It is being moved.' }
      : { kind: 'odd', words: 'The same file also exists under another name (a hard link).' };
  }
  const afterMs = msUntilSettled(stats, nowMs);
  return afterMs === 0 ? { kind: 'settled' } : { kind: 'wait', afterMs, words: 'It is being written.' };
}
