import { simpleParser } from 'mailparser';
import { createMailStandIn, type MailStandIn, type MailStandInOptions } from '../../sandbox/mail/index.ts';
import { emptyEffect, type Effect } from '../../src/domain/effect.ts';
import { systemClock, type Clock } from '../../src/lib/clock.ts';
import { messageOf } from '../../src/lib/words.ts';
import type { Logger } from '../../src/lib/logger.ts';
import { createMailExecutor, type MailExecutorParts } from '../../src/executors/mail/index.ts';
import { mail as platform } from '../../src/executors/platforms.ts';
import { createSentMailbox } from '../../src/watchers/gmail/sent.ts';
import { mailAccount } from './mail-worlds.ts';

export const offer: Effect = {
  ...emptyEffect,
  platform: 'mail',
  action: 'send',
  account: mailAccount.email,
  to: ['sara@client.example'],
  subject: 'Your offer',
  text: 'Dear Sara,\n\nhere it is: 1,200 € a month.\n\nYours\nOwner',
};

/** The lines of a logger, for tests that look for what must not be in them. */
export function createLineLogger(): { readonly logger: Logger; readonly lines: readonly string[] } {
  const lines: string[] = [];
  const add = (message: string, cause?: unknown): void => {
    lines.push(cause === undefined ? message : `${message} ${messageOf(cause)}`);
  };
  return { lines, logger: { debug: add, info: add, warn: add, error: add } };
}

/** A mail executor with the stand-in behind it. */
export async function createMailExecutorBench(
  options: {
    readonly filesSentCopies?: boolean;
    readonly clock?: Clock;
    readonly fileSentCopy?: MailExecutorParts['config']['fileSentCopy'];
    readonly sent?: MailExecutorParts['sent'];
  } & Pick<MailStandInOptions, 'sizeLimit' | 'pipelining'> = {},
) {
  const { clock = systemClock, fileSentCopy: _, sent, ...server } = options;
  const standIn = await createMailStandIn({ ...mailAccount, ...server, clock: systemClock });
  const { logger, lines } = createLineLogger();
  const executor = createMailExecutor({
    platform,
    config: { ...mailAccount, ...standIn.smtp, secure: false, fileSentCopy: options.fileSentCopy ?? 'auto' },
    sent:
      sent ??
      createSentMailbox({ config: { ...mailAccount, ...standIn.imap, secure: false }, clock: systemClock, logger }),
    clock,
    logger,
    patience: { connectMs: 2_000, greetingMs: 1_000, silenceMs: 1_000 },
  });
  return { executor, standIn, lines };
}

/** The text of each mail that SMTP accepted, as its reader sees it. */
export const sentTexts = (standIn: MailStandIn): Promise<readonly string[]> =>
  Promise.all(standIn.sent().map(async ({ raw }) => ((await simpleParser(raw)).text ?? '').trimEnd()));
