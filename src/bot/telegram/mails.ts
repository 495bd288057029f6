/**
 * Mails without a draft: a list that turns its pages in place, each mail to read below it, and a reply drafted with one
 * tap. Only that tap changes anything. What a stranger wrote stands in code and in a quotation.
 */
import type { Context, Filter } from 'grammy';
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';

import type { Door, UndraftedEntry, UndraftedMessage, UndraftedPage } from '../../domain/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import { localMoment } from '../../lib/local-time.ts';
import { strange } from '../../lib/words.ts';
import { cutText } from '../cut-text.ts';
import { actorOf, answerTap, answerVerdict } from './person.ts';
import { messageLimit, paragraphs, richText, shownText } from './rich-text.ts';
import type { RichText } from './rich-text.ts';
import { attempt } from './trouble.ts';
import { turnInto } from './turn-into.ts';
import { encodeWish } from './wish.ts';
import type { MailsWish } from './wish.ts';

type TapContext = Filter<Context, 'callback_query'>;

export type Mails = {
  /** The newest page, as a message of its own. */
  send(ctx: Context): Promise<void>;
  tapped(ctx: TapContext, wish: MailsWish): Promise<void>;
};

/** A page is read with one look, and its numbers are two rows of buttons. */
const perPage = 8;
/** Nobody reads more of a newsletter on a phone. */
const mostPieces = 4;

export function createMails({ door, clock }: { door: Door; clock: Clock }): Mails {
  const send = async (ctx: Context): Promise<void> => {
    await say(ctx, pageText(await door.undrafted({}, perPage), clock.now()));
  };
  return {
    send,
    async tapped(ctx, wish) {
      switch (wish.kind) {
        case 'mails':
          await answerTap(ctx, 'Look below.', 'toast');
          return send(ctx);
        case 'mails_older':
          return turnTo(ctx, door, { olderThan: wish.mail }, clock.now());
        case 'mails_newer':
          return turnTo(ctx, door, { newerThan: wish.mail }, clock.now());
        case 'mail_open':
          return open(ctx, door, wish.mail, clock.now());
        case 'mail_draft': {
          const verdict = await door.draftReply(actorOf(ctx.from), wish.mail);
          await answerVerdict(ctx, verdict);
          if (verdict.kind === 'accepted') await turnInto(ctx, undefined);
        }
      }
    },
  };
}

type Shown = { readonly text: RichText; readonly buttons?: InlineKeyboardMarkup };

const look = ({ text, buttons }: Shown) => ({
  entities: [...text.entities],
  link_preview_options: { is_disabled: true },
  ...(buttons === undefined ? {} : { reply_markup: buttons }),
});

const say = (ctx: Context, shown: Shown) =>
  attempt(() =>
    ctx.reply(shown.text.text, {
      ...look(shown),
      disable_notification: true,
      ...(ctx.msgId === undefined
        ? {}
        : { reply_parameters: { message_id: ctx.msgId, allow_sending_without_reply: true } }),
    }),
  );

async function turnTo(ctx: TapContext, door: Door, from: Parameters<Door['undrafted']>[0], now: Date): Promise<void> {
  const page = await door.undrafted(from, perPage);
  // What it stood beside is forgotten, or the last of that side has a draft by now.
  const shown = pageText(page.messages.length === 0 ? await door.undrafted({}, perPage) : page, now);
  await answerTap(ctx, '', 'toast');
  await attempt(() => ctx.editMessageText(shown.text.text, look(shown)));
}

function pageText({ messages, total, hasNewer, hasOlder }: UndraftedPage, now: Date): Shown {
  if (messages.length === 0) return { text: richText('No mail of the last 30 days is without a draft.') };
  const lines = messages.map((message, at) => entryLine(message, at + 1, now));
  const [first, last] = [messages.at(0)?.key ?? '', messages.at(-1)?.key ?? ''];
  const numbers = messages.map(({ key }, at) => button(String(at + 1), { kind: 'mail_open', mail: key }));
  const turns = [
    ...(hasNewer ? [button('◀ Newer', { kind: 'mails_newer', mail: first })] : []),
    ...(hasOlder ? [button('Older ▶', { kind: 'mails_older', mail: last })] : []),
  ];
  const rows = [numbers.slice(0, perPage / 2), numbers.slice(perPage / 2), turns].filter((row) => row.length > 0);
  return {
    text: richText(
      ['bold', `Mails without a draft: ${total}`],
      `\n\n${lines.join('\n\n')}\n\nA number opens the mail.`,
    ),
    buttons: { inline_keyboard: rows },
  };
}

const entryLine = ({ at, kind, sender, subject }: UndraftedEntry, number: number, now: Date): string =>
  `${number}. ${localMoment(at, now)} · ${kind}${sender === '' ? '' : `\n${strange(sender, 60)}`}${subject === '' ? '' : `\n${strange(subject, 100)}`}`;

const button = (text: string, wish: MailsWish): InlineKeyboardButton => ({ text, callback_data: encodeWish(wish) });

async function open(ctx: TapContext, door: Door, key: string, now: Date): Promise<void> {
  const message = await door.undraftedMessage(key);
  if (message === undefined) {
    return answerTap(ctx, 'I don’t know this mail any more: after 30 days I forget which got no draft.', 'alert');
  }
  await answerTap(ctx, 'Look below.', 'toast');
  for (const shown of messageTexts(message, now)) if ((await say(ctx, shown)).kind === 'trouble') return;
}

/** The mail with its button first, then what did not fit. */
function messageTexts(message: UndraftedMessage, now: Date): readonly Shown[] {
  const head = richText(['bold', 'A mail without a draft'], `\n${headLines(message, now).join('\n')}`);
  const text = shownText(message.text).trim();
  const [first = ''] = cutText(text, messageLimit - head.text.length - 50);
  const rest = cutText(text.slice(first.length), messageLimit - 50).filter((piece) => piece.trim() !== '');
  const whole = paragraphs([head, richText(['expandable_blockquote', first])]);
  const mayDraft = message.answer.kind === 'possible';
  const draft = button('✍️ Draft a reply', { kind: 'mail_draft', mail: message.key });
  const more =
    rest.length > mostPieces ? [{ text: richText(`There is more of it in ${strange(message.file, 200)}.`) }] : [];
  return [
    { text: whole, ...(mayDraft ? { buttons: { inline_keyboard: [[draft]] } } : {}) },
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
