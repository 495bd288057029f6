import { isLoopback } from '../../lib/loopback.ts';
import { messageOf, oneLine, strange } from '../../lib/words.ts';
import type { Logger } from '../../lib/logger.ts';
import type { ImapFlow } from 'imapflow';

/** Where the mailbox is and how to get in. */
export type MailAccount = {
  readonly email: string;
  /** An app password, without the spaces Google shows it with. */
  readonly password: string;
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. When false, STARTTLS is demanded unless the host is this machine. */
  readonly secure: boolean;
};

/** What went wrong, as far as it decides what to do next. */
export type MailTrouble = { readonly kind: 'login_refused' | 'crowded' | 'unreachable'; readonly words: string };

/** A client that is not connected yet. One per connection: it can't be used again. */
export async function createImapClient(account: MailAccount, logger: Logger): Promise<ImapFlow> {
  const { ImapFlow } = await import('imapflow');
  const client = new ImapFlow({
    host: account.host,
    port: account.port,
    secure: account.secure,
    ...(account.secure ? {} : { doSTARTTLS: !isLoopback(account.host) }),
    auth: { user: account.email, pass: account.password },
    logger: false,
    autoIdleDelay: 300,
    // Under the ten minutes after which some hosts drop a quiet session.
    maxIdleTime: 240_000,
    missingIdleCommand: 'NOOP',
    connectionTimeout: 20_000,
    greetingTimeout: 15_000,
    socketTimeout: 75_000,
    maxLiteralSize: 64 * 1024 * 1024,
    maxResponseSize: 64 * 1024 * 1024,
  });
  // Without a listener a lost connection would end the process.
  client.on('error', (error) => logger.debug(`Mail connection: ${messageOf(error)}`));
  client.on('alert', ({ message }) => logger.warn(`Your mail provider says: ${oneLine(message, 200)}`));
  return client;
}

/** The one translator of what the IMAP library throws. Never repeats what was sent. */
export function whatWentWrong(thrown: unknown): MailTrouble {
  const { authenticationFailed, serverResponseCode, responseText } = fields(thrown);
  // Gmail says "too many connections" with the sign of a wrong password.
  const crowded = serverResponseCode === 'LIMIT' || /too many|simultaneous|rate|try again/i.test(String(responseText));
  if (authenticationFailed === true && !crowded) {
    return {
      kind: 'login_refused',
      words:
        'The mail server refused the login. Make a new app password for this account (for Google: Security, 2-Step Verification, App passwords), set GMAIL_PASSWORD to it and restart.',
    };
  }
  if (crowded)
    return { kind: 'crowded', words: 'The mail server has too many connections open; trying again shortly.' };
  return { kind: 'unreachable', words: `New mail can’t be taken in right now: ${strange(messageOf(thrown), 200)}` };
}

const fields = (thrown: unknown): Readonly<Record<string, unknown>> =>
  typeof thrown === 'object' && thrown !== null ? { ...thrown } : {};
