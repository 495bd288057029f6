import { domainToUnicode } from 'node:url';
import type { Draftable, Item } from '../../domain/item.ts';
import { domainOf } from '../../lib/address.ts';
import { fenced } from '../../lib/fenced.ts';
import { sha256 } from '../../lib/hash.ts';
import { cut, oneLine } from '../../lib/words.ts';
import { cleanText } from './clean-text.ts';
import type { Attachment, Mail, MailText, Person } from './mail.ts';
import type { Triage } from './triage.ts';
import { answerTo } from './triage-rules.ts';

const bodyLimit = 100_000;
const originalLimit = 20_000;

/** The same mail has the same key whatever its UID and folder are. */
function mailKey(account: string, { emailId, head }: Mail): string {
  const own = emailId === '' ? `${head.messageId}\n${head.hash}` : emailId;
  return `gmail:${sha256(`${account.toLowerCase()}\n${own}`)}`;
}

/** A mail as an item. */
export function toItem(account: string, mail: Mail, triaged: Triage): Item {
  const { head } = mail;
  const draftable = toDraftable(mail, triaged);
  return {
    key: mailKey(account, mail),
    watcher: 'gmail',
    at: mail.at,
    fileStem: stem(head.from, head.subject),
    title: oneLine(`Mail from ${display(head.from)}: ${head.subject || '(no subject)'}`, 200),
    fields: [
      ['type', 'email'],
      ['from', address(head.from)],
      ['to', head.to.slice(0, 20).map(address).join(', ')],
      ['subject', head.subject],
      ['received', mail.at.toISOString()],
      ['message_id', head.messageId],
      ['references', head.references.join(' ')],
    ],
    body: body(mail, draftable),
    draftable,
  };
}

/** Stands for a mail that could not be read, so that it is not lost without a word. */
export function unreadableItem(account: string, uidValidity: string, uid: number, at: Date): Item {
  const why = 'the mail could not be read';
  return {
    key: `gmail:${sha256(`${account.toLowerCase()}\nuid\n${uidValidity}\n${uid}`)}`,
    watcher: 'gmail',
    at,
    fileStem: 'EMAIL_unreadable',
    title: 'A mail could not be parsed',
    fields: [['type', 'email']],
    body: `A mail arrived that could not be parsed. Please open it in your mail program.\n\nNo draft: ${why}.\n`,
    draftable: { kind: 'none', why },
  };
}

function toDraftable(mail: Mail, triaged: Triage): Draftable {
  if (triaged.verdict !== 'draft') return { kind: 'none', why: triaged.why };
  const { head, text } = mail;
  const to = answerTo(mail);
  if (to === undefined) return { kind: 'none', why: 'there is no address to answer to' };
  const references = [...head.references, ...(head.messageId === '' ? [] : [head.messageId])];
  return {
    kind: 'reply',
    reply: {
      platform: 'mail',
      to,
      subject: replySubject(head.subject),
      thread: { inReplyTo: head.messageId, references },
      original: cut(text.text, originalLimit),
    },
  };
}

/** `Re: ` once, however many there were in whatever language. */
export const replySubject = (subject: string): string =>
  `Re: ${subject.replace(/^(?:\s*(?:re|aw|sv|antw|r|res)(?:\[\d+\])?\s*:)+\s*/i, '')}`.trim();

function body({ head, text, shape }: Mail, draftable: Draftable): string {
  const sections = [
    draftable.kind === 'none' ? `No draft: ${draftable.why}.` : '',
    ...cautions(head.from, head.replyTo, text).map((line) => `Careful: ${line}`),
    textSection(text),
    shape.attachments.length === 0 ? '' : `## Attachments\n\n${shape.attachments.map(attachmentLine).join('\n')}`,
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function textSection(mail: MailText): string {
  switch (mail.source) {
    case 'none':
      return 'The mail has no text.';
    case 'unreadable':
      return 'The mail is written in HTML that could not be read. Please open it in your mail program.';
    case 'plain':
    case 'html': {
      const shown = cut(mail.text, bodyLimit);
      const short = mail.cut || shown !== mail.text ? '\n\nThe text is longer than shown here.' : '';
      return `## Text\n\n${fenced(shown, 'text')}${short}`;
    }
  }
}

/** What a careful reader would want to know about sender and text. */
function cautions(from: Person | undefined, replyTo: Person | undefined, text: MailText): readonly string[] {
  const domain = domainOf(from?.address ?? '');
  const lines = [
    from === undefined ? 'the sender’s address is malformed.' : '',
    from !== undefined && /@/.test(from.name) && !from.name.toLowerCase().includes(from.address.toLowerCase())
      ? `the sender’s name looks like an address, but the mail is from ${from.address}.`
      : '',
    replyTo !== undefined && domainOf(replyTo.address) !== domain
      ? `an answer goes to ${replyTo.address}, not to the sender’s domain.`
      : '',
    domain.includes('xn--') ? `the sender’s domain ${domain} is shown as ${domainToUnicode(domain)}.` : '',
    text.hidden ? 'the mail contained hidden text, which was left out.' : '',
  ];
  return lines.filter((line) => line !== '').map(cleanText);
}

const attachmentLine = ({ name, type, bytes }: Attachment): string =>
  `- \`${(name || 'without a name').replaceAll('`', '')}\`, ${oneLine(type, 80).replaceAll('`', '')}, ${Math.max(1, Math.round(bytes / 1_000))} kB`;

const display = (person: Person | undefined): string => person?.name || person?.address || 'an unknown sender';

const address = (person: Person | undefined): string =>
  person === undefined ? '' : person.name === '' ? person.address : `${person.name} <${person.address}>`;

/** `EMAIL_sara_budget_2026`, at most 70 characters. */
function stem(from: Person | undefined, subject: string): string {
  const slug = (text: string, limit: number): string =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
      .slice(0, limit)
      .replaceAll(/[^\p{L}\p{N}_]+|^_+|_+$/gu, '');
  const words = [slug(from?.address.split('@')[0] ?? '', 20), slug(subject.replace(/^(?:re|fwd?|aw):\s*/i, ''), 40)];
  return ['EMAIL', ...words.filter((word) => word !== '')].join('_');
}
