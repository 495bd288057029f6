/**
 * Of cards of one idea that come within moments only the last message makes a sound: the one below them. Whoever is owed
 * that sound and does not get it, because nothing is left to be decided at once, hears it all the same.
 */
import type { Card } from '../../../domain/card.ts';
import type { Door } from '../../../domain/ports.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { SetMark } from '../memory/set-rows.ts';
import { richText } from '../text/text.ts';
import { candidatesAmong } from './members.ts';
import type { Messenger } from '../messenger.ts';
import { cardHere, placeOfCard } from '../places.ts';
import type { Places } from '../waiting.ts';
import type { Quiet } from '../sound/quiet.ts';
import type { Remembered } from '../memory/memory.ts';

export type SetSound = {
  speaksFor(card: Card): Promise<boolean>;
  /** Keys of those that came without a sound and were not heard since. */
  owed(id: string): ReadonlySet<string>;
  /**
   * The message stands as it should.
   * @param asks whether it is there and asks about several
   */
  settle(id: string, cards: readonly Card[], asks: boolean): Promise<void>;
};

/** Many cards in a row must not read everything that waits each time. */
const freshMs = 1_000;

type SoundParts = {
  readonly door: Door;
  readonly places: Places;
  readonly messenger: Messenger;
  readonly remembered: Remembered;
  readonly quiet: Quiet;
  readonly clock: Clock;
  /** So many drafts wait at cards of their own; 0: all. */
  readonly from: number;
};

export function createSetSound(parts: SoundParts, marks: () => Promise<readonly SetMark[]>): SetSound {
  const { door, places, messenger, remembered, quiet, clock, from } = parts;
  const silenced = new Map<string, Set<string>>();
  let recent: { readonly at: number; readonly cards: readonly Card[] } | undefined;

  async function waiting(): Promise<readonly Card[]> {
    const now = clock.now().getTime();
    const isFresh = recent !== undefined && recent.at <= now && now - recent.at < freshMs;
    recent = isFresh ? recent : { at: now, cards: await door.cards(0) };
    return recent?.cards ?? [];
  }

  /** Whether one of these has its own card, or will: others wait in the digest and are not decided about here. */
  async function haveCards(others: readonly Card[]): Promise<boolean> {
    if (from === 0) return others.length > 0;
    const now = await places.waiting();
    return others.some(({ key }) => now.get(key) === 'own') || (others.length > 0 && now.size + 2 <= from);
  }

  return {
    async speaksFor(card) {
      const { set, key } = card;
      if (set === undefined || card.mood !== 'asks') return false;
      if ((await marks()).some((mark) => mark.id === set.id && mark.members.includes(key))) return false;
      const all = [card, ...(await waiting()).filter((one) => one.set?.id === set.id && one.key !== key)];
      const [first, ...others] = candidatesAmong(all);
      if (first !== card || !(await haveCards(others))) return false;
      silenced.set(set.id, (silenced.get(set.id) ?? new Set()).add(key));
      return true;
    },
    owed: (id) => silenced.get(id) ?? new Set(),
    async settle(id, cards, asks) {
      const quieted = silenced.get(id);
      if (quieted === undefined) return;
      // Others are on their way, and the message follows them.
      const unseen = async ({ key }: Card) =>
        (await cardHere(parts, key)) === undefined && !(await remembered.held(key));
      if (!asks && (await Promise.all(candidatesAmong(cards).map(unseen))).includes(true)) return;
      silenced.delete(id);
      if (asks) return;
      for (const { key, mood } of cards) {
        const messageId = quieted.has(key) && mood === 'asks' ? await cardHere(parts, key) : undefined;
        if (messageId === undefined) continue;
        await messenger.send(await placeOfCard(parts, key), richText('This one waits for you.'), {
          replyTo: messageId,
          silent: await quiet.hush(false),
        });
      }
    },
  };
}
