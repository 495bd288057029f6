/** The chat and the mail server, as stand-ins in this process, with the instants at which things reached them. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { systemRandom } from '../src/lib/random.ts';
import { createMailStandIn } from '../sandbox/mail/index.ts';
import type { MailStandIn } from '../sandbox/mail/index.ts';
import { createTelegramStandIn } from '../sandbox/telegram/index.ts';
import type { Call, Person } from '../sandbox/telegram/index.ts';
import { createExactClock } from './exact-clock.ts';
import { pause, until } from './until.ts';

export type FarSide = {
  readonly person: Person;
  readonly mail: MailStandIn;
  readonly email: string;
  readonly settings: {
    readonly chat: Readonly<Record<string, string>>;
    readonly mail: Readonly<Record<string, string>>;
  };
  /** The first message with these words that the chat accepted. */
  messageWith(words: string): Promise<{ readonly id: number; readonly at: number }>;
  /** When the answer to a tap came. */
  answerTo(callbackId: string): Promise<number>;
  /** When the first connection to the SMTP port since `since` came. */
  smtpConnection(since: number): Promise<number>;
  /** When SMTP accepted the mail with these words. */
  mailWith(words: string): Promise<number>;
  /** Resolves when nobody has called the chat for a while, but for waiting polls. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
};

const owner = { id: 4711, firstName: 'Sara', email: 'sara@lindandco.example' };
const quietMs = 60;

export async function createFarSide(): Promise<FarSide> {
  const { clock, instantOf } = createExactClock();
  const password = systemRandom.key(16);
  const telegram = await createTelegramStandIn({ clock, random: systemRandom });
  const person = telegram.addPerson(owner);
  const mail = await createMailStandIn({ email: owner.email, password, clock });
  const connections = listenForConnections(mail.smtp.port);

  const acts = () => telegram.calls().filter(({ method }) => method !== 'getUpdates');
  return {
    person,
    mail,
    email: owner.email,
    settings: {
      chat: {
        TELEGRAM_BOT_TOKEN: telegram.token,
        TELEGRAM_CHAT_ID: String(owner.id),
        TELEGRAM_APPROVERS: String(owner.id),
        TELEGRAM_API_ROOT: telegram.apiRoot,
        // What is measured is how long a card takes: each has to be a message.
        DIGEST_FROM: '0',
      },
      mail: mailSettings(mail, owner.email, password),
    },
    messageWith: (words) =>
      until(() => {
        const call = telegram.calls('sendMessage').find((one) => textOf(one).includes(words));
        return call?.answer?.ok === true ? { id: messageId(call.answer.result), at: instantOf(call.at) } : undefined;
      }, `a message with “${words}” is in the chat`),
    answerTo: (callbackId) =>
      until(() => {
        const calls = telegram.calls('answerCallbackQuery');
        const call = calls.find(({ parameters }) => parameters['callback_query_id'] === callbackId);
        return call === undefined ? undefined : instantOf(call.at);
      }, 'the tap is answered'),
    smtpConnection: (since) => until(() => connections.instants.find((at) => at >= since), 'SMTP is connected'),
    mailWith: (words) =>
      until(() => {
        const found = mail.sent().find(({ raw }) => raw.includes(words));
        return found === undefined ? undefined : instantOf(found.at);
      }, `a mail with “${words}” is out`),
    async quiet() {
      for (let before = -1; before !== acts().length; await pause(quietMs)) before = acts().length;
    },
    async stop() {
      connections.stop();
      await Promise.all([telegram.stop(), mail.stop()]);
    },
  };
}

const textOf = ({ parameters }: Call): string => {
  const text = parameters['text'];
  return typeof text === 'string' ? text : '';
};

function messageId(result: unknown): number {
  if (typeof result === 'object' && result !== null && 'message_id' in result) return Number(result.message_id);
  throw new Error('the chat answered a message without its id');
}

const mailSettings = (mail: MailStandIn, email: string, password: string) => ({
  GMAIL_EMAIL: email,
  GMAIL_PASSWORD: password,
  IMAP_HOST: mail.imap.host,
  IMAP_PORT: String(mail.imap.port),
  IMAP_SECURE: 'false',
  SMTP_HOST: mail.smtp.host,
  SMTP_PORT: String(mail.smtp.port),
  SMTP_SECURE: 'false',
});

/**
 * The stand-in counts connections; what we need is their instants. Mail servers send small answers at once; ours would
 * wait up to 40 ms for the client to say that it got the one before, and that would be most of what is measured.
 */
function listenForConnections(port: number) {
  const instants: number[] = [];
  const note = (message: unknown) => {
    const { socket } = message as { readonly socket: Socket };
    socket.setNoDelay(true);
    if (socket.localPort === port) instants.push(performance.now());
  };
  subscribe('net.server.socket', note);
  return { instants, stop: () => unsubscribe('net.server.socket', note) };
}
