import { randomUUID } from 'node:crypto';
import { createMailStandIn, type MailStandIn } from '../../sandbox/mail/index.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLogger, type Logger } from '../../src/lib/logger.ts';
import { systemRandom } from '../../src/lib/random.ts';
import type { Conversations } from '../../src/domain/ports.ts';
import { createGmailWatcher } from '../../src/watchers/gmail/index.ts';
import { dovecotPassword, startDovecot, type Dovecot } from './dovecot.ts';
import { createItemRecorder, createMemoryCursor, type WatcherWorld } from '../contract/watcher.contract.ts';

export const mailAccount = { email: 'owner@sandbox.example', password: 'open sesame' };

/** Where no answer waits. */
const quiet: Conversations = { awaited: async () => [], note: async () => undefined, back: async () => undefined };

/** Everything a mail watcher needs but the server. */
export function createWatcherBench(
  server: { readonly host: string; readonly port: number },
  options: {
    readonly conversations?: Conversations;
    readonly password?: string;
    readonly logger?: Logger;
    readonly checkIntervalSeconds?: number;
  } = {},
) {
  const {
    conversations = quiet,
    password = mailAccount.password,
    logger = silentLogger,
    checkIntervalSeconds = 120,
  } = options;
  const cursor = createMemoryCursor();
  const recorder = createItemRecorder();
  const { host, port } = server;
  const config = { email: mailAccount.email, password, host, port, secure: false, checkIntervalSeconds };
  const make = () =>
    createGmailWatcher({
      config,
      cursor,
      conversations,
      takeIn: recorder.takeIn,
      clock: systemClock,
      random: systemRandom,
      logger,
    });
  let watcher = make();
  return {
    cursor,
    ...recorder,
    watcher: () => watcher,
    restart: () => {
      watcher = make();
      return Promise.resolve();
    },
  };
}

/** The watcher against the stand-in. */
export async function createSandboxMailWorld(): Promise<WatcherWorld & { readonly standIn: MailStandIn }> {
  const standIn = await createMailStandIn({ ...mailAccount, clock: systemClock });
  const bench = createWatcherBench(standIn.imap);
  let count = 0;
  return {
    ...bench,
    standIn,
    findsMissed: true,
    async arrive() {
      count += 1;
      const subject = `Offer number ${count}`;
      await standIn.deliver({ from: 'Sara Malik <sara@client.example>', subject, text: 'Could you send an offer?' });
      return subject;
    },
    breakIt: () => {
      standIn.refuseConnections(true);
      return Promise.resolve();
    },
    mendIt: () => {
      standIn.refuseConnections(false);
      return Promise.resolve();
    },
    close: () => standIn.stop(),
  };
}

/** The watcher against a real server. */
export async function createDovecotMailWorld(program: string): Promise<WatcherWorld & { readonly dovecot: Dovecot }> {
  const dovecot = await startDovecot(program);
  const bench = createWatcherBench(dovecot, { password: dovecotPassword });
  let count = 0;
  return {
    ...bench,
    dovecot,
    findsMissed: true,
    async arrive() {
      count += 1;
      const subject = `Offer number ${count}`;
      await dovecot.deliver(mailAccount.email, offerMail(subject));
      return subject;
    },
    breakIt: () => dovecot.kill(),
    mendIt: () => dovecot.up(),
    close: () => dovecot.stop(),
  };
}

/** A mail from a customer, to us. */
export const offerMail = (subject: string): string =>
  [
    'From: Sara Malik <sara@client.example>',
    `To: ${mailAccount.email}`,
    `Subject: ${subject}`,
    `Message-ID: <${randomUUID()}@client.example>`,
    'Date: Mon, 02 Nov 2026 10:00:00 +0000',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Could you send an offer?',
    '',
  ].join('\r\n');
