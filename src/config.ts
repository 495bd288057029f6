/**
 * Environment → typed settings. All mistakes are found together and nothing is touched before they are mended. The
 * environment wins over `.env` in the working directory, which is read without changing the environment, so that
 * browsers started from here inherit no secret.
 */
import { readFileSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { parse } from 'dotenv';
import { identitiesOf, idleIds, idsOf, needsMorePeople, twiceListed, wrongPeople } from './config-people.ts';
import { table } from './config-table.ts';
import type { Kind, Setting } from './config-table.ts';

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
  readonly telegram: TelegramSettings | undefined;
  readonly linkedin: { readonly email: string; readonly password: string; readonly url: string };
  readonly browser: { readonly path: string; readonly channel: string; readonly headless: 'auto' | 'yes' | 'no' };
  readonly web: { readonly host: string; readonly port: number; readonly publicUrl: string };
  readonly holdSeconds: number;
  /** Local hours; undefined: none. */
  readonly quietHours: { readonly from: number; readonly to: number } | undefined;
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

export type MailSettings = {
  readonly email: string;
  readonly password: string;
  readonly imap: Endpoint;
  readonly smtp: Endpoint;
};
type Endpoint = { readonly host: string; readonly port: number; readonly secure: boolean };
export type TelegramSettings = {
  readonly token: string;
  /** Empty: the private chat of whoever pairs. */
  readonly chatId: string;
  /** Empty: nobody may do anything until somebody pairs. */
  readonly approvers: readonly string[];
  readonly editors: readonly string[];
  readonly viewers: readonly string[];
  /** A topic for each platform, in a group that has topics. */
  readonly topics: boolean;
  readonly apiRoot: string;
};

/** What was found (secrets masked), what is wanted. */
export type Mistake = { readonly name: string; readonly found: string; readonly wanted: string };

export type Config =
  | { readonly kind: 'settings'; readonly settings: Settings; readonly warnings: readonly string[] }
  | { readonly kind: 'mistakes'; readonly mistakes: readonly Mistake[] };

/** What is wanted of DATA_DIR, here and where its links are followed. */
export const outsideVault = 'a folder outside the vault: it must not be synced';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment with `.env` of `folder` beneath it. */
export function readEnvironment(environment: Environment, folder: string): Environment {
  let file: string;
  try {
    file = readFileSync(resolve(folder, '.env'), 'utf8');
  } catch {
    return environment; // no .env, or one we may not read: the environment alone counts, the doctor says so
  }
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  return { ...parse(file), ...set };
}

/** Settings that connect to something: without any of them there is nothing real to run on. */
export function isConfigured(environment: Environment): boolean {
  const connects = /^(VAULT_PATH|DATA_DIR|GMAIL_|TELEGRAM_|SLACK_|LINKEDIN_|FACEBOOK_|INSTAGRAM_|TWITTER_)/;
  return table.some(({ name }) => connects.test(name) && (environment[name] ?? '').trim() !== '');
}

export function readConfig(environment: Environment, folder: string): Config {
  const mistakes: Mistake[] = [];
  const values = new Map<string, string>();
  for (const setting of table) {
    const found = (environment[setting.name] ?? '').trim();
    const wanted = found === '' ? undefined : wrongness(setting.kind, found);
    if (wanted !== undefined) mistakes.push({ name: setting.name, found: mask(setting, found), wanted });
    values.set(setting.name, found === '' ? setting.fallback : found);
  }
  const get = (name: string): string => values.get(name) ?? '';
  mistakes.push(...contradictions(get, folder));
  if (mistakes.length > 0) return { kind: 'mistakes', mistakes };
  return { kind: 'settings', settings: toSettings(get, folder), warnings: warningsFor(get) };
}

/** What is wanted instead; undefined when `found` is right. */
function wrongness(kind: Kind, found: string): string | undefined {
  switch (kind.kind) {
    case 'text':
    case 'secret':
      return /[\r\n\0]/.test(found) ? 'one line' : undefined;
    case 'whole': {
      const value = Number(found);
      const right = /^\d+$/.test(found) && value >= kind.min && value <= kind.max;
      return right ? undefined : `a whole number from ${kind.min} to ${kind.max}`;
    }
    case 'flag':
      return /^(true|false|yes|no|1|0)$/i.test(found) ? undefined : 'true or false';
    case 'one_of':
      return kind.values.some((value) => value.toLowerCase() === found.toLowerCase())
        ? undefined
        : `one of ${kind.values.join(', ')}`;
    case 'ids':
      return /^\d{1,20}(\s*,\s*\d{1,20})*,?$/.test(found)
        ? undefined
        : 'numeric ids, comma-separated (send /start to the bot: it answers with yours)';
    case 'url':
      return URL.canParse(found) && /^https?:$/.test(new URL(found).protocol)
        ? undefined
        : 'an address like https://example.com';
    case 'people':
      return wrongPeople(found);
    case 'hours':
      return hoursOf(found) === undefined ? 'two different hours like 22-7' : undefined;
  }
}

function hoursOf(text: string): Settings['quietHours'] {
  const [, from, to] = /^([01]?\d|2[0-3])\s*-\s*([01]?\d|2[0-3])$/.exec(text) ?? [];
  return from === undefined || Number(from) === Number(to) ? undefined : { from: Number(from), to: Number(to) };
}

const mask = (setting: Setting, found: string): string =>
  setting.kind.kind === 'secret' ? `a secret of ${found.length} characters` : `"${found.slice(0, 80)}"`;

function contradictions(get: (name: string) => string, folder: string): Mistake[] {
  const mistakes: Mistake[] = [];
  const needs = (when: string, name: string, wanted: string) => {
    if (get(when) !== '' && get(name) === '')
      mistakes.push({ name, found: 'nothing', wanted: `${wanted}, because ${when} is set` });
  };
  // Nobody listed means that nobody may do anything; the start goes on only because a one-time code is the way in. One
  // approver's own chat is the obvious one, of several nobody can say which.
  if (get('TELEGRAM_APPROVERS').includes(',') || `${get('TELEGRAM_EDITORS')}${get('TELEGRAM_VIEWERS')}` !== '') {
    needs('TELEGRAM_BOT_TOKEN', 'TELEGRAM_CHAT_ID', 'the numeric id of the chat that gets the cards');
  }
  needs('TELEGRAM_CHAT_ID', 'TELEGRAM_BOT_TOKEN', 'the token of your bot from @BotFather');
  needs('GMAIL_EMAIL', 'GMAIL_PASSWORD', 'an app password');
  needs('GMAIL_PASSWORD', 'GMAIL_EMAIL', 'the mail address');
  needs('LINKEDIN_PASSWORD', 'LINKEDIN_EMAIL', 'the login of the LinkedIn account');
  const chat = get('TELEGRAM_CHAT_ID');
  if (chat !== '' && !/^-?\d{1,20}$/.test(chat)) {
    mistakes.push({
      name: 'TELEGRAM_CHAT_ID',
      found: `"${chat.slice(0, 80)}"`,
      wanted: 'a numeric id (groups start with -100)',
    });
  }
  const few = needsMorePeople(get);
  if (few !== undefined) mistakes.push(few);
  const vault = resolve(folder, get('VAULT_PATH'));
  const dataDir = resolve(folder, get('DATA_DIR'));
  if (dataDir === vault || dataDir.startsWith(vault + sep)) {
    mistakes.push({
      name: 'DATA_DIR',
      found: `"${get('DATA_DIR')}"`,
      wanted: outsideVault,
    });
  }
  return mistakes;
}

function toSettings(get: (name: string) => string, folder: string): Settings {
  const number = (name: string) => Number(get(name));
  const flag = (name: string) => /^(true|yes|1)$/i.test(get(name));
  const base = (name: string) => get(name).replace(/\/+$/, '');
  const endpoint = (prefix: string): Endpoint => ({
    host: get(`${prefix}_HOST`),
    port: number(`${prefix}_PORT`),
    secure: flag(`${prefix}_SECURE`),
  });
  const vaultPath = resolve(folder, get('VAULT_PATH'));
  const headless = { auto: 'auto', true: 'yes', false: 'no' } as const;
  const logLevel = get('LOG_LEVEL').toUpperCase() as Settings['logLevel'];
  return {
    vaultPath,
    dataDir: resolve(folder, get('DATA_DIR')),
    checkIntervalSeconds: number('CHECK_INTERVAL'),
    approvalCheckIntervalSeconds: number('APPROVAL_CHECK_INTERVAL'),
    maxRetries: number('MAX_RETRIES'),
    retryDelaySeconds: number('RETRY_DELAY'),
    logLevel,
    logFile: resolve(folder, get('LOG_FILE') === '' ? `${vaultPath}/Logs/orchestrator.log` : get('LOG_FILE')),
    mail: get('GMAIL_EMAIL') === '' ? undefined : mailSettings(get, endpoint),
    telegram: get('TELEGRAM_BOT_TOKEN') === '' ? undefined : telegramSettings(get, flag, base('TELEGRAM_API_ROOT')),
    linkedin: { email: get('LINKEDIN_EMAIL'), password: get('LINKEDIN_PASSWORD'), url: base('LINKEDIN_URL') },
    browser: {
      path: get('BROWSER_PATH'),
      channel: get('BROWSER_CHANNEL'),
      headless: headless[get('BROWSER_HEADLESS').toLowerCase() as keyof typeof headless],
    },
    web: { host: get('WEB_HOST'), port: number('WEB_PORT'), publicUrl: base('PUBLIC_URL') },
    holdSeconds: number('HOLD_SECONDS'),
    quietHours: hoursOf(get('QUIET_HOURS')),
    digestFrom: number('DIGEST_FROM'),
    policy: get('APPROVAL_POLICY').toLowerCase() as Settings['policy'],
    approvalsNeeded: number('APPROVALS_NEEDED'),
    identities: identitiesOf(get),
    limits: new Map(
      ['LINKEDIN', 'FACEBOOK', 'INSTAGRAM', 'TWITTER'].map((name) => [name.toLowerCase(), number(`LIMIT_${name}`)]),
    ),
    dryRun: flag('DRY_RUN'),
    secrets: table
      .filter(({ kind }) => kind.kind === 'secret')
      .map(({ name }) => get(name))
      .filter((value) => value !== ''),
  };
}

const mailSettings = (get: (name: string) => string, endpoint: (prefix: string) => Endpoint): MailSettings => ({
  email: get('GMAIL_EMAIL'),
  // Google shows app passwords in four groups; people copy the spaces.
  password: /^[a-z]{4}( [a-z]{4}){3}$/i.test(get('GMAIL_PASSWORD'))
    ? get('GMAIL_PASSWORD').replaceAll(' ', '')
    : get('GMAIL_PASSWORD'),
  imap: endpoint('IMAP'),
  smtp: endpoint('SMTP'),
});

function telegramSettings(
  get: (name: string) => string,
  flag: (name: string) => boolean,
  apiRoot: string,
): TelegramSettings {
  const approvers = idsOf(get('TELEGRAM_APPROVERS'));
  // A private chat has the id of the person.
  const chatId = get('TELEGRAM_CHAT_ID') === '' ? (approvers[0] ?? '') : get('TELEGRAM_CHAT_ID');
  return {
    token: get('TELEGRAM_BOT_TOKEN'),
    chatId,
    approvers,
    editors: idsOf(get('TELEGRAM_EDITORS')),
    viewers: idsOf(get('TELEGRAM_VIEWERS')),
    topics: flag('TELEGRAM_TOPICS'),
    apiRoot,
  };
}

/** Said at the start and by the doctor: what is set but does nothing yet, or less than it seems. */
function warningsFor(get: (name: string) => string): readonly string[] {
  const later = [
    ['SLACK_BOT_TOKEN', 'Slack'],
    ['FACEBOOK_EMAIL', 'Facebook'],
    ['INSTAGRAM_EMAIL', 'Instagram'],
    ['TWITTER_EMAIL', 'X'],
  ] as const;
  const unbuilt = later
    .filter(([name]) => get(name) !== '')
    .map(([name, label]) => `${name} is set, but ${label} is not built yet: it is ignored.`);
  return [...unbuilt, ...twiceListed(get), ...idleIds(get)];
}
