/** Every setting there is: name, what it takes, default and meaning. `.env.example` and docs/settings.md are tested against it. */
export type Kind =
  | { readonly kind: 'text' }
  /** Never shown, not even in a mistake. */
  | { readonly kind: 'secret' }
  | { readonly kind: 'whole'; readonly min: number; readonly max: number }
  | { readonly kind: 'flag' }
  | { readonly kind: 'one_of'; readonly values: readonly string[] }
  /** Comma-separated numeric ids. */
  | { readonly kind: 'ids' }
  | { readonly kind: 'url' }
  /** `Sara=telegram:7,owner; Ben=telegram:8`: ids of one person. */
  | { readonly kind: 'people' }
  /** `22-7`: from hour to hour, local time. */
  | { readonly kind: 'hours' };

export type Setting = { readonly name: string; readonly kind: Kind; readonly fallback: string; readonly about: string };

const text: Kind = { kind: 'text' };
const secret: Kind = { kind: 'secret' };
const flag: Kind = { kind: 'flag' };
const url: Kind = { kind: 'url' };
const seconds = (min: number, max: number): Kind => ({ kind: 'whole', min, max });
const port: Kind = { kind: 'whole', min: 0, max: 65_535 };
const perHour: Kind = { kind: 'whole', min: 1, max: 1_000 };
const setting = (name: string, kind: Kind, fallback: string, about: string): Setting => ({
  name,
  kind,
  fallback,
  about,
});

const account = (prefix: string, label: string, later: string): readonly Setting[] => [
  setting(`${prefix}_EMAIL`, text, '', `Login of the ${label} account${later}`),
  setting(
    `${prefix}_PASSWORD`,
    secret,
    '',
    `Password; leave it out and run: npm run login -- ${label.toLowerCase()}${later}`,
  ),
  setting(`${prefix}_URL`, url, '', `Base address, only for stand-ins${later}`),
];
const notYet = ' (not built yet: ignored, with a warning)';

export const table: readonly Setting[] = [
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
  setting('TELEGRAM_BOT_TOKEN', secret, '', 'From @BotFather'),
  setting('TELEGRAM_CHAT_ID', text, '', 'The chat that gets the cards; empty: the private chat of the one approver'),
  setting(
    'TELEGRAM_APPROVERS',
    { kind: 'ids' },
    '',
    'Numeric ids of the people who may decide, comma-separated; empty: nobody, until somebody pairs',
  ),
  setting(
    'TELEGRAM_EDITORS',
    { kind: 'ids' },
    '',
    'Numeric ids of people who may edit drafts and choose texts, but decide nothing',
  ),
  setting('TELEGRAM_VIEWERS', { kind: 'ids' }, '', 'Numeric ids of people who may look, and nothing else'),
  setting(
    'TELEGRAM_TOPICS',
    flag,
    'false',
    'In a group with topics: one for each platform, and one for everything about the whole',
  ),
  setting('TELEGRAM_API_ROOT', url, '', 'Only for stand-ins and own Bot API servers'),
  setting('SLACK_BOT_TOKEN', secret, '', `xoxb-…${notYet}`),
  setting('SLACK_APP_TOKEN', secret, '', `xapp-…${notYet}`),
  setting('SLACK_SIGNING_SECRET', secret, '', notYet.trim()),
  setting('SLACK_CHANNEL', text, '', notYet.trim()),
  setting('SLACK_APPROVERS', text, '', notYet.trim()),
  setting('SLACK_COMMAND', text, '/employee', notYet.trim()),
  setting('SLACK_API_URL', url, '', notYet.trim()),
  ...account('LINKEDIN', 'LinkedIn', ''),
  ...account('FACEBOOK', 'Facebook', notYet),
  ...account('INSTAGRAM', 'Instagram', notYet),
  ...account('TWITTER', 'X', notYet),
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
    { kind: 'people' },
    '',
    'Whoever has several ids counts once: Sara=telegram:7,slack:U02ABC,owner; Ben=telegram:8 (owner: this machine)',
  ),
  setting(
    'QUIET_HOURS',
    { kind: 'hours' },
    '',
    'For example 22-7, local time: cards come without a sound, and one message says in the morning what waits',
  ),
  setting(
    'DIGEST_FROM',
    { kind: 'whole', min: 0, max: 100 },
    '3',
    'So many drafts wait at cards of their own in Telegram; further ones are one message that leads to the review; 0: all are cards',
  ),
  setting('LIMIT_LINKEDIN', perHour, '5', 'Actions per hour and account'),
  setting('LIMIT_FACEBOOK', perHour, '5', 'Actions per hour and account'),
  setting('LIMIT_INSTAGRAM', perHour, '3', 'Actions per hour and account'),
  setting('LIMIT_TWITTER', perHour, '10', 'Actions per hour and account'),
  setting('DRY_RUN', flag, 'false', 'Do everything but the last step: nothing leaves, files still move to Done'),
];
