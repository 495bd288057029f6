/** The mailboxes of the stand-in: messages with UIDs that only grow, and a bell for whoever watches. */
import type { Clock } from '../../src/lib/clock.ts';

export type StoredMail = {
  readonly uid: number;
  /** As latin1: one UTF-16 unit per byte, line ends CRLF. */
  readonly raw: string;
  readonly flags: Set<string>;
  readonly at: Date;
  /** Stays when the mail gets a new UID, like Gmail's. */
  readonly gmailId: string;
};

export type Mailbox = {
  readonly name: string;
  /** `\Sent` …; empty for INBOX. */
  readonly use: string;
  uidValidity: number;
  uidNext: number;
  mails: StoredMail[];
};

export type MailStore = {
  readonly mailboxes: readonly Mailbox[];
  find(name: string): Mailbox | undefined;
  /** Files a message; tells the listeners. */
  file(mailbox: Mailbox, raw: Uint8Array | string, flags?: readonly string[], at?: Date): StoredMail;
  /** Renumbers a mailbox: what a server does after losing its index. */
  renumber(mailbox: Mailbox): void;
  /** Called whenever a mailbox changed; returns the way to stop it. */
  listen(listener: (mailbox: Mailbox) => void): () => void;
};

export function createMailStore(clock: Clock): MailStore {
  const make = (name: string, use: string): Mailbox => ({ name, use, uidValidity: 1_000, uidNext: 1, mails: [] });
  const mailboxes = [make('INBOX', ''), make('Sent', '\\Sent'), make('Drafts', '\\Drafts'), make('Junk', '\\Junk')];
  const listeners = new Set<(mailbox: Mailbox) => void>();
  let gmailId = 1_800_000_000_000_000_000n;
  return {
    mailboxes,
    find: (name) => mailboxes.find((one) => one.name === (name.toUpperCase() === 'INBOX' ? 'INBOX' : name)),
    file(mailbox, raw, flags = [], at = clock.now()) {
      gmailId += 1n;
      const mail: StoredMail = {
        uid: mailbox.uidNext,
        raw: toWire(raw),
        flags: new Set(flags),
        at,
        gmailId: String(gmailId),
      };
      mailbox.uidNext += 1;
      mailbox.mails.push(mail);
      for (const listener of listeners) listener(mailbox);
      return mail;
    },
    renumber(mailbox) {
      mailbox.uidValidity += 1;
      mailbox.mails = mailbox.mails.map((mail, index) => ({ ...mail, uid: index + 1 }));
      mailbox.uidNext = mailbox.mails.length + 1;
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Bytes as latin1 with CRLF line ends. Strings are taken as UTF-8 text. */
const toWire = (raw: Uint8Array | string): string => Buffer.from(raw).toString('latin1').replaceAll(/\r?\n/g, '\r\n');
