import { mostOriginal } from '../../domain/item.ts';
import type { Draftable, Incoming, Item, ReplyContext } from '../../domain/item.ts';
import { mostAnswered, whyNoDraft } from '../../domain/why-no-draft.ts';
import type { Undrafted } from '../../domain/item.ts';
import type { Obstacle, WhyNoDraft } from '../../domain/why-no-draft.ts';
import { sha256 } from '../../lib/hash.ts';
import { inertBlock, inertSentence } from '../../lib/inert.ts';
import { cut, oneLine } from '../../lib/words.ts';
import { cautionsOf } from './cautions.ts';
import type { Attachment, Mail, MailText, Person } from './mail.ts';
import { isEncrypted } from './encrypted.ts';
import { answerTo, othersOf } from './people.ts';
import { replySubject } from './subject.ts';
import type { Triage } from './triage.ts';

const bodyLimit = 100_000;

/** The same mail has the same key whatever its UID and folder are. */
function mailKey(account: string, { emailId, head }: Mail): string {
  const own = emailId === '' ? `${head.messageId}\n${head.hash}` : emailId;
  return `gmail:${sha256(`${account.toLowerCase()}\n${own}`)}`;
}

/** A mail as an item. */
export function toItem(account: string, mail: Mail, triaged: Triage): Item {
  const { head } = mail;
  const cautions = cautionsOf(mail, account);
  const draftable = toDraftable(account, mail, triaged, cautions);
  const incoming = incomingOf(account, mail, [...cautions, ...ownCaution(draftable)]);
  return {
    key: mailKey(account, mail),
    watcher: 'gmail',
    at: mail.at,
    fileStem: stem(head.from, head.subject),
    title: oneLine(`Mail from ${display(head.from)}: ${head.subject || '(no subject)'}`, 200),
    fields: [
      ['type', 'email'],
      ['from', address(head.from)],
      ...(head.replyTo.length === 0 ? [] : [['reply_to', listed(head.replyTo)] as const]),
      ['to', listed(head.to)],
      ...(head.cc.length === 0 ? [] : [['cc', listed(head.cc)] as const]),
      ['subject', head.subject],
      ['received', mail.at.toISOString()],
      ['message_id', head.messageId],
      ['references', head.references.join(' ')],
    ],
    body: body(mail, cautions, draftable),
    draftable,
    ...(incoming === undefined ? {} : { incoming, conversation: conversationOf(mail) }),
  };
}

const conversationLimit = 2_000;

const conversationOf = ({ head, text }: Mail): NonNullable<Item['conversation']> => ({
  follows: head.references,
  text: cut(text.text, conversationLimit),
});

/** A Message-ID by which a draft can name what it answers. */
const nameable = /^<[^<>\s@]{1,448}@[^<>\s@]{1,448}>$/;

/** The mail as it goes on record; undefined when an answer could not name it, or goes to nobody. */
function incomingOf(account: string, { head, at }: Mail, cautions: readonly string[]): Incoming | undefined {
  const { from, messageId: id, subject } = head;
  if (from === undefined || !nameable.test(id)) return undefined;
  return { id, from, answerTo: answerTo(head, account), others: othersOf(head, account), subject, at, cautions };
}

/** Stands for a mail that could not be read, so that it is not lost without a word. */
export function unreadableItem(account: string, uidValidity: string, uid: number, at: Date): Item {
  const why = whyNoDraft.unreadable;
  const answer = { kind: 'impossible', obstacle: 'unreadable' } as const;
  return {
    key: `gmail:${sha256(`${account.toLowerCase()}\nuid\n${uidValidity}\n${uid}`)}`,
    watcher: 'gmail',
    at,
    fileStem: 'EMAIL_unreadable',
    title: 'A mail could not be parsed',
    fields: [['type', 'email']],
    body: 'A mail arrived that could not be parsed. Please open it in your mail program.\n',
    draftable: { kind: 'none', why, undrafted: { why: 'unreadable', from: undefined, subject: '', answer, text: '' } },
  };
}

