/**
 * A draft on its way is read some times within a moment: when it is found, when it is settled, and before it leaves. The
 * bytes are read each time; what the same bytes say is worked out once.
 */
import type { Platform } from '../domain/platform.ts';
import type { Clock } from '../lib/clock.ts';
import { readDraft } from './reading/read-draft.ts';
import type { Read } from './reading/read-draft.ts';

/** What a file says depends on the hour too (a schedule, an expiry), so it is never kept for long. */
const goodForMs = 1_000;
const mostKept = 32;

/** `hash` is of the bytes the text was decoded from. Otherwise as `readDraft`. */
export type ReadRecently = (hash: string, text: string, fileName: string, picked: string | undefined) => Read;

export function createRecentReadings(parts: {
  readonly platforms: readonly Platform[];
  readonly clock: Clock;
}): ReadRecently {
  const { platforms, clock } = parts;
  const kept = new Map<string, { readonly at: number; readonly read: Read }>();

  return (hash, text, fileName, picked) => {
    const now = clock.now();
    const key = JSON.stringify([hash, fileName, picked]);
    const before = kept.get(key);
    const age = now.getTime() - (before?.at ?? Number.NEGATIVE_INFINITY);
    // A clock that was set back makes nothing young again.
    if (before !== undefined && age >= 0 && age < goodForMs) return before.read;
    const read = readDraft(text, fileName, platforms, now, picked);
    kept.delete(key);
    kept.set(key, { at: now.getTime(), read });
    const oldest = kept.keys().next().value;
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return read;
  };
}
