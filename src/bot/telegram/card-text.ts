/**
 * How a card reads in the chat. What would leave is shown whole and exactly: when it does not fit into one message it
 * goes above the card in messages of its own, and what can't be shown at all can't be approved here. Strangers' text
 * stands in blocks and code, so none of it can pretend to be a line of ours.
 */
import type { Card } from '../../domain/card.ts';
import type { Problem } from '../../domain/problem.ts';
import { cut, oneLine } from '../../lib/words.ts';
import { cutText } from '../cut-text.ts';
import { linkLines } from './keyboard.ts';
import { messageLimit, paragraphs, richText } from './rich-text.ts';
import type { RichText } from './rich-text.ts';

export type CardMessages = {
  /** What goes first, in order; empty when everything fits into the card. */
  readonly above: readonly RichText[];
  readonly card: RichText;
  /** Why it can't be approved here; empty when it can. */
  readonly barred: string;
};

type Fact = { readonly label: string; readonly value: string };

const mostMessages = 12;
const mostFacts = 40;
const shortFacts = 8;
const shortValue = 150;

/** Lays a card out in one message, or in several when it is long. */
/** @param reserve signs of the card's own message that are kept free for what a caller puts before it */
export function cardMessages(card: Card, reserve = 0): CardMessages {
  if (card.mood === 'later') return { above: [], card: head(card), barred: '' };
  const facts = [...card.fields, ...card.media.map(mediaFact)];
  const whole = [head(card), factLines(facts), ...texts(card), changeLines(card), problemLines(card.problems, 10)];
  if (facts.length <= mostFacts && paragraphs([...whole, fileLine(card)]).text.length <= messageLimit - reserve) {
    return { above: [], card: withExtras(card, whole, reserve), barred: '' };
  }
  return longCard(card, facts, reserve);
}

function longCard(card: Card, facts: readonly Fact[], reserve: number): CardMessages {
  const tooLong = (fact: Fact, at: number) => at >= shortFacts || flat(fact.value).length > shortValue;
  const sections = [
    ...facts.filter(tooLong).map(({ label, value }) => ({ label: oneLine(label, 40), text: flat(value) })),
    { label: 'Text', text: card.text },
  ];
  const above = sections.flatMap((section) => sectionMessages(card, section));
  const shown = above.length <= mostMessages;
  const size = card.text.length.toLocaleString('en');
  const pointer = shown
    ? `The whole text (${size} signs) is in the ${above.length === 1 ? 'message' : `${above.length} messages`} above.`
    : `This is too long to show here (${size} signs). Please read and approve it on the web page or in the vault.`;
  const body = [
    head(card),
    factLines(facts.slice(0, shortFacts).map(shortFact)),
    richText(pointer),
    changeLines(card),
    problemLines(card.problems, 4),
  ];
  return {
    above: shown ? above : [],
    card: withExtras(card, body, reserve),
    barred: shown ? '' : 'Too long to approve here',
  };
}

function sectionMessages(card: Card, section: { label: string; text: string }): readonly RichText[] {
  const pieces = cutText(section.text, messageLimit - 200);
  return pieces.map((piece, at) => {
    const part = pieces.length === 1 ? '' : `, part ${at + 1} of ${pieces.length}`;
    return richText(['bold', oneLine(card.title, 100)], `\n${section.label}${part}\n\n`, ['blockquote', piece]);
  });
}

/** Adds what is good to know, as far as it fits, and the file at the very end. */
function withExtras(card: Card, body: readonly RichText[], reserve: number): RichText {
  const file = fileLine(card);
  const links = linkLines(card.links);
  const withLinks = fits([...body, links, file], reserve) ? [...body, links] : body;
  const room = messageLimit - reserve - paragraphs([...withLinks, richText('In answer to:\n'), file]).text.length - 4;
  if (card.original === '' || room < 80) return paragraphs([...withLinks, file]);
  const original = cut(card.original.trim(), Math.min(room, 1_500));
  return paragraphs([...withLinks, richText('In answer to:\n', ['expandable_blockquote', original]), file]);
}

/** What would leave, or the texts to choose from: of those only the beginning, the card after the choice has it whole. */
function texts(card: Card): readonly RichText[] {
  if (card.candidates.length === 0) return [quoted(card.text)];
  const room = Math.floor(2_400 / card.candidates.length);
  return card.candidates.map(({ text, where }, at) => {
    const shown = cut(text, room);
    const name = card.candidates.length === 1 ? 'Is this the text?' : `Part ${at + 1}`;
    const rest = shown === text ? '' : ` (its beginning; ${text.length.toLocaleString('en')} signs in all)`;
    return richText(['bold', name], ` ${oneLine(where, 200)}${rest}\n`, ['blockquote', shown]);
  });
}

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

const fits = (texts: readonly RichText[], reserve: number): boolean =>
  paragraphs(texts).text.length <= messageLimit - reserve;

const head = (card: Card): RichText =>
  richText(['bold', oneLine(card.title, 200) || 'Draft'], `\n${oneLine(card.standing, 300)}`);

const quoted = (text: string): RichText => richText(['blockquote', text]);

const fileLine = (card: Card): RichText => richText(['code', oneLine(card.file, 200)]);

const factLines = (facts: readonly Fact[]): RichText =>
  richText(
    ...facts.flatMap(({ label, value }, at) => [
      `${at === 0 ? '' : '\n'}${oneLine(label, 40)}: `,
      ['code', flat(value) || '—'] as const,
    ]),
  );

const shortFact = ({ label, value }: Fact): Fact =>
  flat(value).length > shortValue
    ? { label: `${oneLine(label, 25)} (whole above)`, value: oneLine(value, shortValue) }
    : { label: oneLine(label, 40), value };

const mediaFact = ({ name, type, bytes }: Card['media'][number]): Fact => ({
  label: 'Media',
  value: `${name} (${type}, ${(bytes / 1_000).toLocaleString('en', { maximumFractionDigits: 0 })} kB)`,
});

/** The blocking ones first; what does not fit is at least counted. */
function problemLines(problems: readonly Problem[], most: number): RichText {
  const sorted = problems.toSorted((a, b) => Number(b.severity === 'blocks') - Number(a.severity === 'blocks'));
  const lines = sorted
    .slice(0, most)
    .map(({ severity, what, remedy }) =>
      `${severity === 'blocks' ? '⛔' : '⚠️'} ${oneLine(what, 200)} ${oneLine(remedy, 150)}`.trim(),
    );
  const more = sorted.length - lines.length;
  return richText([...lines, ...(more > 0 ? [`… and ${more} more remarks`] : [])].join('\n'));
}

const flat = (value: string): string => oneLine(value, value.length);
