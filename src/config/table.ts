/**
 * Every setting there is: name, what it takes, default and meaning. Those of a chat or a platform are its own.
 * `.env.example` and docs/settings.md are tested against it.
 */
import type { Chat } from '../bot/chat/settings.ts';
import { chats, chatsNotBuilt } from '../bot/index.ts';
import { flag, secret, setting, text, url } from '../domain/setting.ts';
import type { Kind, NotBuilt, Setting } from '../domain/setting.ts';
import type { Account } from '../executors/account.ts';
import { accounts } from '../executors/index.ts';

/** Who brings settings of its own. */
export type Adapters = {
  readonly chats: readonly Chat[];
  readonly chatsNotBuilt: readonly NotBuilt[];
  readonly accounts: readonly Account[];
};

export const everyAdapter: Adapters = { chats, chatsNotBuilt, accounts };

/** In the order in which mistakes are told. */
export const tableOf = (adapters: Adapters): readonly Setting[] => [
  ...ours,
  ...broughtBy(adapters),
  ...oursBehind,
  ...adapters.accounts.map(({ limit }) => limit),
  dryRun,
];

/** Settings that connect to something: without any of them there is nothing real to run on. */
export const connecting = (adapters: Adapters): readonly string[] => [
  'VAULT_PATH',
  'DATA_DIR',
  'GMAIL_EMAIL',
  'GMAIL_PASSWORD',
  ...broughtBy(adapters).map(({ name }) => name),
];

const broughtBy = ({ chats, chatsNotBuilt, accounts }: Adapters): readonly Setting[] =>
  [...chats, ...chatsNotBuilt, ...accounts].flatMap(({ rows }) => rows);

const seconds = (min: number, max: number): Kind => ({ kind: 'whole', min, max });
const port: Kind = { kind: 'whole', min: 0, max: 65_535 };

const ours: readonly Setting[] = [
  setting('VAULT_PATH', text, 'data/AI_Employee_Vault', 'The folder with your Markdown files'),
  setting('DATA_DIR', text, 'data', 'Ledger, browser profiles, tokens; never inside the vault, never synced'),
  setting(
    'CHECK_INTERVAL',
    seconds(5, 86_400),
    '120',
    'Seconds between looks into the mailbox (news come at once by IDLE)',
  ),
  setting('APPROVAL_CHECK_INTERVAL', seconds(1, 3_600), '10', 'Seconds between comparisons of folders and record'),
  setting('MAX_RETRIES', seconds(0, 20), '3', 'Further tries when an action failed before its point of no return'),
  setting('RETRY_DELAY', seconds(1, 3_600), '5', 'Seconds before the first further try; doubles each time'),
  setting('LOG_LEVEL', { kind: 'one_of', values: ['DEBUG', 'INFO', 'WARNING', 'ERROR'] }, 'INFO', 'How much is logged'),
  setting(
    'LOG_FILE',
    text,
    '',
    'Default <vault>/Logs/orchestrator.log; the date is put before the ending, a file a day',
  ),
  setting('GMAIL_EMAIL', text, '', 'Mail address to watch and to send from'),
  setting('GMAIL_PASSWORD', secret, '', 'App password (https://myaccount.google.com/apppasswords), not your usual one'),
  setting('IMAP_HOST', text, 'imap.gmail.com', 'Where mail is read'),
  setting('IMAP_PORT', port, '993', ''),
  setting('IMAP_SECURE', flag, 'true', 'TLS from the first byte'),
  setting('SMTP_HOST', text, 'smtp.gmail.com', 'Where mail is sent'),
  setting('SMTP_PORT', port, '465', ''),
  setting('SMTP_SECURE', flag, 'true', 'TLS from the first byte'),
];

const oursBehind: readonly Setting[] = [
  setting('BROWSER_PATH', text, '', 'Browser to use; otherwise Chrome, Edge or Chromium is looked for'),
  setting('BROWSER_CHANNEL', text, '', 'chrome, msedge, chromium …'),
  setting(
    'BROWSER_HEADLESS',
    { kind: 'one_of', values: ['auto', 'true', 'false'] },
    'auto',
    'auto: a window when there is a screen',
  ),
  setting('WEB_HOST', text, '127.0.0.1', 'Address the web page listens on'),
  setting('WEB_PORT', port, '8484', '0 takes a free one'),
  setting('PUBLIC_URL', url, '', 'How your phone reaches the web page, for the log links; empty: this machine only'),
  setting('HOLD_SECONDS', seconds(0, 86_400), '10', 'Undo time after an approval; 0: none'),
  setting(
    'APPROVAL_POLICY',
    { kind: 'one_of', values: ['seen', 'any', 'chat'] },
    'seen',
    'Files moved into Approved by hand count when they waited (seen), also when nobody ever saw them (any), or never (chat)',
  ),
  setting(
    'APPROVALS_NEEDED',
    seconds(1, 9),
    '1',
    'How many different people must approve exactly the same text before it leaves',
  ),
  setting(
    'PEOPLE',
    text,
    '',
    'Whoever has several ids counts once: a name, = and its ids (chat:id, or owner for this machine), a semicolon between people',
  ),
  setting(
    'QUIET_HOURS',
    { kind: 'hours' },
    '',
    'For example 22-7, local time: cards come without a sound, and one message says in the morning what waits',
  ),
  setting(
    'MAILS_AT',
    { kind: 'time_of_day' },
    '18:00',
    'When one quiet line a day says which mails got no draft, local time; within the quiet hours it waits for their end; off: never',
  ),
  setting(
    'DIGEST_FROM',
    { kind: 'whole', min: 0, max: 100 },
    '3',
    'So many drafts wait at cards of their own in the chat; further ones are one message that leads to the review; 0: all are cards',
  ),
];

const dryRun = setting(
  'DRY_RUN',
  flag,
  'false',
  'Do everything but the last step: nothing leaves, files still move to Done',
);
