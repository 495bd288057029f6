/** The import rule of the design as data; printed in docs/architecture.md and compared with it by a test. */
export type Rule = {
  /** Folder below `src`, or a file lying in `src`. */
  readonly place: string;
  readonly may: readonly string[];
};

const adapter = ['domain', 'lib', 'own top folder'];

export const rules: readonly Rule[] = [
  { place: 'domain', may: [] },
  { place: 'lib', may: [] },
  { place: 'vault', may: ['domain', 'lib'] },
  { place: 'ledger', may: ['domain', 'lib'] },
  { place: 'watchers', may: adapter },
  { place: 'drafters', may: adapter },
  { place: 'bot', may: adapter },
  { place: 'executors', may: adapter },
  { place: 'workflow', may: ['domain', 'lib', 'vault', 'ledger'] },
  { place: 'config-table.ts', may: [] },
  { place: 'config-people.ts', may: [] },
  { place: 'config.ts', may: ['config-people.ts', 'config-table.ts', 'lib'] },
  { place: 'open-doors.ts', may: ['config.ts', 'lib'] },
  { place: 'app-parts.ts', may: ['config.ts', 'domain', 'lib', 'vault', 'bot'] },
  {
    place: 'app.ts',
    may: [
      'app-parts.ts',
      'config.ts',
      'domain',
      'lib',
      'vault',
      'ledger',
      'watchers',
      'drafters',
      'bot',
      'executors',
      'workflow',
    ],
  },
  {
    place: 'app-tools.ts',
    may: ['app-parts.ts', 'config.ts', 'domain', 'lib', 'vault', 'ledger', 'bot', 'executors', 'workflow'],
  },
  { place: 'app-report.ts', may: ['lib', 'vault', 'executors'] },
  { place: 'main.ts', may: ['app.ts', 'config.ts', 'lib', 'open-doors.ts'] },
  { place: 'cli', may: ['app-report.ts', 'app-tools.ts', 'config.ts', 'lib', 'open-doors.ts'] },
];

/** One package, one owner: below these places of `src` and nowhere else there. */
export const owners: Readonly<Record<string, readonly string[]>> = {
  grammy: ['bot/telegram'],
  '@slack/bolt': ['bot/slack'],
  hono: ['bot/web'],
  '@hono/node-server': ['bot/web'],
  playwright: ['executors'],
  '@sparticuz/chromium': ['executors'],
  nodemailer: ['executors/mail'],
  imapflow: ['watchers/gmail'],
  mailparser: ['watchers/gmail'],
  'html-to-text': ['watchers/gmail'],
  chokidar: ['vault', 'watchers/folder'],
  'node-cron': ['watchers/schedule'],
  'better-sqlite3': ['ledger'],
  'gray-matter': ['vault'],
  'image-size': ['vault'],
  'twitter-text': ['executors'],
  yaml: ['vault'],
  dotenv: ['config.ts'],
};

/**
 * Whoever touches files of the vault does it through `lib/root.ts`, which follows no link and waits for no pipe: none of these
 * places of `src` imports the file system itself, but for types.
 */
export const pinned = ['vault', 'workflow', 'watchers', 'drafters', 'executors/mail', 'executors/linkedin'];

/** The core knows no platform and no chat by name. */
export const namelessPlaces = ['domain', 'lib', 'ledger', 'workflow'];
export const names = /linkedin|facebook|instagram|twitter|telegram|slack/i;

/**
 * What is written for people decides nothing, for it is reworded and translated: no sentence is taken apart, and nothing is
 * compared with one. There are codes for that (`kind`, `code`, `standing`).
 */
export const onWords: readonly RegExp[] = [
  /\b(?:what|remedy|say|title)\)?\??\s*\.\s*(?:startsWith|endsWith|includes|match|matchAll|search|split|indexOf)\(/,
  /\.words\)?\??\s*\.\s*(?:startsWith|endsWith|includes|match|matchAll|search|split|indexOf)\(/,
  /\.test\([\w.?!]*\.(?:what|remedy|say|words|title)\s*\)/,
  // A constant of several words: `=== 'It is gone'`.
  /(?:[=!]==|(?:startsWith|endsWith|includes|indexOf|has|split)\()\s*(['"`])(?:(?!\1)[^\n$])*?\p{L}{2,} (?:(?!\1)[^\n])*\1/u,
];

/** Where words are read all the same: those of others, who give no codes; and, in the audit, what stands on a screen. */
export const mayReadWords = [
  'vault/reading/',
  'bot/telegram/trouble.ts',
  'bot/telegram/downloads.ts',
  'workflow/audit/chat.ts',
  // To be mended: the noun of a card is taken out of its title, and a state is called "too late".
  'bot/telegram/review-look.ts',
  'bot/telegram/set-look.ts',
  'bot/telegram/edits.ts',
];

export const maxFileLines = 300;
