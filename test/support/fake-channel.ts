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

/** @param watch called with every card at the very moment it is shown */
export function createFakeChannel(name: string, watch: (card: Card) => void = () => undefined): FakeChannel {
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
      if (ref === undefined) sent += 1;
      const at = ref ?? `message-${sent}`;
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
