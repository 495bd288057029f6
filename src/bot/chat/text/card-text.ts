/**
 * How a card reads in the chat. What would leave is shown whole and exactly: when it does not fit into one message it
 * goes above the card in messages of its own, and what can't be shown at all can't be approved here. Strangers' text
 * stands in blocks and code, so none of it can pretend to be a line of ours, and nothing in it can be tapped.
 */
import type { Card } from '../../../domain/card.ts';
import { cut, oneLine } from '../../../lib/words.ts';
import { linkLines } from '../buttons/card-buttons.ts';
import { captionLimit } from '../cards/attachment-plan.ts';
import { isOneMessage, joined, messageLimit, mostEntities, paragraphs, richText, shownText } from './text.ts';
import type { RichText } from './text.ts';
import { messagesAbove, remarkLines, shortenedFacts, wholeFacts } from './card-sections.ts';

export type CardMessages = {
  /** What goes first, in order; empty when everything fits into the card. */
  readonly above: readonly RichText[];
  readonly card: RichText;
  /** Why it can't be approved here; empty when it can. */
  readonly barred: string;
};

const mostMessages = 12;

/**
 * Lays a card out in one message, or in several when it is long.
 * @param reserve signs of the card's own message that are kept free for what a caller puts before or behind it
 * @param most `one`: nothing can stand above it, so what does not fit into one message can't be approved there
 */
export function cardMessages(card: Card, reserve = 0, most: 'many' | 'one' = 'many'): CardMessages {
  if (card.mood === 'later') return { above: [], card: head(card), barred: '' };
  const remarks = joined(remarkLines(card), '\n');
  const whole = [head(card), wholeFacts(card), ...texts(card), changeLines(card), remarks];
  if (fits([...whole, fileLine(card)], reserve)) {
    return { above: [], card: withExtras(card, whole, reserve), barred: '' };
  }
  return most === 'one' ? beginningOf(card, notHere, reserve) : longCard(card, remarks, reserve);
}

/** Long values go above; then the text, where there is still no room for it; then the remarks. */
function longCard(card: Card, remarks: RichText, reserve: number): CardMessages {
  const aboveOnly = richText(`⚠️ ${card.problems.length} remarks are above.`);
  for (const { text, remarks: away } of [
    { text: card.text === '', remarks: false },
    { text: true, remarks: false },
    { text: true, remarks: true },
  ]) {
    const above = messagesAbove(card, { text, remarks: away });
    const body = [
      head(card),
      ...shortenedFacts(card, 'above'),
      ...(text && card.candidates.length === 0 ? [richText(whereItIs(card, above.length))] : texts(card)),
      changeLines(card),
      away ? aboveOnly : remarks,
    ];
    if (above.length > mostMessages) return beginningOf(card, nowhere, reserve);
    if (fits([...body, fileLine(card)], reserve)) return { above, card: withExtras(card, body, reserve), barred: '' };
  }
  return beginningOf(card, nowhere, reserve);
}

function whereItIs({ text }: Card, count: number): string {
  const where = `in the ${count === 1 ? 'message' : `${count} messages`} above.`;
  if (text !== '') return `The whole text (${sizeOf(text)} signs) is ${where}`;
  return count === 0 ? '' : `The rest is ${where}`;
}

const sizeOf = (text: string): string => text.length.toLocaleString('en');

const nowhere = (text: string): string =>
  `This is too long to show here (${sizeOf(text)} signs). Please read and approve it on the web page or in the vault.`;
const notHere = (text: string): string =>
  `This is too long for one message (${sizeOf(text)} signs). It is shown whole at its own card: tap 👁 below.`;

/** Nothing of it can be approved there. */
function beginningOf(card: Card, say: (text: string) => string, reserve: number): CardMessages {
  const remarks = remarkLines(card);
  const more = remarks.length - mostRemarks;
  const body = [
    head(card),
    ...shortenedFacts(card, 'elsewhere'),
    ...(card.candidates.length === 0 ? [] : texts(card)),
    richText(say(card.text)),
    changeLines(card),
    joined([...remarks.slice(0, mostRemarks), richText(more > 0 ? `… and ${more} more remarks` : '')], '\n'),
  ];
  return { above: [], card: clipped(withExtras(card, body, reserve), reserve), barred: 'Too long to approve here' };
}

const mostRemarks = 4;

