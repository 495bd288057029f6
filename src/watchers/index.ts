/** The list of watchers: one paragraph each. What is not configured is not loaded. */
import type { Conversations, Cursor, TakeIn, Watcher } from '../domain/ports.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Random } from '../lib/random.ts';
import type { Root } from '../lib/root.ts';
import { createFolderWatcher } from './folder/index.ts';
import type { SentMailbox } from './gmail/sent.ts';
import { createScheduleWatcher } from './schedule/index.ts';

type Surroundings = {
  readonly settings: {
    readonly checkIntervalSeconds: number;
    readonly mail:
      | {
          readonly email: string;
          readonly password: string;
          readonly imap: { readonly host: string; readonly port: number; readonly secure: boolean };
        }
      | undefined;
  };
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
};

export async function createWatchers(
  parts: Surroundings & {
    readonly root: Root;
    readonly takeIn: TakeIn;
    readonly conversations: Conversations;
    readonly cursor: (watcher: string) => Cursor;
  },
): Promise<readonly Watcher[]> {
  const { settings, root, takeIn, conversations, clock, random, logger } = parts;
  const { mail } = settings;
  const watchers: Watcher[] = [];

  if (mail !== undefined) {
    const { createGmailWatcher } = await import('./gmail/index.ts');
    const config = { ...mailbox(mail), checkIntervalSeconds: settings.checkIntervalSeconds };
    watchers.push(
      createGmailWatcher({ config, takeIn, conversations, cursor: parts.cursor('gmail'), clock, random, logger }),
    );
  }

  watchers.push(createFolderWatcher({ root, takeIn, clock, logger }));

  watchers.push(createScheduleWatcher({ root, takeIn, cursor: parts.cursor('schedule'), clock, logger }));
  return watchers;
}

/** Read access to the mails that were sent, for the proof that one went out; undefined without a mail account. */
export async function createSent({ settings, clock, logger }: Surroundings): Promise<SentMailbox | undefined> {
  if (settings.mail === undefined) return undefined;
  const { createSentMailbox } = await import('./gmail/sent.ts');
  return createSentMailbox({ config: mailbox(settings.mail), logger, clock });
}

const mailbox = (mail: NonNullable<Surroundings['settings']['mail']>) => ({
  email: mail.email,
  password: mail.password,
  ...mail.imap,
});
