/**
 * The effect: exactly what would leave, nothing else. It is stored when a card is shown, its hash is the revision, and
 * the stored effect leaves, never a second reading of the file (promise P1).
 */
export type Effect = {
  readonly platform: string;
  readonly action: string;
  /** Account it leaves from: an address or a handle; empty when the platform is not set up. */
  readonly account: string;
  /** NFC, LF line ends, no trailing white space at the end. */
  readonly text: string;
  readonly subject: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  /** Set when it continues a conversation by mail. */
  readonly thread: Thread | undefined;
  /** Address of the post that is answered or commented, or the handle of a direct message; empty when none. */
  readonly target: string;
  readonly media: readonly Media[];
  /** Not before this instant, ISO 8601 in UTC; empty = as soon as allowed. */
  readonly schedule: string;
  /** The texts of a thread, in order; `text` is all of them with a blank line between. Absent when it is no thread. */
  readonly parts?: readonly string[];
};

export type Thread = {
  /** Message-ID with angle brackets. */
  readonly inReplyTo: string;
  /** Oldest first, each with angle brackets. */
  readonly references: readonly string[];
};

export type Media = {
  /** Path below the vault, with forward slashes. Where the bytes lie; no recipient sees it. */
  readonly path: string;
  /** The name a recipient sees, one line: the last part of the path as it was when the draft was read. */
  readonly name: string;
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string;
  readonly bytes: number;
  /** MIME type by content, not by name. */
  readonly type: string;
  /** Pixels of a picture; missing where they can’t be read. */
  readonly shape?: { readonly width: number; readonly height: number };
};

/** An effect with nothing in it; readers fill in what they find. */
export const emptyEffect: Effect = {
  platform: '',
  action: '',
  account: '',
  text: '',
  subject: '',
  to: [],
  cc: [],
  bcc: [],
  thread: undefined,
  target: '',
  media: [],
  schedule: '',
};

/** Text as it is compared, hashed and sent: NFC, LF, no trailing white space at the very end. */
export const normaliseText = (text: string): string => text.replaceAll(/\r\n?/g, '\n').normalize('NFC').trimEnd();

/**
 * One string per distinct effect, the input of the revision hash. Length-prefixed, so that no text can pretend to be
 * another field. Files count by content and by what a recipient sees of them, not by where they lie.
 *
 * @param version 1: how files were counted before their names did; only to judge what is on record from then
 */
export function canonicalEffect(effect: Effect, version: 1 | 2 = 2): string {
  const addresses = (texts: readonly string[]) => texts.map((text) => text.trim().toLowerCase());
  // Without files the two versions are one: what was approved before an update stays approved.
  const counted = effect.media.length === 0 ? 1 : version;
  const parts = [
    `v${counted}`,
    effect.platform,
    effect.action,
    effect.account.toLowerCase(),
    normaliseText(effect.text),
    normaliseText(effect.subject),
    ...list(addresses(effect.to)),
    ...list(addresses(effect.cc)),
    ...list(addresses(effect.bcc)),
    effect.thread?.inReplyTo ?? '',
    ...list(effect.thread?.references ?? []),
    effect.target,
    ...list(effect.media.flatMap(({ sha256, name, type }) => (counted === 1 ? [sha256] : [sha256, name, type]))),
    effect.schedule,
    // Only where there are any: what was hashed before there were threads keeps its hash.
    ...(effect.parts === undefined ? [] : list(effect.parts.map(normaliseText))),
  ];
  return joined(parts);
}

/**
 * One string for all effects that would do the same to the same people: of equal ones within some weeks only one may
 * leave without a question (promise P2). When and in which thread it leaves does not count, nor in which order and in
 * which line people are named, nor what a file is called. A mail with another subject is another mail.
 */
export const likenessOf = (effect: Effect): string =>
  joined([
    'likeness 1',
    effect.platform,
    effect.account.trim().toLowerCase(),
    ...list([...new Set([...effect.to, ...effect.cc, ...effect.bcc].map(bareAddress))].toSorted()),
    effect.target.trim().toLowerCase(),
    bareSubject(effect.subject),
    flowing(effect.text),
    ...list(effect.media.map(({ sha256 }) => sha256).toSorted()),
  ]);

const joined = (parts: readonly string[]): string => parts.map((part) => `${part.length}:${part}`).join('');
const list = (values: readonly string[]): string[] => [String(values.length), ...values];

/** The address in `Name <address>`, which is all that a mail goes by; lower case. */
export const bareAddress = (text: string): string => (/<([^<>]*)>\s*$/.exec(text)?.[1] ?? text).trim().toLowerCase();

/** Mail programs put answers marks before the subject and people write it in either case. */
const bareSubject = (subject: string): string =>
  flowing(subject)
    .toLowerCase()
    .replace(/^(?:(?:re|aw|fw|fwd|wg)\s*:\s*)+/, '');

/** Where lines break and how many spaces stand in a row is no other text to a reader. */
const flowing = (text: string): string => normaliseText(text).replaceAll(/\s+/g, ' ').trim();