function toDraftable(account: string, mail: Mail, triaged: Triage, cautions: readonly string[]): Draftable {
  // Nobody hands these in.
  if (triaged.verdict === 'drop') return { kind: 'none', why: triaged.why };
  const { head, text } = mail;
  const why = triaged.verdict === 'draft' ? undefined : triaged.rule;
  const obstacle = obstacleOf(account, mail, cautions, why);
  const code = why ?? obstacle;
  if (code === undefined) {
    return { kind: 'reply', reply: { ...replyTo(account, head), original: cut(text.text, mostOriginal) } };
  }
  const answer: Undrafted['answer'] =
    obstacle === undefined ? { kind: 'possible', reply: replyTo(account, head) } : { kind: 'impossible', obstacle };
  const { from, subject } = head;
  return {
    kind: 'none',
    why: whyNoDraft[code],
    undrafted: { why: code, from, subject, answer, text: shownText(text) },
  };
}

/** All but the text. */
function replyTo(account: string, head: Mail['head']): ReplyContext {
  const references = [...head.references, ...(head.messageId === '' ? [] : [head.messageId])];
  return {
    platform: 'mail',
    to: answerTo(head, account),
    subject: replySubject(head.subject),
    thread: { inReplyTo: head.messageId, references },
    original: '',
  };
}

/** Why nobody can have an answer drafted here, not even by asking for it. */
function obstacleOf(
  account: string,
  mail: Mail,
  cautions: readonly string[],
  why: WhyNoDraft | undefined,
): Obstacle | undefined {
  const to = answerTo(mail.head, account);
  if (to.length === 0) return 'no_address';
  if (to.length > mostAnswered) return 'answers_to_many';
  if (isEncrypted(mail)) return 'encrypted';
  // Otherwise leaving the id out would keep the warnings off the card.
  const warned = cautions.length > 0 || (why !== undefined && toBeWarnedOf.has(why));
  return warned && !nameable.test(mail.head.messageId) ? 'odd_without_id' : undefined;
}

/** An answer to such a mail may reach nobody, or everybody: its card says what the mail is, whoever drafts it. */
const toBeWarnedOf: ReadonlySet<WhyNoDraft> = new Set(['report', 'automatic', 'list', 'newsletter', 'nobody_reads']);

const ownCaution = (draftable: Draftable): readonly string[] =>
  draftable.kind === 'none' && draftable.undrafted !== undefined && toBeWarnedOf.has(draftable.undrafted.why)
    ? [`No answer to this mail was drafted by itself: ${draftable.why}.`]
    : [];

const withoutId = 'It has no proper Message-ID: an answer can’t name it and begins a conversation of its own.';

function body({ head, text, shape }: Mail, cautions: readonly string[], draftable: Draftable): string {
  const sections = [
    ...cautions.map((caution) => `Careful: ${inertSentence(caution)}`),
    draftable.kind === 'reply' && !nameable.test(head.messageId) ? withoutId : '',
    textSection(text),
    shape.attachments.length === 0
      ? ''
      : `## Attachments\n\n${inertBlock(shape.attachments.map(attachmentLine).join('\n'))}`,
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
      const shown = shownText(mail);
      const short = mail.cut || shown !== mail.text ? '\n\nThe text is longer than shown here.' : '';
      return `## Text\n\n${inertBlock(shown)}${short}`;
    }
  }
}

/** What the item shows of it. */
const shownText = ({ text }: MailText): string => cut(text, bodyLimit);

const attachmentLine = ({ name, type, bytes }: Attachment): string =>
  `${name || 'without a name'}, ${oneLine(type, 80)}, ${Math.max(1, Math.round(bytes / 1_000))} kB`;

const display = (person: Person | undefined): string => person?.name || person?.address || 'an unknown sender';

const address = (person: Person | undefined): string =>
  person === undefined ? '' : person.name === '' ? person.address : `${person.name} <${person.address}>`;

const listed = (people: readonly Person[]): string => people.slice(0, 20).map(address).join(', ');

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
