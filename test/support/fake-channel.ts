import type { Card, Note } from '../../src/domain/card.ts';
import type { Channel } from '../../src/domain/ports.ts';

/** A chat in memory: shows cards, keeps notes, and can be down. */
export type FakeChannel = Channel & {
  /** Newest card per draft key, as people see it. */
  card(key: string): Card | undefined;
  readonly cards: ReadonlyMap<string, Card>;
  readonly notes: readonly Note[];
  /** How many messages were newly sent (not rewritten). */
  sent(): number;
  down(isDown: boolean): void;
};

/**
 * @param watch called with every card at the very moment it is shown
 * @param digestFrom when so many wait, a further question gets no message of its own: people find it in a list; 0: never
 */
export function createFakeChannel(
  name: string,
  watch: (card: Card) => void = () => undefined,
  digestFrom = 0,
): FakeChannel {
  const places = new Map<string, 'own' | 'list'>();
  const listed = (card: Card, ref: string | undefined): boolean => {
    if (ref !== undefined) return ref.startsWith('list/') && !needsMessage(card);
    const place = places.get(card.key);
    if (!isQuestion(card) || digestFrom === 0) return false;
    return place === undefined ? places.size >= digestFrom : place === 'list';
  };
  const shown = new Map<string, { card: Card; ref: string }>();
  const cards = new Map<string, Card>();
  const notes: Note[] = [];
  let sent = 0;
  let isDown = false;
  return {
    name,
    start: async () => undefined,
    stop: async () => undefined,
    async show(card, ref) {
      if (isDown) return { kind: 'later', afterSeconds: 1, words: 'down' };
      watch(card);
      const inList = listed(card, ref);
      const anew = !inList && (ref === undefined || ref.startsWith('list/'));
      if (anew) sent += 1;
      const at = inList ? `list/${card.key}` : anew || ref === undefined ? `message-${sent}` : ref;
      if (isQuestion(card) || card.mood === 'unknown') places.set(card.key, inList ? 'list' : 'own');
      else places.delete(card.key);
      shown.set(at, { card, ref: at });
      cards.set(card.key, card);
      return { kind: 'shown', ref: at };
    },
    async retire(ref) {
      shown.delete(ref);
    },
    async say(note) {
      if (isDown) return { kind: 'later', afterSeconds: 1, words: 'down' };
      notes.push(note);
      return { kind: 'said' };
    },
    health: () => ({ part: name, standing: 'well', since: new Date(0), lastSuccess: undefined, words: '' }),
    card: (key) => cards.get(key),
    cards,
    notes,
    sent: () => sent,
    down(value) {
      isDown = value;
    },
  };
}

const isQuestion = ({ mood }: Card): boolean => mood === 'asks' || mood === 'blocked' || mood === 'nothing';
/** What a person must see at once: it did not go out, nobody knows, or it is stuck. */
export const needsMessage = ({ mood, verbs }: Card): boolean =>
  mood === 'failed' || mood === 'unknown' || verbs.includes('retry');
