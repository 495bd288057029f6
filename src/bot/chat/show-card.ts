/**
 * Shows cards: at messages of their own; when many wait already, a further question gets none, and the digest leads to
 * it. It gets one as soon as a person must see it, or asked for it.
 */
import type { Card } from '../../domain/card.ts';
import type { ShowResult } from '../../domain/ports.ts';
import { createKeyedLock } from '../../lib/keyed-lock.ts';
import { createCardSender } from './cards/send-card.ts';
import type { Digest } from './digest/digest.ts';
import type { Sets } from './sets/sets.ts';
import type { CardParts } from './cards/draw-card.ts';
import type { OldMessages } from './cards/replaced-messages.ts';
import { isWaiting, needsCard } from './waiting.ts';
import type { Places } from './waiting.ts';
import type { MessageId } from './messenger.ts';
import { cardHere } from './places.ts';
import { digestRef, readDigestRef } from './memory/message-ref.ts';

export type Cards = {
  show(card: Card, ref: string | undefined): Promise<ShowResult>;
  retire(ref: string, words: string): Promise<void>;
  /** Sends it once more, in a message of its own. @returns whether it arrived */
  sendApart(card: Card): Promise<boolean>;
  /** Tries again to show the files that could not be shown. @returns whether all of them are shown now */
  showFiles(card: Card): Promise<boolean>;
  /** The next message for this draft comes without a sound. */
  hush(key: string): void;
  /** When its newest message was sent, as far as this run knows. */
  sentAt(key: string): Date | undefined;
};

type Parts = CardParts & {
  readonly places: Places;
  readonly digest: Digest;
  readonly sets: Sets;
  readonly old: OldMessages;
};

export function createCards(parts: Parts): Cards {
  const { messenger, places, digest, sets, old } = parts;
  const sender = createCardSender({
    ...parts,
    async standsAt(card) {
      await places.keep(card, 'own');
      digest.change();
    },
  });
  // A card that is rewritten and sent anew at the same time would be left with buttons in two places.
  const lock = createKeyedLock();

  /** The digest leads to it as long as it waits; while it is on its way or over, nothing has to be seen. */
  async function hold(card: Card, ref: string | undefined): Promise<ShowResult> {
    const fresh = await places.keep(card, 'digest');
    // A card that is only rewritten waits again because somebody took a decision back.
    const how = ref !== undefined ? 'again' : fresh ? 'fresh' : 'known';
    const trouble = isWaiting(card) ? await digest.join(how) : undefined;
    if (trouble !== undefined) return trouble;
    digest.change();
    return { kind: 'shown', ref: digestRef(card.key) };
  }

  async function show(card: Card, ref: string | undefined): Promise<ShowResult> {
    if (ref === undefined) {
      if (await places.takes(card)) return hold(card, ref);
      if (await sets.speaksFor(card)) sender.hush(card.key);
      return sender.send(card);
    }
    const messageId = await old.at(ref);
    if (messageId === undefined) {
      if (readDigestRef(ref) === undefined) return { kind: 'card_gone' };
      return needsCard(card) ? sender.send(card) : hold(card, ref);
    }
    // A newer one that the record never heard of is the card.
    const newest = newestOf(messageId, await cardHere(parts, card.key));
    const result = await sender.rewrite(card, newest);
    // Deleted by a person: the next one is the only one.
    if (result.kind === 'card_gone') await old.forget(card.key, newest);
    return result;
  }

  const newestOf = (known: MessageId, kept: MessageId | undefined): MessageId =>
    kept === undefined || messenger.isAfter?.(kept, known) === false ? known : kept;

  return {
    async show(card, ref) {
      const result = await lock(card.key, () => show(card, ref));
      if (result.kind === 'shown') sets.noticed(card);
      return result;
    },
    retire: old.retire,
    async sendApart(card) {
      const result = await lock(card.key, () => sender.send(card));
      sets.noticed(card);
      return result.kind === 'shown';
    },
    async showFiles(card) {
      const whole = await lock(card.key, () => sender.showFiles(card));
      sets.noticed(card);
      return whole;
    },
    hush: sender.hush,
    sentAt: sender.sentAt,
  };
}
