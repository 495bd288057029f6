/**
 * Mails without a draft: a list that turns its pages in place, each mail to read below it, and a reply drafted with one
 * tap. Only that tap changes anything. What a stranger wrote stands in code and in a quotation.
 */
import type { Door } from '../../../domain/ports.ts';
import type { UndraftedEntry, UndraftedMessage, UndraftedPage } from '../../../domain/undrafted.ts';
import type { Clock } from '../../../lib/clock.ts';
import { localMoment } from '../../../lib/local-time.ts';
import { strange } from '../../../lib/words.ts';
import { answerVerdict } from '../answers.ts';
import { encodeWish } from '../buttons/action.ts';
import type { MailsWish } from '../buttons/action.ts';
import { button } from '../buttons/button.ts';
import type { Button, Row } from '../buttons/button.ts';
import type { Below, Messenger, Press } from '../messenger.ts';
import { cutText } from '../text/cut-text.ts';
import { messageLimit, paragraphs, richText, shownText } from '../text/text.ts';
import type { RichText } from '../text/text.ts';

export type Mails = {
  /** The newest page, as a message of its own. */
  send(to: Below): Promise<void>;
  tapped(press: Press, wish: MailsWish): Promise<void>;
};

/** A page is read with one look, and its numbers are two rows of buttons. */
const perPage = 8;
/** Nobody reads more of a newsletter on a phone. */
const mostPieces = 4;

type MailsParts = { readonly messenger: Messenger; readonly door: Door; readonly clock: Clock };

export function createMails(parts: MailsParts): Mails {
  const { messenger, door, clock } = parts;
  const send = async (to: Below): Promise<void> => {
    const { text, rows } = pageText(await door.undrafted({}, perPage), clock.now());
    await messenger.reply(to, text, rows);
  };
  return {
    send,
    async tapped(press, wish) {
      switch (wish.kind) {
        case 'mails':
          await messenger.answer(press, 'Look below.', 'toast');
          return send(press);
        case 'mails_older':
          return turnTo(parts, press, { olderThan: wish.mail });
        case 'mails_newer':
          return turnTo(parts, press, { newerThan: wish.mail });
        case 'mail_open':
          return open(parts, press, wish.mail);
        case 'mail_draft':
          return draft(parts, press, wish.mail);
      }
    },
  };
}

type Shown = { readonly text: RichText; readonly rows?: readonly Row[] };

async function turnTo(
  { messenger, door, clock }: MailsParts,
  press: Press,
  from: Parameters<Door['undrafted']>[0],
): Promise<void> {
  const page = await door.undrafted(from, perPage);
  // What it stood beside is forgotten, or the last of that side has a draft by now.
  const { text, rows } = pageText(page.messages.length === 0 ? await door.undrafted({}, perPage) : page, clock.now());
  await messenger.answer(press, '', 'toast');
  await messenger.turn(press, { text, rows: rows ?? [] });
}

/** The mail stays to be read; what asked for a draft goes. */
async function draft({ messenger, door, clock }: MailsParts, press: Press, key: string): Promise<void> {
  const message = await door.undraftedMessage(key);
  const verdict = await door.draftReply(press.actor, key);
  await answerVerdict(messenger, press, verdict);
  const [first] = message === undefined ? [] : messageTexts(message, clock.now());
  if (verdict.kind === 'accepted' && first !== undefined)
    await messenger.turn(press, { text: first.text, rows: [] }, 'rows');
}

function pageText({ messages, total, hasNewer, hasOlder }: UndraftedPage, now: Date): Shown {
  if (messages.length === 0) return { text: richText('No mail of the last 30 days is without a draft.') };
  const lines = messages.map((message, at) => entryLine(message, at + 1, now));
  const [first, last] = [messages.at(0)?.key ?? '', messages.at(-1)?.key ?? ''];
  const numbers = messages.map(({ key }, at) => labelled(String(at + 1), { kind: 'mail_open', mail: key }));
  const turns = [
    ...(hasNewer ? [labelled('◀ Newer', { kind: 'mails_newer', mail: first })] : []),
    ...(hasOlder ? [labelled('Older ▶', { kind: 'mails_older', mail: last })] : []),
  ];
  const rows = [numbers.slice(0, perPage / 2), numbers.slice(perPage / 2), turns]
    .filter((buttons) => buttons.length > 0)
    .map((buttons) => ({ buttons }));
  return {
    text: richText(
      ['bold', `Mails without a draft: ${total}`],
      `\n\n${lines.join('\n\n')}\n\nA number opens the mail.`,
    ),
    rows,
  };
}

const entryLine = ({ at, kind, sender, subject }: UndraftedEntry, number: number, now: Date): string =>
  `${number}. ${localMoment(at, now)} · ${kind}${sender === '' ? '' : `\n${strange(sender, 60)}`}${subject === '' ? '' : `\n${strange(subject, 100)}`}`;

const labelled = (words: string, wish: MailsWish): Button => button(words, encodeWish(wish));

async function open({ messenger, door, clock }: MailsParts, press: Press, key: string): Promise<void> {
  const message = await door.undraftedMessage(key);
  if (message === undefined) {
    const words = 'I don’t know this mail any more: after 30 days I forget which got no draft.';
    return messenger.answer(press, words, 'alert');
  }
  await messenger.answer(press, 'Look below.', 'toast');
  for (const { text, rows } of messageTexts(message, clock.now())) {
    if ((await messenger.reply(press, text, rows)).kind === 'trouble') return;
  }
}

/** The mail with its button first, then what did not fit. */
function messageTexts(message: UndraftedMessage, now: Date): readonly Shown[] {
  const head = richText(['bold', 'A mail without a draft'], `\n${headLines(message, now).join('\n')}`);
  const text = shownText(message.text).trim();
  const [first = ''] = cutText(text, messageLimit - head.text.length - 50);
  const rest = cutText(text.slice(first.length), messageLimit - 50).filter((piece) => piece.trim() !== '');
  const whole = paragraphs([head, richText(['expandable_blockquote', first])]);
  const mayDraft = message.answer.kind === 'possible';
  const draft = labelled('✍️ Draft a reply', { kind: 'mail_draft', mail: message.key });
  const more =
    rest.length > mostPieces ? [{ text: richText(`There is more of it in ${strange(message.file, 200)}.`) }] : [];
  return [
    { text: whole, ...(mayDraft ? { rows: [{ buttons: [draft] }] } : {}) },
    ...rest.slice(0, mostPieces).map((piece) => ({ text: richText(['expandable_blockquote', piece]) })),
    ...more,
  ];
}

const mostNamed = 3;

function headLines({ sender, subject, at, why, file, noText, answer }: UndraftedMessage, now: Date): readonly string[] {
  const lines = [
    sender === '' ? '' : `From: ${strange(sender, 400)}`,
    subject === '' ? '' : `Subject: ${strange(subject, 500)}`,
    `Came: ${localMoment(at, now)}`,
    `No draft: ${why}.`,
    file === '' ? '' : `File: ${strange(file, 200)}`,
    noText,
    answer.kind === 'possible' ? `A reply would go to ${peopleWords(answer.to)}.` : answer.words,
  ];
  return lines.filter((line) => line !== '');
}

function peopleWords(to: readonly string[]): string {
  const named = to.slice(0, mostNamed).map((address) => strange(address, 254));
  const more = to.length > mostNamed ? ` and ${to.length - mostNamed} more` : '';
  return `${named.join(', ')}${more}`;
}
