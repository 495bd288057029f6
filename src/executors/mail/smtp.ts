import { isLoopback } from '../../lib/loopback.ts';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection';

/** Where mail goes out. */
export type MailServer = {
  readonly email: string;
  /** An app password, without the spaces Google shows it with. */
  readonly password: string;
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. When false, STARTTLS is demanded unless the host is this machine. */
  readonly secure: boolean;
};

/** How long the server may keep silent, in milliseconds. */
export type Patience = { readonly connectMs: number; readonly greetingMs: number; readonly silenceMs: number };

export const usualPatience: Patience = { connectMs: 20_000, greetingMs: 15_000, silenceMs: 60_000 };

/** One connection for one mail. The promises reject with what the library says; `outcomes.ts` translates it. */
export type SmtpSession = {
  connect(): Promise<void>;
  login(): Promise<void>;
  send(from: string, recipients: readonly string[], raw: Buffer): Promise<SMTPConnectionSendInfo>;
  /** The server said 354: from here on nobody can tell from an error whether it took the mail. */
  dataBegan(): boolean;
  close(): void;
};

/** Not yet connected. */
export async function createSmtpSession(server: MailServer, patience: Patience): Promise<SmtpSession> {
  const { default: Connection } = await import('nodemailer/lib/smtp-connection');
  let began = false;
  const connection: SMTPConnection = new Connection({
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: !server.secure && !isLoopback(server.host),
    ignoreTLS: !server.secure && isLoopback(server.host),
    // Otherwise the name of this machine goes out with every mail.
    name: '[127.0.0.1]',
    connectionTimeout: patience.connectMs,
    greetingTimeout: patience.greetingMs,
    socketTimeout: patience.silenceMs,
    debug: true,
    logger: {
      // The errors are alike before and after 354; only the dialogue tells them apart. Nothing of it is kept.
      debug: (entry: unknown, line: unknown) => {
        const fromServer = typeof entry === 'object' && entry !== null && 'tnx' in entry && entry.tnx === 'server';
        if (fromServer && String(line).startsWith('354')) began = true;
      },
    },
  });
  /** Runs one step; an error event counts as its failure, also when the library does not call back. */
  const step = <T>(run: (done: (error?: Error | null, result?: T) => void) => void): Promise<T | undefined> =>
    new Promise((resolve, reject) => {
      connection.once('error', reject);
      connection.once('end', () => reject(new Error('The connection was closed')));
      run((error, result) => {
        if (error instanceof Error) reject(error);
        else resolve(result);
      });
    });
  // A late error, when no step waits, must not end the process.
  connection.on('error', () => undefined);
  return {
    connect: async () => {
      await step((done) => connection.connect(done));
    },
    login: async () => {
      const credentials = { user: server.email, pass: server.password };
      await step((done) => connection.login({ ...credentials, credentials }, done));
    },
    async send(from, recipients, raw) {
      const envelope = { from, to: [...recipients], size: raw.length };
      const info = await step<SMTPConnectionSendInfo>((done) => connection.send(envelope, raw, done));
      if (info === undefined) throw new Error('The server’s answer is missing');
      return info;
    },
    dataBegan: () => began,
    close: () => connection.close(),
  };
}
