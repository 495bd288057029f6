/**
 * What would leave, as pieces of a card: values on one line, the text, remarks; and the messages above a card that hold
 * what is too long for it. Every value is whole, in one of the two.
 */
import type { Card } from '../../../domain/card.ts';
import { cut, oneLine, spelledOut } from '../../../lib/words.ts';
import { cutText } from './cut-text.ts';
import { isOneMessage, joined, messageLimit, richText, shownText } from './text.ts';
import type { RichText } from './text.ts';

/** A value as it is shown: on one line, with names in place of signs nobody sees. */
type Fact = { readonly label: string; readonly value: string };

/** So many stand in a long card, and a value that is longer stands above it. */
const shortFacts = 8;
const shortValue = 150;
/** Signs of a message above that are kept for title and label. */
const headRoom = 300;

const shownValue = (value: string): string => shownText(spelledOut(value.normalize('NFC'), 'line'));

const factsOf = ({ fields, media }: Card): readonly Fact[] => [
  ...fields.map(({ label, value }) => ({ label: oneLine(label, 40), value: shownValue(value) })),
  ...media.map(({ name, type, bytes }) => ({
    label: 'Media',
    value: `${shownValue(name)} (${oneLine(type, 80)}, ${(bytes / 1_000).toLocaleString('en', { maximumFractionDigits: 0 })} kB)`,
  })),
];

const isLong = ({ value }: Fact, at: number): boolean => at >= shortFacts || value.length > shortValue;

const factLines = (facts: readonly Fact[]): RichText =>
  richText(
    ...facts.flatMap(({ label, value }, at) => [`${at === 0 ? '' : '\n'}${label}: `, ['code', value || '—'] as const]),
  );

/** Every value, one below the other. */
export const wholeFacts = (card: Card): RichText => factLines(factsOf(card));

/**
 * The first values, long ones with their beginning.
 * @param where the rest stands
 */
export function shortenedFacts(card: Card, where: 'above' | 'elsewhere'): readonly RichText[] {
  const facts = factsOf(card);
  const more = facts.length - shortFacts;
  const note = where === 'above' ? 'whole above' : 'its beginning';
  const first = facts
    .slice(0, shortFacts)
    .map(({ label, value }) =>
      value.length > shortValue ? { label: `${label} (${note})`, value: cut(value, shortValue) } : { label, value },
    );
  return [factLines(first), richText(more > 0 ? `… and ${more} more${where === 'above' ? ' above' : ''}` : '')];
}

/** A line each, the blocking ones first. */
export const remarkLines = ({ problems }: Card): readonly RichText[] =>
  problems
    .toSorted((a, b) => Number(b.severity === 'blocks') - Number(a.severity === 'blocks'))
    .map(({ severity, what, remedy }) => richText(`${severity === 'blocks' ? '⛔' : '⚠️'} ${what} ${remedy}`.trim()));

/** What a card does not hold, in order: long values, the text, remarks. */
export const messagesAbove = (
  card: Card,
  { text, remarks }: { text: boolean; remarks: boolean },
): readonly RichText[] => [
  ...valueMessages(card),
  ...(text ? textMessages(card) : []),
  ...(remarks ? packed(title(card), remarkLines(card), '\n') : []),
];

const title = (card: Card): RichText => richText(['bold', oneLine(card.title, 100)]);

function textMessages(card: Card): readonly RichText[] {
  const texts = card.parts ?? [card.text];
  const pieces = texts.flatMap((text) => cutText(shownText(text), messageLimit - headRoom));
  return pieces.map((piece, at) =>
    joined([title(card), richText(partLabel('Text', at, pieces.length), ['blockquote', piece])], '\n'),
  );
}

/** Values of one name stand together, as many in a message as it takes. */
function valueMessages(card: Card): readonly RichText[] {
  const long = Map.groupBy(factsOf(card).filter(isLong), ({ label }) => label);
  const blocks = [...long].flatMap(([label, facts]) => {
    const pieces = cutText(facts.map(({ value }) => value || '—').join('\n'), messageLimit - headRoom);
    return pieces.map((piece, at) => richText(partLabel(label, at, pieces.length), ['blockquote', piece]));
  });
  return packed(title(card), blocks, '\n');
}

const partLabel = (label: string, at: number, of: number): string =>
  `${label}${of === 1 ? '' : `, part ${at + 1} of ${of}`}\n\n`;

/** As few messages as hold these pieces, each with the same first line. */
function packed(first: RichText, pieces: readonly RichText[], between: string): readonly RichText[] {
  const messages: RichText[] = [];
  for (const piece of pieces) {
    const before = messages.at(-1);
    const together = before === undefined ? undefined : joined([before, piece], between);
    if (together !== undefined && isOneMessage(together)) messages[messages.length - 1] = together;
    else messages.push(joined([first, piece], between));
  }
  return messages;
}