/** What no rule above made short enough: the whole card would be refused. */
function clipped({ text, entities }: RichText, reserve: number): RichText {
  if (isOneMessage({ text, entities }, reserve)) return { text, entities };
  const shown = cut(text, messageLimit - reserve);
  return {
    text: shown,
    entities: entities
      .filter(({ offset }) => offset < shown.length - 1)
      .slice(0, mostEntities)
      .map((entity) => ({ ...entity, length: Math.min(entity.length, shown.length - entity.offset) })),
  };
}

/** Adds what is good to know, as far as it fits, and the file at the very end. */
function withExtras(card: Card, body: readonly RichText[], reserve: number): RichText {
  const file = fileLine(card);
  const links = linkLines(card.links);
  const said = withComments(card, body, reserve);
  const withLinks = fits([...said, links, file], reserve) ? [...said, links] : said;
  const room = messageLimit - reserve - paragraphs([...withLinks, richText('In answer to:\n'), file]).text.length - 4;
  const all = paragraphs([...withLinks, file]);
  if (card.original === '' || room < 80 || all.entities.length >= mostEntities - 1) return all;
  const original = cut(card.original.trim(), Math.min(room, 1_500));
  return paragraphs([...withLinks, richText('In answer to:\n', ['expandable_blockquote', original]), file]);
}

const shownComments = 3;

/**
 * What people said, the newest of it, as far as there is room: a word about a card must not send it anew, nor take its
 * Approve. All of it is in the history.
 */
function withComments(card: Card, body: readonly RichText[], reserve: number): readonly RichText[] {
  const { comments = [], media } = card;
  const file = fileLine(card);
  // A card that is the caption of its picture stays one.
  const isCaption = media.length === 1 && paragraphs([...body, file]).text.length <= captionLimit;
  for (let count = Math.min(comments.length, shownComments); count > 0; count -= 1) {
    const lines = comments
      .slice(-count)
      .map(({ by, text }) => richText(`💬 ${by}: `, ['code', oneLine(text, 200)] as const));
    const all = [...body, joined(lines, '\n')];
    const room = isCaption ? messageLimit - captionLimit : 0;
    if (fits([...all, file], Math.max(reserve, room))) return all;
  }
  return body;
}

/** What would leave, or the texts to choose from: of those only the beginning, the card after the choice has it whole. */
function texts(card: Card): readonly RichText[] {
  if (card.candidates.length === 0) return card.parts === undefined ? [quoted(card.text)] : inParts(card.parts);
  const room = Math.floor(2_400 / card.candidates.length);
  return card.candidates.map(({ text, where }, at) => {
    const shown = cut(shownText(text), room);
    const name = card.candidates.length === 1 ? 'Is this the text?' : `Part ${at + 1}`;
    const rest = text.length <= room ? '' : ` (its beginning; ${text.length.toLocaleString('en')} signs in all)`;
    return richText(['bold', name], ` ${oneLine(where, 250)}${rest}\n`, ['blockquote', shown]);
  });
}

const quoted = (text: string): RichText => richText(['blockquote', shownText(text)]);

/** A thread goes out as several posts: where one ends is part of what is approved. */
const inParts = (parts: readonly string[]): readonly RichText[] =>
  parts.map((text, at) => joined([richText(['bold', `${at + 1} of ${parts.length}`]), quoted(text)], '\n'));

const mostChanges = 8;

/** Compact: the whole new text stands above. In code, so that a line can't pretend to be one of ours. */
function changeLines({ changes }: Card): RichText {
  if (changes.length === 0) return richText();
  const lines = changes
    .slice(0, mostChanges)
    .flatMap(({ kind, text }) => [
      `\n${kind === 'removed' ? '−' : '+'} `,
      ['code', oneLine(text, 120) || ' '] as const,
    ]);
  const more = changes.length - mostChanges;
  return richText(['bold', 'What changed'], ...lines, more > 0 ? `\n… and ${more} more lines` : '');
}

// A few are kept free for what stands beside it.
const fits = (parts: readonly RichText[], reserve: number): boolean => {
  const message = paragraphs(parts);
  return isOneMessage(message, reserve) && message.entities.length <= mostEntities - 5;
};

const head = (card: Card): RichText =>
  richText(['bold', oneLine(card.title, 200) || 'Draft'], `\n${oneLine(card.standing, 600)}`);

const fileLine = (card: Card): RichText => richText(['code', oneLine(card.file, 600)]);
