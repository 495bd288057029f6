/** Which mails are named by mails in Sent that Countersign did not send: who answers there, answers without us. */
import type { Head } from './mail.ts';
import { readHead } from './read-head.ts';
import type { ImapFlow } from 'imapflow';

export type SentAnswer = { readonly key: string; readonly at: Date; readonly to: readonly string[] };

export type SentHeads = {
  /** Reads what is new in Sent, which must be open. @param progress called for each mail */
  renew(client: ImapFlow, progress: () => void): Promise<void>;
  /** The newest that names this Message-ID in In-Reply-To or References. */
  answerTo(messageId: string): SentAnswer | undefined;
};

/** So many of the newest are read at the first look; an answer to what waits is hardly older. */
const mostRead = 1_000;
/** Where Gmail keeps our id when it gave the mail another one. */
const original = 'x-google-original-message-id';
const wanted = ['message-id', original, 'in-reply-to', 'references', 'to', 'cc'];
const ours = /^\s*<cs-[a-z0-9]{20}@/;

export function createSentHeads(): SentHeads {
  const answers = new Map<string, SentAnswer>();
  let uidValidity = '';
  let next = 1;
  return {
    async renew(client, progress) {
      const { mailbox } = client;
      if (mailbox === false) throw new Error('Sent is not open');
      const { uidNext } = mailbox;
      if (String(mailbox.uidValidity) !== uidValidity) {
        answers.clear();
        uidValidity = String(mailbox.uidValidity);
        next = 1;
      }
      if (uidNext <= next) return;
      const uids = await newer(client, next);
      const heads =
        uids.length === 0
          ? []
          : client.fetch([...uids], { uid: true, internalDate: true, headers: wanted }, { uid: true });
      for await (const { uid, headers, internalDate } of heads) {
        progress();
        const head = await readHead(headers ?? new Uint8Array());
        if (isOurs(head)) continue;
        const to = [...head.to, ...head.cc].map(({ address }) => address);
        const key = head.messageId === '' ? `sent:${uidValidity}:${uid}` : head.messageId;
        for (const id of head.references) answers.set(id, { key, at: new Date(internalDate ?? 0), to });
      }
      if (!client.usable) throw new Error('The connection was lost');
      next = uidNext;
    },
    answerTo: (messageId) => answers.get(messageId),
  };
}

/** UIDs from `first` on, ascending, the newest of them. */
async function newer(client: ImapFlow, first: number): Promise<readonly number[]> {
  const found = await client.search({ uid: `${first}:*` }, { uid: true });
  if (!Array.isArray(found)) throw new Error('The connection was lost');
  // `n:*` also finds the last mail when its UID is below n.
  return found
    .filter((uid) => uid >= first)
    .toSorted((a, b) => a - b)
    .slice(-mostRead);
}

const isOurs = ({ messageId, fields }: Head): boolean =>
  ours.test(messageId) || (fields.get(original) ?? []).some((id) => ours.test(id));
