import assert from 'node:assert/strict';
import { messageOf } from '../../src/lib/words.ts';

/**
 * Waits until `condition` gives a value that is neither undefined, null nor false, and returns it. For tests: wait for
 * a condition, never for a time. A throw inside counts as "not yet"; the last one is shown when time is up.
 */
export async function until<T>(
  condition: () => T | Promise<T>,
  what: string,
  timeoutMs = 30_000,
): Promise<Exclude<T, undefined | null | false>> {
  const deadline = performance.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const value = await condition();
      if (value !== undefined && value !== null && value !== false) {
        return value as Exclude<T, undefined | null | false>;
      }
      last = undefined;
    } catch (thrown) {
      last = thrown;
    }
    if (performance.now() > deadline) {
      assert.fail(`waited ${timeoutMs} ms in vain until ${what}${last === undefined ? '' : `: ${messageOf(last)}`}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
