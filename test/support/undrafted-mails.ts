/** Mails that get no draft by themselves, as the mail watcher hands them in. */
import { toItem, unreadableItem } from '../../src/watchers/gmail/to-item.ts';
import { noText } from '../../src/watchers/gmail/mail.ts';
import type { Mail } from '../../src/watchers/gmail/mail.ts';
import { triage } from '../../src/watchers/gmail/triage.ts';
import type { Item } from '../../src/domain/item.ts';

export const account = 'owner@sandbox.example';

/** An ordinary mail of a customer, changed; the watcher's own rules say what becomes of it. */
export function mailItem(
  name: string,
  at: Date,
  change: Partial<Mail['head']> & { readonly text?: string } = {},
): Item {
  const { text = `Is ${name} still open?`, ...head } = change;
  const mail: Mail = {
    uid: 1,
    emailId: name,
    at,
    flags: new Set(),
    labels: new Set(),
    head: {
      hash: name,
      fields: new Map(),
      from: { name: 'Sara', address: 'sara@client.example' },
      replyTo: [],
      to: [{ name: '', address: account }],
      cc: [],
      subject: `About ${name}`,
      messageId: `<${name}@client.example>`,
      references: ['<before@client.example>'],
      ...head,
    },
    shape: {
      type: 'text/plain',
      types: new Set(['text/plain']),
      texts: [],
      calendar: false,
      calendarParts: [],
      attachments: [],
    },
    text: text === '' ? noText : { ...noText, text, source: 'plain' },
  };
  return toItem(account, mail, triage({ mail, account, draftsForSender: 0 }));
}

const bulk = new Map([['list-unsubscribe', ['<https://x.example/u>']]]);

export const newsletter = (name: string, at: Date, change: Parameters<typeof mailItem>[2] = {}): Item =>
  mailItem(name, at, { fields: bulk, ...change });

export const noReply = (name: string, at: Date): Item =>
  mailItem(name, at, { from: { name: 'Shop', address: 'no-reply@shop.example' } });

export const unreadable = (uid: number, at: Date): Item => unreadableItem(account, '1', uid, at);
