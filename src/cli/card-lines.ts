/**
 * A card in a terminal. What would leave is printed whole, with names in place of signs nobody sees: none of them may
 * move the cursor, hide a line or turn it. Its lines begin with a bar, so that none can pass for one of ours.
 */
import type { ApiCards } from '../app/command-line.ts';
import { cut, oneLine, spelledOut, strange, unmarked } from '../lib/words.ts';

type Card = ApiCards['cards'][number];

/** A list shows this much of a draft. */
const shownSigns = 2_000;
const shownLines = 40;
const beginning = 300;

/** Whether the list shows only its beginning. */
export function isLong(card: Card): boolean {
  const lines = bodyLines(card);
  return lines.length > shownLines || lines.join('').length > shownSigns;
}

/** As the list shows it: whole, or its beginning and how to see the rest. */
export function listLines(card: Card): readonly string[] {
  if (!isLong(card)) return wholeLines(card);
  const lines = bodyLines(card);
  const begun = lines.slice(0, shownLines / 4).map((line) => cut(line, beginning));
  return [
    ...headLines(card),
    ...begun.map(indented),
    indented(`… this is its beginning: npm run pending -- ${card.key}`),
  ];
}

/** Everything that would leave, and all remarks. */
export const wholeLines = (card: Card): readonly string[] => [
  ...headLines(card),
  ...bodyLines(card).map(indented),
  ...(card.candidates.length === 0 ? [] : [indented('Which part is the text is chosen in the chat or on the page.')]),
];

const headLines = (card: Card): readonly string[] => [
  `${card.key}  ${flat(card.title)}`,
  indented(`${flat(card.standing)} · ${oneLine(card.file, 600)}`),
];

const bodyLines = ({ fields, media, problems, risks, comments = [], text, parts }: Card): readonly string[] => [
  ...fields.map(({ label, value }) => `${flat(label)}: ${spelledOut(value, 'line')}`),
  ...media.map(
    ({ name, type, bytes, path }) =>
      `Media: ${spelledOut(name, 'line')} (${oneLine(type, 80)}, ${bytes.toLocaleString('en')} bytes; ${oneLine(path, 1_000)})`,
  ),
  ...problems.map(({ what, remedy }) => `! ${flat(`${what} ${remedy}`)}`),
  ...risks.map((risk) => `! ${flat(risk)}.`),
  ...comments.map((one) => `Comment ${flat(`${one.by}: ${strange(one.text, 500)}`)}`),
  ...(parts === undefined
    ? textLines(text)
    : parts.flatMap((part, at) => [`${at + 1} of ${parts.length}`, ...textLines(part)])),
];

const textLines = (text: string): readonly string[] =>
  text === ''
    ? []
    : spelledOut(text, 'lines')
        .split('\n')
        .map((line) => `│ ${line}`);

/** Our sentences, on one line whatever strange words are in them. */
const flat = (text: string): string => oneLine(unmarked(text), 20_000);

const indented = (line: string): string => `            ${line}`;
