/** Deals names in turn, so that a short run has each of them: one that was dealt least, and among those any. */
import type { Dice } from '../support/walk-person.ts';

export type Turns<T extends string> = {
  /** @param among only of these; all of them when left out */
  next(among?: readonly T[]): T;
  /** It came to nothing: it is due again. */
  giveBack(name: T): void;
};

export function createTurns<T extends string>(names: readonly [T, ...T[]], dice: Dice): Turns<T> {
  const dealt = new Map<T, number>();
  const times = (name: T) => dealt.get(name) ?? 0;
  return {
    next(among = names) {
      const least = Math.min(...among.map(times));
      const name = dice.oneOf(among.filter((one) => times(one) === least)) ?? names[0];
      dealt.set(name, times(name) + 1);
      return name;
    },
    giveBack: (name) => void dealt.set(name, times(name) - 1),
  };
}
