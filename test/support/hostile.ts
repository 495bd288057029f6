/** Names as somebody makes them who wants another to tap on them, and how to see whether they stand in our own words. */
import assert from 'node:assert/strict';

import * as fc from 'fast-check';

import { detected } from '../../sandbox/telegram/text/detect.ts';
import type { Entity } from '../../sandbox/telegram/text/entity.ts';
import { strangeParts } from '../../src/lib/words.ts';

/** Each has the word in it by which it is found again. */
const baits = [
  'http://evil.example/x.md',
  't.me/evil',
  '@evil_bot',
  '#evil',
  '/evil@bot',
  'evil.example',
  'evil.md',
  '$EVIL',
  '+49 30 1234567 evil',
  'evil@evil.example',
  'tg://resolve?domain=evil',
  'evil\u2069 /evil',
  '\u2066evil\u2068',
  '\u2068evil.com\u2069',
  'עדה evil.example',
  'evil\u202egpj.md',
  'evil \u200f#evil',
  'evil\n/evil',
  '[evil](evil.com)',
] as const;

export const hostileWords: fc.Arbitrary<string> = fc
  .array(fc.tuple(fc.constantFrom(...baits), fc.constantFrom('', ' ', ' – ', '“', '. ', ', ', ')')), {
    minLength: 1,
    maxLength: 3,
  })
  .map((pieces) => pieces.flat().join(''));

/** The same as a file or a folder may be called, at most 60 signs. */
export const hostileName = (words: string): string =>
  words
    .replaceAll(/[/\0\n]/g, '_')
    .slice(0, 60)
    .trim()
    .toWellFormed();

const isEvil = (words: string): boolean => /evil/i.test(words);

/** Nothing a stranger chose stands in what is ours of this sentence. */
export function assertOurs(sentence: string): void {
  const ours = strangeParts(sentence)
    .filter(({ kind }) => kind === 'ours')
    .map(({ text }) => text);
  for (const words of ours) assert.ok(!isEvil(words), `${JSON.stringify(words)} in ${JSON.stringify(sentence)}`);
}

export type Message = { readonly text: string; readonly entities: readonly Entity[] };

const apart = new Set(['code', 'pre', 'blockquote', 'expandable_blockquote']);
/** A person that is named by us, and pages of ours. */
const meant = new Set(['text_mention', 'text_link']);

/** Nothing a stranger chose stands plain in this message, and nothing can be tapped there but commands of ours. */
export function assertUntappable({ text, entities }: Message): void {
  const covers = (types: ReadonlySet<string>, at: number): boolean =>
    entities.some(({ type, offset, length }) => types.has(type) && offset <= at && at < offset + length);
  const plain = Array.from({ length: text.length }, (_, at) =>
    covers(apart, at) || covers(meant, at) ? '\u0000' : text[at],
  );
  const ours = plain.join('');
  assert.ok(!isEvil(ours), `${JSON.stringify(ours.replaceAll(/\u0000+/g, '…'))} in ${JSON.stringify(text)}`);
  // Telegram drops a link of its own making that touches code, and makes those in a quotation part of it.
  const tappable = detected(text)
    .filter(({ offset, length }) => !Array.from({ length }, (_, at) => offset + at).some((at) => covers(apart, at)))
    .map(({ offset, length }) => text.slice(offset, offset + length));
  assert.deepEqual(
    tappable.filter((words) => !/^\/[a-z]+$/.test(words) && !words.startsWith('http://127.0.0.1')),
    [],
    text,
  );
  assert.ok(entities.length <= 100, `${entities.length} entities, of which Telegram keeps a hundred`);
}
