import type { MessageEntity, User } from 'grammy/types';

import { isolated } from '../../lib/words.ts';

/**
 * Text with formatting as positions. Nothing is ever escaped or parsed, so a stranger's text can't format, break or
 * forge anything. Offsets are UTF-16 units, which is what a JS string counts in.
 */
export type RichText = { readonly text: string; readonly entities: readonly MessageEntity[] };

type Style = 'bold' | 'code' | 'pre' | 'blockquote' | 'expandable_blockquote';
export type Piece =
  | string
  | readonly [style: Style, text: string]
  | readonly [style: 'text_link', text: string, url: string]
  | readonly [style: 'text_mention', text: string, user: User];

const blocks: ReadonlySet<string> = new Set(['pre', 'blockquote', 'expandable_blockquote']);

/** Telegram counts code points; counting UTF-16 units stays below its limit in any case. */
export const messageLimit = 4_096;

/** Puts pieces one after the other. Half surrogate pairs become the replacement sign: Telegram refuses them. */
export function richText(...pieces: readonly Piece[]): RichText {
  let text = '';
  const entities: MessageEntity[] = [];
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      text += piece.toWellFormed();
      continue;
    }
    const words = piece[1].toWellFormed();
    if (words === '') continue;
    // A block is a paragraph of its own; a word in a line of ours must not turn the words around it.
    const whole = blocks.has(piece[0]) ? words : isolated(words);
    const place = { offset: text.length + (whole.length - words.length) / 2, length: words.length };
    text += whole;
    if (piece[0] === 'text_link') entities.push({ type: piece[0], url: piece[2], ...place });
    else if (piece[0] === 'text_mention') entities.push({ type: piece[0], user: piece[2], ...place });
    else entities.push({ type: piece[0], ...place });
  }
  return { text, entities };
}

/** Puts texts below each other with an empty line between; empty ones are left out. */
export function paragraphs(texts: readonly RichText[]): RichText {
  let text = '';
  const entities: MessageEntity[] = [];
  for (const next of texts) {
    if (next.text === '') continue;
    if (text !== '') text += '\n\n';
    const shift = text.length;
    entities.push(...next.entities.map((entity) => ({ ...entity, offset: entity.offset + shift })));
    text += next.text;
  }
  return { text, entities };
}
