import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { createImapClient, type MailAccount } from './connection.ts';
import type { ImapFlow } from 'imapflow';

/** One logged-in connection that says when there may be something new, and when it is over. */
export type Session = {
  readonly client: ImapFlow;
  readonly openedAt: Date;
  isOpen(): boolean;
  /** Ends it now; whatever waits for the server rejects. */
  cut(): void;
  /** Ends it politely, within half a second. */
  leave(): Promise<void>;
};

/**
 * Connects and logs in. Rejects when that fails or `signal` aborts.
 *
 * @param onHint called for new, answered and deleted mail and for the end of the connection
 */
export async function openSession(
  account: MailAccount,
  parts: { readonly clock: Clock; readonly logger: Logger; readonly signal: AbortSignal; readonly onHint: () => void },
): Promise<Session> {
  const { clock, logger, signal, onHint } = parts;
  const client = await createImapClient(account, logger);
  const cut = (): void => client.close();
  signal.addEventListener('abort', cut, { once: true });
  try {
    signal.throwIfAborted();
    await client.connect();
  } finally {
    signal.removeEventListener('abort', cut);
  }
  client.on('exists', onHint);
  client.on('expunge', onHint);
  // Reading a mail changes a flag too; that is no news.
  client.on('flags', ({ flags }) => {
    if (flags.has('\\Answered')) onHint();
  });
  // A lost connection may come as a bare `close` without any error. One that never came about is no hint: it would
  // cut the waiting time between tries.
  client.on('close', onHint);
  return {
    client,
    openedAt: clock.now(),
    isOpen: () => client.usable,
    cut,
    async leave() {
      await new Promise<void>((resolve) => {
        const cancel = clock.after(500, resolve);
        const finish = (): void => {
          cancel();
          resolve();
        };
        client.logout().then(finish, finish);
      });
      cut();
    },
  };
}
