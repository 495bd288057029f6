/** What the stand-in knows about one IMAP connection. */
import type { Mailbox, MailStore, StoredMail } from './mail-store.ts';

export type ImapSession = {
  readonly store: MailStore;
  /** Whether these may log in. */
  readonly accepts: (user: string, password: string) => boolean;
  /** Whether the connection is to be cut at this command, or at the greeting. */
  readonly cuts: (stage: string) => boolean;
  state: 'fresh' | 'logged_in' | 'selected';
  mailbox: Mailbox | undefined;
  readOnly: boolean;
  /** What this session knows of the mailbox; new mail joins it only where the protocol allows. */
  view: readonly StoredMail[];
  /** Tag of the IDLE that runs; empty when none. */
  idleTag: string;
  /** Set while the next line is not a command but the rest of one. */
  nextLine: ((line: string) => void) | undefined;
  say(line: string): void;
  end(): void;
  /** Ends the connection without a word. */
  vanish(): void;
};

/** Tells the session about mail that came since. */
export function refresh(session: ImapSession): void {
  const mails = session.mailbox?.mails ?? [];
  if (mails.length === session.view.length) return;
  session.view = [...mails];
  session.say(`* ${mails.length} EXISTS`);
}

export const capabilities =
  'IMAP4rev1 LITERAL+ SASL-IR ID IDLE NAMESPACE UIDPLUS SPECIAL-USE UNSELECT X-GM-EXT-1 AUTH=PLAIN';
