/**
 * Which waiting drafts stand at a card of their own and which only the digest leads to. Worked out once per run from
 * the record and what was remembered, then kept up to date: the core tells a channel of every change of a card.
 */
import type { Card } from '../../domain/card.ts';
import type { Door } from '../../domain/ports.ts';
import type { Messenger } from './messenger.ts';
import { cardHere } from './places.ts';
import type { Remembered } from './memory/memory.ts';

/** At a card of its own, or only in the digest. */
export type CardPlace = 'own' | 'digest';

export type Places = {
  /** Whether this card, wanted anew, goes into the digest. */
  takes(card: Card): Promise<boolean>;
  /** It stands there now; remembered before anybody else is told. @returns whether it began to wait there */
  keep(card: Card, place: CardPlace): Promise<boolean>;
  /** Waiting drafts with a place. */
  waiting(): Promise<ReadonlyMap<string, CardPlace>>;
  /** Whether it was looked at in this run: until then nothing joined the digest. */
  isKnown(): boolean;
};

/** What waits for a person. */
export const isWaiting = ({ mood }: Pick<Card, 'mood'>): boolean => isQuestion({ mood }) || mood === 'unknown';

const isQuestion = ({ mood }: Pick<Card, 'mood'>): boolean =>
  mood === 'asks' || mood === 'blocked' || mood === 'nothing';

/** What a person must see at once, however many wait: it did not go out, nobody knows, or it is stuck on the way. */
export const needsCard = ({ mood, verbs }: Pick<Card, 'mood' | 'verbs'>): boolean =>
  mood === 'failed' || mood === 'unknown' || verbs.includes('retry');

/** @param from so many may wait at cards of their own; 0: all */
export function createPlaces(parts: {
  door: Door;
  messenger: Messenger;
  remembered: Remembered;
  from: number;
}): Places {
  const { door, remembered, from } = parts;
  let known: Promise<Map<string, CardPlace>> | undefined;

  const read = async (): Promise<Map<string, CardPlace>> => {
    const places = new Map<string, CardPlace>();
    for (const card of (await door.cards(0)).filter(isWaiting)) {
      if (await remembered.held(card.key)) places.set(card.key, 'digest');
      else if ((await cardHere(parts, card.key)) !== undefined) places.set(card.key, 'own');
    }
    return places;
  };
  const waiting = async (): Promise<Map<string, CardPlace>> => {
    known ??= read();
    try {
      return await known;
    } catch (thrown) {
      known = undefined;
      throw thrown;
    }
  };

  return {
    waiting,
    isKnown: () => known !== undefined,
    async takes(card) {
      // What is on its way or over needs no message; one that had none gets none.
      if (!isQuestion(card)) return !needsCard(card) && (await remembered.held(card.key));
      const places = from > 0 || known !== undefined ? await waiting() : new Map<string, CardPlace>();
      const now = places.get(card.key);
      return now === undefined ? from > 0 && places.size >= from : now === 'digest';
    },
    async keep(card, place) {
      // Read before it is remembered: whoever reads later finds it there.
      const places = known === undefined && place === 'own' ? undefined : await waiting();
      await remembered.keepHeld(card.key, place === 'digest');
      if (places === undefined) return false;
      const before = places.get(card.key);
      if (isWaiting(card)) places.set(card.key, place);
      else places.delete(card.key);
      return isWaiting(card) && place === 'digest' && before !== 'digest';
    },
  };
}
