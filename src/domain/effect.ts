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
};

export type Thread = {
  /** Message-ID with angle brackets. */
  readonly inReplyTo: string;
  /** Oldest first, each with angle brackets. */
  readonly references: readonly string[];
};

export type Media = {
  /** Path below the vault, with forward slashes. */
  readonly path: string;
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
 * another field. Media count by content, not by path: a renamed picture is the same picture.
 */
export function canonicalEffect(effect: Effect): string {
  const addresses = (list: readonly string[]) => list.map((address) => address.trim().toLowerCase());
  const parts = [
    'v1',
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
    ...list(effect.media.map((media) => media.sha256)),
    effect.schedule,
  ];
  return parts.map((part) => `${part.length}:${part}`).join('');
}

const list = (values: readonly string[]): string[] => [String(values.length), ...values];
