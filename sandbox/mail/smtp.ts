/**
 * The way out of the stand-in: a real SMTP server that takes mail from the one account, keeps what it accepted, and can
 * be told to fail at every stage. We accept the sockets ourselves so that a fault can cut them.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import type { SmtpFaults, SmtpMischief, SmtpSpeech, SmtpStage } from './smtp-faults.ts';

export type Accepted = { readonly from: string; readonly to: readonly string[]; readonly raw: Buffer };

export type SmtpParts = {
  readonly account: { readonly email: string; readonly password: string };
  readonly faults: SmtpFaults;
  /** Largest message it says it takes, in bytes; 25 MiB when absent. */
  readonly sizeLimit?: number;
  /** Whether it takes several commands at once; yes when absent. */
  readonly pipelining?: boolean;
  /** Called once per accepted message, before the client is told. */
  readonly accept: (mail: Accepted) => void;
};

/** Not yet listening. */
export function createSmtpListener(parts: SmtpParts): { readonly server: Server; readonly sockets: Set<Socket> } {
  const sockets = new Set<Socket>();
  const socketOf = (session: SMTPServerSession) => [...sockets].find((one) => one.remotePort === session.remotePort);
  const smtp = new SMTPServer({
    name: 'sandbox.example',
    disabledCommands: ['STARTTLS'],
    hideENHANCEDSTATUSCODES: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    authMethods: ['PLAIN', 'LOGIN'],
    size: parts.sizeLimit ?? 25 * 1024 * 1024,
    hidePIPELINING: parts.pipelining === false,
    maxRecipients: 100,
    ...stages(parts, socketOf),
  });
  smtp.on('error', () => undefined);
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    smtp.connect(socket);
    // Before the server's own listener, so that a fault at DATA comes before the 354. Clients send it behind RCPT.
    socket.prependListener('data', (chunk: Buffer) => {
      if (!/(?:^|\r\n)DATA\r\n$/i.test(chunk.toString('latin1'))) return;
      const then = parts.faults.take('data');
      if (then === undefined) return;
      if (then === 'cut') socket.destroy();
      else if (then === 'hang') socket.cork();
      else if ('code' in then) socket.end(`${then.code} ${then.text}\r\n`);
      else if (then.after === 'go_on') inPlaceOf354(socket, then.says);
      else void speak(socket, then);
    });
  });
  return { server, sockets };
}

type SocketOf = (session: SMTPServerSession) => Socket | undefined;

function stages({ account, faults, accept }: SmtpParts, socketOf: SocketOf): SMTPServerOptions {
  /** Plays the fault due at this stage; otherwise goes on. */
  const at = (stage: SmtpStage, session: SMTPServerSession, go: (error?: Error) => void, recipient?: string): void =>
    play(faults.take(stage, recipient), socketOf(session), go);
  return {
    onConnect: (session, callback) => at('greeting', session, callback),
    onAuth(auth, session, callback) {
      at('auth', session, (error) => {
        if (error !== undefined) return callback(error);
        const right = auth.username === account.email && auth.password === account.password;
        if (right) return callback(null, { user: account.email });
        return callback(refusal(535, '5.7.8 Username and Password not accepted'));
      });
    },
    onMailFrom(address, session, callback) {
      const own = address.address.toLowerCase() === account.email.toLowerCase();
      if (own) at('mail', session, callback);
      else callback(refusal(553, '5.7.1 not your address'));
    },
    onRcptTo: (address, session, callback) => at('rcpt', session, callback, address.address),
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      const early = faults.take('content');
      const begun = new Promise<Error | undefined>((resolve) => {
        if (early === undefined) resolve(undefined);
        else stream.once('data', () => play(early, socketOf(session), resolve));
      });
      const whole = (wrong: Error | undefined): void => {
        if (wrong !== undefined) return callback(wrong);
        return at('dot', session, (error) => {
          if (error !== undefined) return callback(error);
          const { mailFrom, rcptTo } = session.envelope;
          const from = mailFrom === false ? '' : mailFrom.address;
          accept({ from, to: rcptTo.map((one) => one.address), raw: Buffer.concat(chunks) });
          return at('accepted', session, () => callback(null, '2.0.0 OK queued'));
        });
      };
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => void begun.then(whole));
    },
  };
}

function play(then: SmtpMischief | undefined, socket: Socket | undefined, go: (error?: Error) => void): void {
  if (then === undefined) go();
  else if (then === 'cut') socket?.destroy();
  else if (then === 'hang') return;
  else if ('code' in then) go(refusal(then.code, then.text));
  else if (socket !== undefined) void speak(socket, then).then((goesOn) => goesOn && go());
}

/** Resolves to whether the server goes on as if nothing had been said. */
async function speak(socket: Socket, { says, after }: SmtpSpeech): Promise<boolean> {
  if (after === 'stall') {
    socket.unpipe();
    socket.pause();
  }
  socket.setNoDelay(true);
  for (const piece of says) {
    if (socket.writable) socket.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  if (after === 'cut') socket.destroy();
  return after === 'go_on';
}

/** As servers do that answer DATA with 250, and take the message all the same. */
function inPlaceOf354(socket: Socket, says: readonly string[]): void {
  const write = socket.write.bind(socket);
  socket.write = (chunk: string | Uint8Array) => {
    if (!String(chunk).startsWith('354 ')) return write(chunk);
    socket.write = write;
    void speak(socket, { says, after: 'go_on' });
    return true;
  };
}

const refusal = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode });
