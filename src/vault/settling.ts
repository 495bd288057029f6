import type { BigIntStats } from 'node:fs';

/** How long a file written in place must have been quiet: editors pause between truncating and writing. */
const quietMs = 750;
/** A second name for the same file is what our own move looks like for an instant. */
const secondNameMs = 2_000;

export type Settling =
  | { readonly kind: 'settled' }
  | { readonly kind: 'wait'; readonly afterMs: number; readonly words: string }
  | { readonly kind: 'odd'; readonly words: string };

const settled: Settling = { kind: 'settled' };

/**
 * Whether a regular file is complete, judged by its times alone. Moving a file in touches only ctime, writing touches
 * both alike: so ctime after mtime means it arrived whole. Otherwise it must have been quiet for a while. A writer that
 * pauses longer defeats this rule, as any rule by time; the content hash on the decision makes that harmless.
 */
export function settlingOf(stats: BigIntStats, nowMs: number): Settling {
  if (stats.nlink > 1n) {
    const left = secondNameMs - (nowMs - Number(stats.ctimeNs / 1_000_000n));
    return left > 0
      ? { kind: 'wait', afterMs: Math.min(left, 100), words: 'It is being moved.' }
      : { kind: 'odd', words: 'The same file also exists under another name (a hard link).' };
  }
  if (stats.ctimeNs > stats.mtimeNs) return settled;
  const age = nowMs - Number(stats.mtimeNs / 1_000_000n);
  // A time in the future (another machine's clock) says nothing; waiting for it could take for ever.
  if (age < 0 || age >= quietMs) return settled;
  return { kind: 'wait', afterMs: quietMs - age, words: 'It is being written.' };
}
