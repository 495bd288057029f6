/** The form of every text in the conversation, and the only way to make one out of sentences of ours and strangers' words. */
import type { Actor } from '../../../domain/actor.ts';
import { cut, isolated, signName, strangeParts } from '../../../lib/words.ts';

/**
 * Text with formatting as positions. Nothing is ever escaped or parsed, so a stranger's text can't format, break or
 * forge anything. Offsets are UTF-16 units, which is what a JS string counts in. A chat may make links, mentions and
 * commands of plain words by itself, so strangers' words stand in code, blocks and quotations only: here is the one place
 * where a sentence of ours becomes a message, and what it sets apart becomes code.
 */
export type RichText = { readonly text: string; readonly entities: readonly Entity[] };

/** What a part of a text is. The form is kept on disk as a hash of what was sent, so it stays. */
export type Entity = { readonly offset: number; readonly length: number } & (
  | { readonly type: Style }
  | { readonly type: 'text_link'; readonly url: string }
  /** Names this person, so that the app tells them. */
  | { readonly type: 'text_mention'; readonly actor: Actor }
);

type Style = 'bold' | 'code' | 'pre' | 'blockquote' | 'expandable_blockquote';
/** A string and what is bold are sentences of ours, with strangers' words set apart; all else is as it is. */
export type Piece =
  | string
  | readonly [style: Style, text: string]
  | readonly [style: 'text_link', text: string, url: string]
  | readonly [style: 'text_mention', text: string, actor: Actor];

const blocks: ReadonlySet<string> = new Set(['pre', 'blockquote', 'expandable_blockquote']);

/** A chat may count code points; counting UTF-16 units stays below its limit in any case. */
export const messageLimit = 4_096;
/** A chat may keep so many and drop the rest without a word: then strangers' words would stand there plain. */
export const mostEntities = 100;

/** Puts pieces one after the other. Half surrogate pairs become the replacement sign: chats refuse them. */
export function richText(...pieces: readonly Piece[]): RichText {
  let text = '';
  const entities: Entity[] = [];
  for (const piece of pieces.flatMap(plainPieces)) {
    const words = piece[1].toWellFormed();
    if (words === '') continue;
    // A block is a paragraph of its own; a word in a line of ours must not turn the words around it.
    const whole = piece[0] === 'ours' || blocks.has(piece[0]) ? words : isolated(words);
    const place = { offset: text.length + (whole.length - words.length) / 2, length: words.length };
    text += whole;
    if (piece[0] === 'ours') continue;
    if (piece[0] === 'text_link') entities.push({ type: piece[0], url: piece[2], ...place });
    else if (piece[0] === 'text_mention') entities.push({ type: piece[0], actor: piece[2], ...place });
    else entities.push({ type: piece[0], ...place });
  }
  return { text, entities };
}

type PlainPiece = Exclude<Piece, string> | readonly [style: 'ours', text: string];

function plainPieces(piece: Piece): readonly PlainPiece[] {
  if (typeof piece !== 'string' && piece[0] !== 'bold') return [piece];
  const [style, words] = typeof piece === 'string' ? (['ours', piece] as const) : (['bold', piece[1]] as const);
  return strangeParts(words).map(({ kind, text }) =>
    kind === 'strange' ? ['code', shownText(text.normalize('NFC'))] : [style, text],
  );
}

/** Chats leave these out of a message, or make blanks of them, without a word. Tabs become blanks too. */
const leftOut = /[\u0000-\u0008\u000b-\u001f\u2028-\u202e]|\u0333|\u033f|\u030a/g;

/** A stranger's text as it is; what would not be shown is named in its place. */
export const shownText = (text: string): string => text.replaceAll(leftOut, (sign) => `‹${signName(sign)}›`);

/** A sentence of ours as a message by itself, cut to what one message takes. */
export function ownWords(words: string, limit = messageLimit): RichText {
  const whole = richText(cut(words, limit));
  const last = whole.entities[mostEntities];
  if (last === undefined) return whole;
  return { text: `${whole.text.slice(0, last.offset)}…`, entities: whole.entities.slice(0, mostEntities) };
}

/** Puts texts below each other with an empty line between; empty ones are left out. */
export const paragraphs = (texts: readonly RichText[]): RichText => joined(texts, '\n\n');

/** Puts texts one after the other; empty ones are left out. */
export function joined(texts: readonly RichText[], between: string): RichText {
  let text = '';
  const entities: Entity[] = [];
  for (const next of texts) {
    if (next.text === '') continue;
    if (text !== '') text += between;
    const shift = text.length;
    entities.push(...next.entities.map((entity) => ({ ...entity, offset: entity.offset + shift })));
    text += next.text;
  }
  return { text, entities };
}

/** Whether it is taken as one message, all of it. @param room signs left free */
export const isOneMessage = ({ text, entities }: RichText, room = 0): boolean =>
  text.length <= messageLimit - room && entities.length <= mostEntities;
