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
  { place: 'config', may: ['domain', 'lib', 'bot', 'executors'] },
  {
    place: 'app',
    may: ['config', 'domain', 'lib', 'vault', 'ledger', 'watchers', 'drafters', 'bot', 'executors', 'workflow'],
  },
  { place: 'main.ts', may: ['app', 'config', 'lib'] },
  { place: 'cli', may: ['app', 'config', 'lib'] },
];

/**
 * The folders of a family that all its adapters may use: what is not written twice. They know none of the adapters, and of
 * their own top folder nothing but each other.
 */
export const shared: Readonly<Record<string, readonly string[]>> = { bot: ['chat'] };

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
  dotenv: ['config'],
};

/**
 * Whoever touches files of the vault does it through `lib/root.ts`, which follows no link and waits for no pipe: none of these
 * places of `src` imports the file system itself, but for types.
 */
export const pinned = ['vault', 'workflow', 'watchers', 'drafters', 'executors/mail', 'executors/linkedin'];

/**
 * The core knows no platform and no chat by name, nor does the conversation, and what reads the settings, puts everything
 * together and is typed at a terminal.
 */
export const namelessPlaces = ['domain', 'lib', 'ledger', 'workflow', 'bot/chat', 'config', 'app', 'main.ts', 'cli'];
export const names = /linkedin|facebook|instagram|twitter|telegram|slack/i;

/**
 * What is written for people decides nothing, for it is reworded and translated: no sentence is taken apart, and nothing is
 * compared with one. There are codes for that (`kind`, `code`, `standing`).
 */
export const onWords: readonly RegExp[] = [
  /\b(?:what|remedy|say|title|noun|headline)\)?\??\s*\.\s*(?:startsWith|endsWith|includes|match|matchAll|search|split|indexOf)\(/,
  /\.words\)?\??\s*\.\s*(?:startsWith|endsWith|includes|match|matchAll|search|split|indexOf)\(/,
  /\.test\([\w.?!]*\.(?:what|remedy|say|words|title|noun|headline)\s*\)/,
  // A field is known by its id, and what is of one kind by its ids.
  /\blabel\s*[=!]==\s*(['"`])\p{Lu}/u,
  /\bgroupBy\([^)]*\b(?:title|noun|headline)\b/,
  // A constant of several words: `=== 'It is gone'`.
  /(?:[=!]==|(?:startsWith|endsWith|includes|indexOf|has|split)\()\s*(['"`])(?:(?!\1)[^\n$])*?\p{L}{2,} (?:(?!\1)[^\n])*\1/u,
];

/** Where words are read all the same: those of others, who give no codes; and, in the audit, what stands on a screen. */
export const mayReadWords = [
  'vault/reading/',
  'bot/telegram/errors.ts',
  'bot/telegram/downloads.ts',
  'workflow/audit/chat.ts',
];

/**
 * Exported types that may share a name, with the reason; any other name means one thing in all of `src`, so that whoever
 * searches for it finds it.
 */
export const sharedTypeNames: Readonly<Record<string, string>> = {
  SentMailbox:
    'one port: `executors/mail` says what it needs, `watchers/gmail` has it, and neither may import the other',
};

export const maxFileLines = 300;
