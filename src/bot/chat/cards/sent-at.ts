/** When each draft's newest message was sent in this run. */
import type { Clock } from '../../../lib/clock.ts';

export type SentAt = { note(key: string): void; of(key: string): Date | undefined };

const mostKept = 1_000;

export function createSentAt(clock: Clock): SentAt {
  const sent = new Map<string, Date>();
  return {
    note(key) {
      sent.delete(key);
      sent.set(key, clock.now());
      const oldest = sent.keys().next().value;
      if (sent.size > mostKept && oldest !== undefined) sent.delete(oldest);
    },
    of: (key) => sent.get(key),
  };
}
