/**
 * Being away: a chat keeps a tap for 150 seconds at least, some no longer, so after a longer silence nobody can know whether a tap was
 * lost. The bot says from when to when, and leads to what waits.
 */
import { button } from '../buttons/button.ts';
import type { Door } from '../../../domain/ports.ts';
import type { Clock } from '../../../lib/clock.ts';
import { localMoment } from '../../../lib/local-time.ts';
import type { Messenger } from '../messenger.ts';
import { homeOf, sendTo } from '../places.ts';
import { aboutAll } from '../routing.ts';
import { isWaiting } from '../waiting.ts';
import type { Remembered } from '../memory/memory.ts';
import { richText } from '../text/text.ts';
import { encodeWish } from '../buttons/action.ts';

/** How long a tap is surely kept. */
export const tapLifeMs = 150_000;
/** Every write is synced to disk: the last sign of life is written this often, and exactly at an orderly stop. */
const writeEveryMs = 120_000;

export type Away = {
  /** A poll succeeded. */
  heard(): Promise<void>;
  /** The end of listening. */
  leave(): Promise<void>;
};

/** @param askAnew sends the cards that wait once more, below what was said */
export function createAway(parts: {
  door: Door;
  messenger: Messenger;
  remembered: Remembered;
  askAnew: () => Promise<void>;
  /** Resolves when what came in time was acted on: it counts before anything is said. */
  settled: () => Promise<void>;
  clock: Clock;
}): Away {
  const { remembered, clock } = parts;
  let last: Date | undefined;
  let written: Date | undefined;

  const write = async (at: Date): Promise<void> => {
    written = at;
    await remembered.keepHeard(at);
  };

  return {
    async heard() {
      const now = clock.now();
      const before = last ?? (await remembered.heard());
      last = now;
      if (written === undefined || Math.abs(now.getTime() - written.getTime()) >= writeEveryMs) await write(now);
      const gap = before === undefined ? 0 : now.getTime() - before.getTime();
      if (before === undefined || gap <= tapLifeMs || (await homeOf(parts.messenger)) === '') return;
      await parts.settled();
      await sayAway(parts, before, now);
      await parts.askAnew();
    },
    async leave() {
      if (last !== undefined) await write(last);
    },
  };
}

/** Without a sound: nothing has to be done but, perhaps, to tap again. Best effort. */
async function sayAway(parts: { door: Door; messenger: Messenger }, from: Date, to: Date): Promise<void> {
  const waiting = (await parts.door.cards(0)).filter(isWaiting).length;
  const words = `I was away from ${localMoment(from, to)} to ${localMoment(to, to)}. Taps in that time may not have reached me.`;
  const waits = waiting === 0 ? '' : ` ${waiting === 1 ? 'One draft waits' : `${waiting} drafts wait`} for you.`;
  const review = button('▶ Review', encodeWish({ kind: 'review' }));
  const rows = waiting === 0 ? [] : [{ buttons: [review] }];
  await sendTo(parts.messenger, aboutAll, richText(words + waits), { rows, silent: true });
}
