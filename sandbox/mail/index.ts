/**
 * The mail stand-in: one account with IMAP and SMTP in this process, strict where Gmail is strict. The visitor's mails
 * are delivered into it, and what Countersign sends can be read back from it.
 */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Clock } from '../../src/lib/clock.ts';
import { createImapFaults, type ImapFaults, type ImapStage } from './imap-faults.ts';
import { serveImap } from './imap-session.ts';
import { createMailStore, type MailStore } from './mail-store.ts';
import { header, parsePart } from './mime.ts';
import { createSmtpFaults, type SmtpFault } from './smtp-faults.ts';
import { createSmtpListener, type Accepted, type SmtpParts } from './smtp.ts';
import { writeMail, type SimpleMail } from './write-mail.ts';

export type { ImapStage, SmtpFault };

export type ReceivedMail = {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  /** Lower-case name → value, unfolded; the first one when a header comes twice. */
  readonly headers: ReadonlyMap<string, string>;
  readonly at: Date;
};

export type MailStandIn = {
  readonly imap: { readonly host: string; readonly port: number };
  readonly smtp: { readonly host: string; readonly port: number };
  /** Puts a mail into the INBOX. Resolves to its Message-ID (empty when a raw one has none). */
  deliver(mail: string | Uint8Array | SimpleMail, at?: Date): Promise<string>;
  /** Everything SMTP accepted, oldest first. */
  sent(): readonly ReceivedMail[];
  /** Raw messages of a mailbox, oldest first. */
  mailbox(name: string): readonly string[];
  /** Ends all sessions and numbers the INBOX anew. */
  changeUidValidity(): void;
  /** Ends every connection now, without a word. */
  cutConnections(): void;
  /** While true, new IMAP connections are cut at once. */
  refuseConnections(on: boolean): void;
  /** Sets what SMTP does wrong from now on; an empty script mends it. */
  refuse(script: readonly SmtpFault[]): void;
  /** Cuts IMAP connections at these stages, each once; none mends it. */
  cutImap(stages: readonly ImapStage[]): void;
  /** How many of the faults that were set have not been made yet, IMAP and SMTP together. */
  faultsLeft(): number;
  /** How many connections there were, IMAP and SMTP together. */
  contacts(): number;
  /** Sets another password, as if the app password was revoked. */
  changePassword(password: string): void;
  stop(): Promise<void>;
};

export type MailStandInOptions = {
  readonly email: string;
  readonly password: string;
  readonly clock: Clock;
  /** Whether sent mail shows up in Sent by itself, as with Gmail; yes when absent. */
  readonly filesSentCopies?: boolean;
} & Pick<SmtpParts, 'sizeLimit' | 'pipelining'>;

/** Starts it on free ports of this machine. */
export async function createMailStandIn(options: MailStandInOptions): Promise<MailStandIn> {
  const { clock } = options;
  const store = createMailStore(clock);
  const account = { email: options.email, password: options.password };
  const accepted: ReceivedMail[] = [];
  const faults = createSmtpFaults();
  const imapFaults = createImapFaults();
  const accept = (mail: Accepted): void => {
    const raw = mail.raw.toString('utf8');
    accepted.push({ from: mail.from, to: mail.to, raw, headers: headersOf(raw), at: clock.now() });
    if (options.filesSentCopies ?? true) fileSentCopy(store, mail.raw);
    if (mail.to.some((one) => one.toLowerCase() === account.email.toLowerCase())) {
      file(store, 'INBOX', mail.raw);
    }
  };
  const imap = createImapListener(store, account, imapFaults);
  const { sizeLimit, pipelining } = options;
  const more = {
    ...(sizeLimit === undefined ? {} : { sizeLimit }),
    ...(pipelining === undefined ? {} : { pipelining }),
  };
  const smtp = createSmtpListener({ account, faults, accept, ...more });
  const listeners = [imap, smtp];
  let contacts = 0;
  for (const { server } of listeners) server.on('connection', () => (contacts += 1));
  const cutConnections = (): void => {
    for (const socket of listeners.flatMap((one) => [...one.sockets])) socket.destroy();
  };
  return {
    imap: { host: '127.0.0.1', port: await listen(imap.server) },
    smtp: { host: '127.0.0.1', port: await listen(smtp.server) },
    deliver(mail, at) {
      const raw = typeof mail === 'string' || mail instanceof Uint8Array ? mail : writeMail(mail, account.email, clock);
      const stored = file(store, 'INBOX', raw, [], at);
      return Promise.resolve(header(parsePart(stored.raw).headers, 'message-id') ?? '');
    },
    sent: () => accepted,
    mailbox: (name) => (store.find(name)?.mails ?? []).map((mail) => Buffer.from(mail.raw, 'latin1').toString('utf8')),
    changeUidValidity() {
      const inbox = store.find('INBOX');
      if (inbox !== undefined) store.renumber(inbox);
      cutConnections();
    },
    cutConnections,
    refuseConnections: imap.refuse,
    refuse: faults.set,
    cutImap: imapFaults.set,
    faultsLeft: () => faults.left() + imapFaults.left(),
    contacts: () => contacts,
    changePassword: (password) => {
      account.password = password;
    },
    async stop() {
      cutConnections();
      await Promise.all(listeners.map(({ server }) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

function createImapListener(
  store: MailStore,
  account: { readonly email: string; readonly password: string },
  faults: ImapFaults,
) {
  const sockets = new Set<Socket>();
  let refusing = false;
  const accepts = (user: string, password: string): boolean =>
    user.toLowerCase() === account.email.toLowerCase() && password === account.password;
  const server = createServer((socket) => {
    // Small answers at once: waiting for more to send would add a fifth of a second to every mail.
    socket.setNoDelay(true);
    if (refusing) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveImap(socket, { store, accepts, cuts: faults.take });
  });
  const refuse = (on: boolean): void => {
    refusing = on;
    if (on) for (const socket of sockets) socket.destroy();
  };
  return { server, sockets, refuse };
}

function file(store: MailStore, name: string, raw: Uint8Array | string, flags: readonly string[] = [], at?: Date) {
  const mailbox = store.find(name);
  if (mailbox === undefined) throw new Error(`the stand-in has no mailbox ${name}`);
  return store.file(mailbox, raw, flags, at);
}

/** Like Gmail: one copy per Message-ID. */
function fileSentCopy(store: MailStore, raw: Buffer): void {
  const id = headersOf(raw.toString('latin1')).get('message-id');
  const known = (store.find('Sent')?.mails ?? []).some((mail) => headersOf(mail.raw).get('message-id') === id);
  if (id === undefined || !known) file(store, 'Sent', raw, ['\\Seen']);
}

function headersOf(raw: string): ReadonlyMap<string, string> {
  const pairs = parsePart(raw).headers.map(([name, value]) => [name.toLowerCase(), value] as const);
  return new Map(pairs.toReversed());
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
