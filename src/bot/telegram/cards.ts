/**
 * Shows cards: at messages of their own; when many wait already, a further question gets none, and the digest leads to
 * it. It gets one as soon as a person must see it, or asked for it.
 */
import type { Card } from '../../domain/card.ts';
import type { ShowResult } from '../../domain/ports.ts';
import { createKeyedLock } from '../../lib/keyed-lock.ts';
import { createCardSender } from './card-sender.ts';
import type { Digest } from './digest.ts';
import type { CardParts } from './drawing.ts';
import { createOldMessages } from './old-messages.ts';
import { isWaiting, needsCard } from './places.ts';
import type { Places } from './places.ts';
import { digestRef, readDigestRef } from './refs.ts';

export type Cards = {
  show(card: Card, ref: string | undefined): Promise<ShowResult>;
  retire(ref: string, words: string): Promise<void>;
  /** Sends it once more, in a message of its own. @returns whether it arrived */
  sendApart(card: Card): Promise<boolean>;
  /** Tries again to show the files that could not be shown. @returns whether all of them are shown now */
  showFiles(card: Card): Promise<boolean>;
  /** The next message for this draft comes without a sound. */
  hush(key: string): void;
};

export function createCards(parts: CardParts & { readonly places: Places; readonly digest: Digest }): Cards {
  const { places, digest } = parts;
  const old = createOldMessages(parts);
  const sender = createCardSender({
    ...parts,
    old,
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
    if (ref === undefined) return (await places.takes(card)) ? hold(card, ref) : sender.send(card);
    const messageId = await old.at(ref);
    if (messageId === undefined) {
      if (readDigestRef(ref) === undefined) return { kind: 'card_gone' };
      return needsCard(card) ? sender.send(card) : hold(card, ref);
    }
    const result = await sender.rewrite(card, messageId);
    // Deleted by a person: the next one is the only one.
    if (result.kind === 'card_gone') await old.forget(card.key, messageId);
    return result;
  }

  return {
    show: (card, ref) => lock(card.key, () => show(card, ref)),
    retire: old.retire,
    sendApart: (card) => lock(card.key, async () => (await sender.send(card)).kind === 'shown'),
    showFiles: (card) => lock(card.key, () => sender.showFiles(card)),
    hush: sender.hush,
  };
}
