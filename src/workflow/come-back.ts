/** A draft that was put off: quiet until its time, then asked anew, with a new card so that people hear it. */
import type { Draft } from '../domain/draft.ts';
import type { Parts } from './parts.ts';
import { cardHash, cardOf } from './present.ts';

/**
 * Ends the quiet. One transaction: a crash must not leave a card that came back without a sound, and a channel that
 * delivers in between must not show the quiet card as the new one.
 */
export async function comeBack(parts: Parts, draft: Draft): Promise<void> {
  const card = await cardOf(parts, { ...draft, notBefore: undefined });
  const hash = cardHash(card);
  await parts.ledger.tx(async (tables) => {
    const awake = { notBefore: undefined };
    if (!(await tables.drafts.change(draft.id, { from: ['pending'] }, awake, parts.clock.now()))) return;
    for (const channel of parts.channels) {
      await tables.cards.want(draft.id, channel.name, card, hash);
      await tables.cards.renew(draft.id, channel.name);
    }
  });
}
