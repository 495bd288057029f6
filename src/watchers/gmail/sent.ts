/**
 * The Sent mailbox as evidence: was a mail with this Message-ID filed there? Each call has a connection of its own and
 * ends it, because Gmail allows few and the phone wants some too.
 */
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { messageOf, oneLine } from '../../lib/words.ts';
import { createImapClient, type MailAccount } from './connection.ts';
import { findSent } from './sent-mailbox.ts';
import type { ImapFlow, ListResponse } from 'imapflow';

export type SentMailbox = {
  /** `absent` only when the server's own Sent mailbox was searched to the end. */
  find(messageId: string): Promise<'found' | 'absent' | 'unreachable'>;
  /** Files a copy unless one with its Message-ID is there. */
  append(raw: Uint8Array): Promise<'filed' | 'no_mailbox' | 'failed'>;
};

const patienceMs = 45_000;

/** Makes no connection until it is asked. */
export function createSentMailbox(parts: {
  readonly config: MailAccount;
  readonly logger: Logger;
  readonly clock: Clock;
}): SentMailbox {
  return {
    async find(messageId) {
      try {
        return await visit(parts, async (client, mailbox) => {
          if (mailbox === undefined) throw new Error('There is no Sent mailbox');
          if (await contains(client, mailbox, messageId)) return 'found';
          // A mailbox that only has the right name may not be the one the server files into.
          return mailbox.specialUseSource === 'extension' ? 'absent' : 'unreachable';
        });
      } catch (thrown) {
        parts.logger.warn(`The Sent mailbox can’t be read: ${messageOf(thrown)}`);
        return 'unreachable';
      }
    },
    async append(raw) {
      try {
        return await visit(parts, async (client, mailbox) => {
          if (mailbox === undefined) return 'no_mailbox';
          const messageId = messageIdOf(raw);
          if (messageId !== '' && (await contains(client, mailbox, messageId))) return 'filed';
          if ((await client.append(mailbox.path, raw, ['\\Seen'])) === false) return 'failed';
          if (mailbox.specialUseSource !== 'extension')
            parts.logger.info(
              `The server doesn’t say where sent mail goes; its copy is in ${oneLine(mailbox.path, 100)}.`,
            );
          return 'filed';
        });
      } catch (thrown) {
        parts.logger.warn(`No copy could be filed in Sent: ${messageOf(thrown)}`);
        return 'failed';
      }
    },
  };
}

async function visit<T>(
  { config, logger, clock }: { readonly config: MailAccount; readonly logger: Logger; readonly clock: Clock },
  work: (client: ImapFlow, sent: ListResponse | undefined) => Promise<T>,
): Promise<T> {
  const client = await createImapClient(config, logger);
  const cancel = clock.after(patienceMs, () => client.close());
  try {
    await client.connect();
    return await work(client, await findSent(client));
  } finally {
    cancel();
    client.close();
  }
}

async function contains(client: ImapFlow, { path }: ListResponse, messageId: string): Promise<boolean> {
  await client.mailboxOpen(path, { readOnly: true });
  const bare = messageId.replaceAll(/[<>]/g, '');
  const queries = [
    { header: { 'message-id': bare } },
    // Where Gmail keeps our id when it gave the mail another one.
    ...(client.capabilities.has('X-GM-EXT-1') ? [{ header: { 'x-google-original-message-id': bare } }] : []),
  ];
  for (const query of queries) {
    const uids = await client.search(query, { uid: true });
    if (!Array.isArray(uids)) throw new Error('The connection was lost');
    for (const uid of uids.slice(-20)) {
      const mail = await client.fetchOne(uid, { headers: Object.keys(query.header) }, { uid: true });
      // The server finds pieces too; only the whole id counts.
      if (mail !== false && unfold(mail.headers).includes(`<${bare}>`)) return true;
    }
  }
  return false;
}

const unfold = (head: Uint8Array | undefined): string =>
  Buffer.from(head ?? [])
    .toString('latin1')
    .replaceAll(/\r?\n[ \t]+/g, ' ');

const messageIdOf = (raw: Uint8Array): string => {
  const [head = ''] = Buffer.from(raw).toString('latin1').split('\r\n\r\n', 1);
  return /^message-id:\s*(<[^<>\s]+>)/im.exec(head.replaceAll(/\r\n[ \t]+/g, ' '))?.[1] ?? '';
};
