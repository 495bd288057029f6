/** Changes of cards that a channel wants to show a little later: only these wait, and whatever is newer goes at once. */
import type { CardRow } from '../domain/ledger-port.ts';
import type { Clock } from '../lib/clock.ts';

export type Resting = {
  readonly size: number;
  has(row: CardRow): boolean;
  /** Lets this change of the card rest for so long; then `wake` is called. */
  add(row: CardRow, seconds: number): void;
  stop(): void;
};

export function createResting(clock: Clock, wake: () => void): Resting {
  /** The hash that is not shown yet, by draft. */
  const changes = new Map<string, string>();
  const alarms = new Set<() => void>();
  return {
    get size() {
      return changes.size;
    },
    has: (row) => changes.get(row.draftId) === row.wantedHash,
    add(row, seconds) {
      changes.set(row.draftId, row.wantedHash);
      const cancel = clock.after(seconds * 1_000, () => {
        alarms.delete(cancel);
        if (changes.get(row.draftId) === row.wantedHash) changes.delete(row.draftId);
        wake();
      });
      alarms.add(cancel);
    },
    stop() {
      for (const cancel of alarms) cancel();
    },
  };
}
