import type { Note } from '../domain/card.ts';
import type { Tables } from '../domain/ledger-port.ts';
import { createId } from '../lib/random.ts';
import type { Parts } from './parts.ts';

/**
 * Puts a note into the outbox of every channel, once per `dedupeKey`: in the same transaction as the fact it tells,
 * so that neither can exist without the other.
 */
export async function tell(
  parts: Pick<Parts, 'channels' | 'clock' | 'random'>,
  tables: Pick<Tables, 'outbox'>,
  draftId: string,
  note: Note,
  dedupeKey: string,
): Promise<void> {
  const at = parts.clock.now();
  for (const channel of parts.channels) {
    await tables.outbox.add(
      { id: createId(at, parts.random), channel: channel.name, draftId, note, at },
      `${channel.name}:${dedupeKey}`,
    );
  }
}
