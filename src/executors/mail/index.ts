/** Mail: sends what was approved by SMTP, and looks into Sent when nobody can tell whether it left. */
import type { Effect } from '../../domain/effect.ts';
import { createHealth } from '../../domain/health.ts';
import type { HealthKeeper } from '../../domain/health.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { Platform } from '../../domain/platform.ts';
import type { Executor, Run } from '../../domain/ports.ts';
import { blocks, isBlocked, type Problem } from '../../domain/problem.ts';
import { sleep, type Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { readAttachments } from './attachments.ts';
import { checkMail } from './check.ts';
import { composeMail, type Composed } from './compose.ts';
import { confirmSent, type SentMailbox } from './confirm.ts';
import { deliver, stopped } from './deliver.ts';
import { traitsOf } from './hosts.ts';
import { usualPatience, type MailServer, type Patience } from './smtp.ts';

export type { SentMailbox };

export type MailExecutorParts = {
  readonly platform: Platform;
  readonly config: MailServer & {
    /** Who files the copy in Sent: `auto` knows the big providers and does it for the others. */
    readonly fileSentCopy: 'auto' | 'append' | 'none';
  };
  readonly sent: SentMailbox;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The usual patience when absent. */
  readonly patience?: Patience;
};

/** Sends mail from one account. Loads the mail library with the first mail. */
export function createMailExecutor(parts: MailExecutorParts): Executor {
  const { platform, config, sent, clock, logger, patience = usualPatience } = parts;
  const stopping = new AbortController();
  const working = new Set<Promise<unknown>>();
  const health = createHealth(platform.id, clock, { standing: 'well', words: 'Ready.' });

  /** `stop` waits for what is tracked. */
  const track = async <T>(work: Promise<T>): Promise<T> => {
    working.add(work);
    try {
      return await work;
    } finally {
      working.delete(work);
    }
  };

  const carryOut = async (effect: Effect, run: Run): Promise<Outcome> => {
    const signal = AbortSignal.any([run.signal, stopping.signal]);
    if (signal.aborted) return stopped;
    const mail = await prepare(effect, run, parts);
    if ('kind' in mail) return mail;
    const outcome = await deliver(mail, run, { server: config, patience, signal });
    learn(health, outcome);
    if (outcome.kind === 'posted' && !run.dryRun && wantsCopy(config)) {
      // Behind the result: the mail is out whether or not its copy gets filed.
      void track(
        sent.append(mail.raw).then(
          (copy) => {
            if (copy === 'filed') return;
            if (copy === 'no_mailbox') health.become(health.now().standing, `Ready. ${noSentMailbox}`);
            logger.warn(
              `No copy of ${mail.messageId} was filed in Sent.${copy === 'failed' ? '' : ` ${noSentMailbox}`}`,
            );
          },
          () => logger.warn(`No copy of ${mail.messageId} was filed in Sent.`),
        ),
      );
    }
    return outcome;
  };

  return {
    platform,
    account: config.email,
    missing: () => missingSettings(config),
    check: (effect) => checkMail(effect, config.email),
    carryOut: (effect, run) => track(carryOut(effect, run)),
    confirm: (_, past) => track(confirmSent({ account: config.email, host: config.host, sent, clock }, past)),
    health: health.now,
    async stop() {
      stopping.abort();
      await Promise.race([Promise.allSettled(working), sleep(clock, 4_000)]);
      health.become('off', 'Stopped.');
    },
  };
}

async function prepare(effect: Effect, run: Run, { config, clock }: MailExecutorParts): Promise<Composed | Outcome> {
  const problems = checkMail(effect, config.email);
  const [worst] = problems.filter((problem) => isBlocked([problem]));
  if (worst !== undefined) return { kind: 'refused', problem: worst };
  const attachments = await readAttachments(run.vaultPath, effect.media);
  if (attachments.kind === 'refused') return attachments;
  const mail = await composeMail(effect, {
    account: config.email,
    key: run.key,
    at: clock.now(),
    attachments: attachments.files,
  });
  if (mail !== undefined) return mail;
  return {
    kind: 'refused',
    problem: blocks('bad_recipient', 'A recipient is not a mail address.', 'Check the recipients.'),
  };
}

/** Shown with the state of the part until a copy is filed. */
const noSentMailbox = 'The mailbox has no folder for sent mail, so no copies are kept. Make one that is called Sent.';

const wantsCopy = ({ fileSentCopy, host }: MailExecutorParts['config']): boolean =>
  fileSentCopy === 'append' || (fileSentCopy === 'auto' && !traitsOf(host).filesCopies);

function missingSettings({ email, password, host }: MailServer): readonly Problem[] {
  if (email !== '' && password !== '' && host !== '') return [];
  return [
    blocks('platform_not_set_up', 'Mail is not set up.', 'Set GMAIL_EMAIL and GMAIL_PASSWORD (an app password).'),
  ];
}

function learn(health: HealthKeeper, outcome: Outcome): void {
  switch (outcome.kind) {
    case 'posted':
      health.become('well', 'Ready.');
      return health.succeeded();
    case 'needs_login':
    case 'rate_limited':
      return health.become('troubled', `${outcome.problem.what} ${outcome.problem.remedy}`);
    case 'retry_later':
    case 'refused':
    case 'unknown':
      return undefined;
  }
}
