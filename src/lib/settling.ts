import type { BigIntStats } from 'node:fs';

/** How long a file written in place must have been quiet: editors pause between truncating and writing. */
const quietMs = 750;

/**
 * How long until a regular file counts as complete, judged by its times alone: 0 when it does. Moving a file in touches
 * only ctime, writing touches both alike: so ctime after mtime means it arrived whole. Otherwise it must have been quiet
 * for a while. A writer that pauses longer defeats this rule, as any rule by time.
 *
 * @returns milliseconds
 */
export function msUntilSettled(stats: BigIntStats, nowMs: number): number {
  if (stats.ctimeNs > stats.mtimeNs) return 0;
  const age = nowMs - Number(stats.mtimeNs / 1_000_000n);
  // A time in the future (another machine's clock) says nothing; waiting for it could take for ever.
  return age < 0 ? 0 : Math.max(0, quietMs - age);
}
