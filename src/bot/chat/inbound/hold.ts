/** How long the next piece of a text is waited for that an app may have cut: the far side was asked, and the time is over. */
import type { Clock } from '../../../lib/clock.ts';

export type Hold = {
  /** @param id of the last piece that came */
  isOver(id: string, receivedAt: Date | undefined): boolean;
  /** The far side told what it has. */
  asked(): void;
  /** These are done. */
  forget(ids: readonly string[]): void;
};

/** The apps send the pieces at once. */
const pieceMs = 2_000;
/** Others may write all the time: after so many answers it is enough. */
const mostAsked = 20;

export function createHold(clock: Clock): Hold {
  const held = new Map<string, { readonly from: number; asked: number }>();
  return {
    isOver(id, receivedAt) {
      const now = clock.now().getTime();
      // Also what lay here while we were off: its other piece may still lie at the far side.
      const one = held.get(id) ?? { from: receivedAt?.getTime() ?? now, asked: 0 };
      held.set(id, one);
      return one.asked >= mostAsked || (one.asked > 0 && now - one.from >= pieceMs);
    },
    asked() {
      for (const one of held.values()) one.asked += 1;
    },
    forget(ids) {
      for (const id of ids) held.delete(id);
    },
  };
}
