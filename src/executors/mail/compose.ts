import type { Effect } from '../../domain/effect.ts';
import { domainOf } from '../../lib/address.ts';
import { readAddress, type Addressee } from './address.ts';
import type { AttachmentBytes } from './attachments.ts';

/** The same for every attempt of one approval, so that a second copy can be told from a first one. */
export const messageIdFor = (key: string, account: string): string => `<cs-${key}@${domainOf(account)}>`;

export type Composed = {
  readonly messageId: string;
  /** Exactly who gets it: all that the person saw, each once. */
  readonly recipients: readonly string[];
  /** Without Bcc line; the same bytes for the same input. */
  readonly raw: Buffer;
};

/** Undefined when a recipient is not a plain address. */
export async function composeMail(
  effect: Effect,
  parts: {
    readonly account: string;
    readonly key: string;
    readonly at: Date;
    readonly attachments: readonly AttachmentBytes[];
  },
): Promise<Composed | undefined> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const { encodeWord } = await import('nodemailer/lib/mime-funcs');
  const [to, cc, bcc] = [readAll(effect.to), readAll(effect.cc), readAll(effect.bcc)];
  if (to === undefined || cc === undefined || bcc === undefined) return undefined;
  const messageId = messageIdFor(parts.key, parts.account);
  const composer = new MailComposer({
    from: { name: '', address: parts.account },
    to,
    cc,
    subject: headerText(effect.subject, encodeWord),
    text: effect.text,
    // Not flowed: what was approved arrives with the line breaks it was approved with.
    textEncoding: 'quoted-printable',
    messageId,
    date: parts.at,
    ...threadOf(effect),
    attachments: parts.attachments.map(({ name, type, bytes }) => ({
      filename: name,
      // What we call text is UTF-8; without saying so, some programs guess.
      contentType: type.startsWith('text/') ? `${type}; charset=utf-8` : type,
      content: bytes,
    })),
    baseBoundary: `cs-${parts.key}`,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const recipients = [...new Set([...to, ...cc, ...bcc].map(({ address }) => address))];
  return { messageId, recipients, raw: await composer.compile().build() };
}

/** Words that are short, with one space between them, arrive as they are, folded or not. */
const plainLine = /^[\u0021-\u007e]{1,60}(?: [\u0021-\u007e]{1,60})*$/;

/**
 * The subject so that a reader sees exactly what was approved. Encoded words that somebody typed, or copied from a raw
 * mail, would be decoded on the way and read as something else; the library lets them pass. Encoded once more, as a
 * whole, they are read as they were shown. The library leaves alone what is encoded already.
 */
function headerText(
  text: string,
  encodeWord: (text: string, encoding: 'Q' | 'B', longestWord: number) => string,
): string {
  if (plainLine.test(text) && !text.includes('=?')) return text;
  const [quoted, base64] = [encodeWord(text, 'Q', 52), encodeWord(text, 'B', 52)];
  return quoted.length <= base64.length ? quoted : base64;
}

function readAll(list: readonly string[]): Addressee[] | undefined {
  const people = list.map(readAddress);
  return people.includes(undefined) ? undefined : people.filter((one) => one !== undefined);
}

/** Only well-formed ids get into a header. */
function threadOf({ thread }: Effect): { inReplyTo?: string; references?: string[] } {
  const isId = (id: string): boolean => /^<[\u0021-\u003b\u003d\u003f-\u007e]{1,900}>$/.test(id);
  const inReplyTo = isId(thread?.inReplyTo ?? '') ? thread?.inReplyTo : undefined;
  const references = [...new Set([...(thread?.references ?? []), inReplyTo ?? ''])].filter(isId);
  return { ...(inReplyTo === undefined ? {} : { inReplyTo }), ...(references.length === 0 ? {} : { references }) };
}
