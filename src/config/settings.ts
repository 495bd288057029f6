/** The settings as the rest of Countersign has them. */
import { resolve } from 'node:path';
import type { SetUpChat } from '../bot/chat/settings.ts';
import { baseOf, isYes } from '../domain/setting.ts';
import type { ValueOf } from '../domain/setting.ts';
import type { SetAccount } from '../executors/account.ts';
import { hoursOf, timeOfDay } from './check.ts';
import { identitiesOf } from './identities.ts';
import { tableOf } from './table.ts';
import type { Adapters } from './table.ts';

export type Settings = {
  readonly vaultPath: string;
  readonly dataDir: string;
  readonly checkIntervalSeconds: number;
  readonly approvalCheckIntervalSeconds: number;
  readonly maxRetries: number;
  readonly retryDelaySeconds: number;
  readonly logLevel: 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR';
  readonly logFile: string;
  /** Undefined when no mail account is configured. */
  readonly mail: MailSettings | undefined;
  /** Those that are set up. */
  readonly chats: readonly SetUpChat[];
  /** Platform id → the account on it; of each site that is built, also when nothing is set. */
  readonly accounts: ReadonlyMap<string, SetAccount>;
  readonly browser: { readonly path: string; readonly channel: string; readonly headless: 'auto' | 'yes' | 'no' };
  readonly web: { readonly host: string; readonly port: number; readonly publicUrl: string };
  readonly holdSeconds: number;
  /** Local hours; undefined: none. */
  readonly quietHours: { readonly from: number; readonly to: number } | undefined;
  /** Local time of day, outside of the quiet hours, at which mails without a draft are told; undefined: never. */
  readonly mailsAt: { readonly hour: number; readonly minute: number } | undefined;
  /** So many drafts may wait at cards of their own in a chat; 0: all. */
  readonly digestFrom: number;
  readonly policy: 'seen' | 'any' | 'chat';
  /** How many different people must approve. */
  readonly approvalsNeeded: number;
  /** `source:id`, or `owner` → the person it belongs to. */
  readonly identities: ReadonlyMap<string, string>;
  /** Platform id → actions per hour. */
  readonly limits: ReadonlyMap<string, number>;
  readonly dryRun: boolean;
  /** Every secret that must never appear in a text. */
  readonly secrets: readonly string[];
};

type MailSettings = {
  readonly email: string;
  readonly password: string;
  readonly imap: Endpoint;
  readonly smtp: Endpoint;
};
type Endpoint = { readonly host: string; readonly port: number; readonly secure: boolean };

/** @param value of a setting that was checked */
export function toSettings(adapters: Adapters, value: ValueOf, folder: string): Settings {
  const number = (name: string) => Number(value(name));
  const endpoint = (prefix: string): Endpoint => ({
    host: value(`${prefix}_HOST`),
    port: number(`${prefix}_PORT`),
    secure: isYes(value(`${prefix}_SECURE`)),
  });
  const vaultPath = resolve(folder, value('VAULT_PATH'));
  const headless = { auto: 'auto', true: 'yes', false: 'no' } as const;
  const logLevel = value('LOG_LEVEL').toUpperCase() as Settings['logLevel'];
  return {
    vaultPath,
    dataDir: resolve(folder, value('DATA_DIR')),
    checkIntervalSeconds: number('CHECK_INTERVAL'),
    approvalCheckIntervalSeconds: number('APPROVAL_CHECK_INTERVAL'),
    maxRetries: number('MAX_RETRIES'),
    retryDelaySeconds: number('RETRY_DELAY'),
    logLevel,
    logFile: resolve(folder, value('LOG_FILE') === '' ? `${vaultPath}/Logs/orchestrator.log` : value('LOG_FILE')),
    mail: value('GMAIL_EMAIL') === '' ? undefined : mailSettings(value, endpoint),
    chats: adapters.chats.filter(({ setUpBy }) => value(setUpBy) !== '').map((chat) => chat.read(value)),
    accounts: new Map(
      adapters.accounts
        .filter(({ notBuilt }) => notBuilt === undefined)
        .map((account) => [account.platform, account.read(value)]),
    ),
    browser: {
      path: value('BROWSER_PATH'),
      channel: value('BROWSER_CHANNEL'),
      headless: headless[value('BROWSER_HEADLESS').toLowerCase() as keyof typeof headless],
    },
    web: { host: value('WEB_HOST'), port: number('WEB_PORT'), publicUrl: baseOf(value('PUBLIC_URL')) },
    holdSeconds: number('HOLD_SECONDS'),
    quietHours: hoursOf(value('QUIET_HOURS')),
    mailsAt: outsideOf(hoursOf(value('QUIET_HOURS')), timeOfDay(value('MAILS_AT'))),
    digestFrom: number('DIGEST_FROM'),
    policy: value('APPROVAL_POLICY').toLowerCase() as Settings['policy'],
    approvalsNeeded: number('APPROVALS_NEEDED'),
    identities: identitiesOf(value),
    limits: new Map(adapters.accounts.map(({ platform, limit }) => [platform, number(limit.name)])),
    dryRun: isYes(value('DRY_RUN')),
    secrets: tableOf(adapters)
      .filter(({ kind }) => kind.kind === 'secret')
      .map(({ name }) => value(name))
      .filter((secret) => secret !== ''),
  };
}

/** What falls into the quiet hours comes when they end. */
function outsideOf(quiet: Settings['quietHours'], time: Settings['mailsAt']): Settings['mailsAt'] {
  if (quiet === undefined || time === undefined) return time;
  const { from, to } = quiet;
  const isQuiet = from < to ? time.hour >= from && time.hour < to : time.hour >= from || time.hour < to;
  return isQuiet ? { hour: to, minute: 0 } : time;
}

const mailSettings = (value: ValueOf, endpoint: (prefix: string) => Endpoint): MailSettings => ({
  email: value('GMAIL_EMAIL'),
  // Google shows app passwords in four groups; people copy the spaces.
  password: /^[a-z]{4}( [a-z]{4}){3}$/i.test(value('GMAIL_PASSWORD'))
    ? value('GMAIL_PASSWORD').replaceAll(' ', '')
    : value('GMAIL_PASSWORD'),
  imap: endpoint('IMAP'),
  smtp: endpoint('SMTP'),
});
