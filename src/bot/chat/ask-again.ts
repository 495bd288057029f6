/**
 * After a gap: the cards that wait come once more, below everything, so that nobody has to look for those whose taps
 * were lost. A few of them; the others go into the digest. The core takes the buttons off the old ones. One that was
 * sent a moment ago stays: no tap on it can be lost, and somebody may be tapping on it.
 */
import type { Door } from '../../domain/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import { tapLifeMs } from './digest/away.ts';
import type { Cards } from './show-card.ts';
import type { Digest } from './digest/digest.ts';
import { isWaiting, needsCard } from './waiting.ts';
import type { Places } from './waiting.ts';

const most = 3;

/** @param from 0: there is no digest, so the others stay where they are */
export function createAskAnew(parts: {
  door: Door;
  places: Places;
  cards: Cards;
  digest: Digest;
  from: number;
  anew: (keys: readonly string[]) => Promise<void>;
  clock: Clock;
}): () => Promise<void> {
  const { door, places, cards, digest, from, anew, clock } = parts;
  const isFresh = (key: string): boolean => {
    const ms = clock.now().getTime() - (cards.sentAt(key)?.getTime() ?? Number.NEGATIVE_INFINITY);
    return ms >= 0 && ms < tapLifeMs;
  };
  return async () => {
    const where = await places.waiting();
    const own = (await door.cards(0)).filter(
      (card) => isWaiting(card) && where.get(card.key) === 'own' && !isFresh(card.key),
    );
    const sorted = own.toSorted((a, b) => Number(needsCard(b)) - Number(needsCard(a)));
    const again = sorted.slice(0, most);
    const others = from === 0 ? [] : sorted.slice(most).filter((card) => !needsCard(card));
    // A crash in between leaves a card where it is: whatever shows it next takes it out of the digest again.
    for (const card of others) await places.keep(card, 'digest');
    for (const { key } of again) cards.hush(key);
    await digest.moveBelow();
    await anew([...others, ...again].map(({ key }) => key));
  };
}
