/** Cards that are sent once more because a channel asked for it, after a gap in which people may have missed them. */
import type { Parts } from './parts.ts';

/** New cards in one channel, below everything, instead of those people look at; their buttons go. One sync for all. */
export async function anew(parts: Parts, channel: string, keys: readonly string[], wake: () => void): Promise<void> {
  await parts.ledger.tx(async ({ drafts, cards }) => {
    for (const key of keys) {
      const draft = await drafts.byKey(key);
      if (draft !== undefined) await cards.renew(draft.id, channel);
    }
  });
  wake();
}
