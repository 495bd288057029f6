import type { Confirmation } from '../../domain/outcome.ts';
import type { PastRun } from '../../domain/ports.ts';
import { sleep, type Clock } from '../../lib/clock.ts';
import { messageIdFor } from './compose.ts';
import { traitsOf } from './hosts.ts';

/** Looks into the Sent mailbox; injected, because reading mail is another folder's work. */
export type SentMailbox = {
  find(messageId: string): Promise<'found' | 'absent' | 'unreachable'>;
  append(raw: Uint8Array): Promise<'filed' | 'no_mailbox' | 'failed'>;
};

/** A copy may come seconds after the mail; for five minutes its absence means nothing. */
const settleMs = 5_000;
const certainMs = 300_000;

/** Was the mail of that run sent? Read-only. */
export async function confirmSent(
  parts: { readonly account: string; readonly host: string; readonly sent: SentMailbox; readonly clock: Clock },
  past: PastRun,
): Promise<Confirmation> {
  const { clock, sent } = parts;
  const age = (): number => clock.now().getTime() - past.committedAt.getTime();
  await sleep(clock, Math.min(settleMs, Math.max(0, settleMs - age())));
  const messageId = messageIdFor(past.key, parts.account);
  const found = await sent.find(messageId);
  past.log(`Sent mailbox searched for ${messageId}: ${found}`);
  switch (found) {
    case 'found':
      return { kind: 'happened', evidence: { link: '', messageId, note: 'Found in the Sent mailbox.' } };
    case 'unreachable':
      return { kind: 'cannot_tell', why: 'The Sent mailbox can’t be searched right now.' };
    case 'absent': {
      const { filesCopies, keepsIds } = traitsOf(parts.host);
      if (filesCopies && keepsIds && age() > certainMs) {
        return { kind: 'did_not_happen', why: 'There is no copy in the Sent mailbox.' };
      }
      return { kind: 'cannot_tell', why: 'There is no copy in the Sent mailbox, which proves nothing yet.' };
    }
  }
}
