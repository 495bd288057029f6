/**
 * What waits by itself in the line of one channel: a card that the channel refuses or wants to change a little later, the
 * notes of one draft. Everything else goes on. Known in memory only: after a restart each is tried once more, at once.
 */
import type { CardRow } from '../domain/ledger-port.ts';
import { backoff } from '../lib/backoff.ts';
import type { Clock } from '../lib/clock.ts';
import { strange } from '../lib/words.ts';
import type { Parts } from './parts.ts';

export type Resting = {
  has(key: string): boolean;
  /** Lets it rest for so long; then `wake` is called. */
  add(key: string, ms: number): void;
  /** Nothing rests any longer, and nobody is woken. */
  end(): void;
};

export function createResting(clock: Clock, wake: () => void): Resting {
  /** What ends the rest of a key. */
  const rests = new Map<string, () => void>();
  return {
    has: (key) => rests.has(key),
    add(key, ms) {
      rests.get(key)?.();
      // Ended by the timer alone: the clock may be set back meanwhile.
      const cancel = clock.after(ms, () => {
        rests.delete(key);
        wake();
      });
      rests.set(key, cancel);
    },
    end() {
      for (const cancel of rests.values()) cancel();
      rests.clear();
    },
  };
}

/** How long a card rests before its second try, and at most: refused by the far side, or failed in our own code. */
const waits = {
  refused: { firstMs: 60_000, longestMs: 3_600_000 },
  failed: { firstMs: 1_000, longestMs: 60_000 },
} as const;

type Unshown = { readonly hash: string; readonly tries: number; readonly since: Date; readonly words: string };

/** Cards that can't be shown as they are, and why; a card that changes is another one. */
export type Unshowable = {
  /** @returns for how many milliseconds it is to rest; longer each time */
  add(row: CardRow, why: keyof typeof waits, words: string): number;
  /** It is shown. */
  remove(draftId: string): void;
  /** All of them in a line for people, and since when; undefined when there is none. */
  trouble(): { readonly since: Date; readonly words: string } | undefined;
};

/** @param name the channel's, for the log: a card is said there once, until it changes */
export function createUnshowable({ clock, random, logger }: Parts, name: string): Unshowable {
  const cards = new Map<string, Unshown>();
  return {
    add(row, why, said) {
      const before = cards.get(row.draftId);
      const tries = before?.hash === row.wantedHash ? before.tries + 1 : 1;
      const words = `${strange(row.wanted.file, 120)}: ${said}`;
      if (tries === 1) logger.error(`${name} can’t show a card: ${words}`);
      cards.set(row.draftId, { hash: row.wantedHash, tries, since: before?.since ?? clock.now(), words });
      const { firstMs, longestMs } = waits[why];
      return backoff(tries, firstMs, longestMs, random.fraction());
    },
    remove: (draftId) => void cards.delete(draftId),
    trouble() {
      const [first] = cards.values();
      if (first === undefined) return undefined;
      const more = cards.size === 1 ? '' : ` (and ${cards.size - 1} more)`;
      return { since: first.since, words: `${first.words}${more}` };
    },
  };
}
