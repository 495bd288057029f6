/** What the page remembers until the next start: the latest notes, and answers that wait for the page that shows them. */
import type { Note } from '../../domain/card.ts';
import type { Verdict } from '../../domain/decision.ts';
import type { Clock } from '../../lib/clock.ts';

export type KeptNote = Note & { readonly number: number; readonly at: Date };

export type Notes = {
  keep(note: Note): void;
  /** Newest first. */
  latest(): readonly KeptNote[];
};

const keptNotes = 50;

/** Keeps the last 50. */
export function createNotes(clock: Clock): Notes {
  let kept: readonly KeptNote[] = [];
  let count = 0;
  return {
    keep(note) {
      count += 1;
      kept = [{ ...note, number: count, at: clock.now() }, ...kept].slice(0, keptNotes);
    },
    latest: () => kept,
  };
}

export type PageAnswers = {
  /** @returns what to put into `?said=` of the page that shows it */
  put(verdict: Verdict): string;
  /** Once: a page loaded again does not repeat an old answer. */
  take(number: string): Verdict | undefined;
};

/**
 * Words never travel in an address, only a number: otherwise a link could make our page say anything. Answers nobody
 * came for are dropped after 50 newer ones.
 */
export function createAnswers(): PageAnswers {
  const waiting = new Map<string, Verdict>();
  let count = 0;
  return {
    put(verdict) {
      count += 1;
      waiting.set(String(count), verdict);
      waiting.delete(String(count - keptNotes));
      return String(count);
    },
    take(number) {
      const verdict = waiting.get(number);
      waiting.delete(number);
      return verdict;
    },
  };
}
