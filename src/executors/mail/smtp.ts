import { Readable } from 'node:stream';
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

/**
 * How much of the message may have left this machine: `part` from before its first byte, `whole` once the library was
 * given its end. Known from what the library took of the message, never from the words of the dialogue: servers answer
 * DATA with 250 as well as with 354, and both mean that the message goes out now.
 */
export type Left = 'nothing' | 'part' | 'whole';

/** One connection for one mail. The promises reject with what the library says; `outcomes.ts` translates it. */
export type SmtpSession = {
  connect(): Promise<void>;
  login(): Promise<void>;
  send(from: string, recipients: readonly string[], raw: Buffer): Promise<SMTPConnectionSendInfo>;
  left(): Left;
  /** Bytes of the largest message the server said it takes; undefined before `connect`, or when it said nothing. */
  sizeLimit(): number | undefined;
  close(): void;
};

/** Not yet connected. */
export async function createSmtpSession(server: MailServer, patience: Patience): Promise<SmtpSession> {
  const { default: Connection } = await import('nodemailer/lib/smtp-connection');
  let left: Left = 'nothing';
  let limit: number | undefined;
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
  });
  /** Runs one step; an error event counts as its failure, also when the library does not call back. */
  const step = <T>(run: (done: (error?: Error | null, result?: T) => void) => void): Promise<T | undefined> =>
    new Promise((resolve, reject) => {
      connection.once('error', reject);
      // The library first ends and then says why, so its reason gets the chance to come first.
      connection.once('end', () => setImmediate(() => reject(new Error('The connection was closed'))));
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
      limit = sizeIn(connection.lastServerResponse);
    },
    login: async () => {
      const credentials = { user: server.email, pass: server.password };
      await step((done) => connection.login({ ...credentials, credentials }, done));
    },
    async send(from, recipients, raw) {
      const envelope = { from, to: [...recipients], size: raw.length };
      const message = inPieces(raw, (now) => {
        left = now;
      });
      const info = await step<SMTPConnectionSendInfo>((done) => connection.send(envelope, message, done));
      if (info === undefined) throw new Error('The server’s answer is missing');
      // What came before the end was handed over answers something else, so it is no proof of anything.
      if (left !== 'whole') throw new Error(`The server answered before it had the whole mail: ${info.response}`);
      return info;
    },
    left: () => left,
    sizeLimit: () => limit,
    close: () => connection.close(),
  };
}

const pieceBytes = 16_384;

/**
 * The message as a stream nobody reads before the server has agreed to take it: so the first read says that from here
 * on it may be leaving. In pieces, so that one which could not all be handed over never counts as whole.
 */
function inPieces(raw: Buffer, mark: (left: Left) => void): Readable {
  let at = 0;
  const message = new Readable({
    highWaterMark: pieceBytes,
    read() {
      mark('part');
      this.push(at < raw.length ? raw.subarray(at, at + pieceBytes) : null);
      at += pieceBytes;
    },
  });
  // Before the library’s own listener, which then writes the dot that ends the message.
  return message.once('end', () => mark('whole'));
}

/** From the answer to EHLO, read as the library reads it: what it would refuse by itself is refused with our words. */
function sizeIn(answer: string | false): number | undefined {
  const [, size] = /[ -]SIZE[ \t]+(\d+)/im.exec(answer === false ? '' : answer) ?? [];
  return size === undefined || Number(size) === 0 ? undefined : Number(size);
}
