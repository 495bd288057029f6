/**
 * Strangers' text in Markdown files of ours. People open those in programs that fetch pictures, draw frames, follow
 * embeds and run commands they find; as a block, as code and as a quoted value it stays what it is: text.
 */
import { fenced, fencedTexts } from './fenced.ts';
import { oneLine, strangeParts } from './words.ts';

/** Template programs run what follows this sign, in code blocks and in values too. */
const command = '<%';
const noCommand = '< %';

/** As a block that nothing in it can end. */
export const inertBlock = (text: string): string => fenced(inBlock(text), label);

/** A text as it stands in its block. */
export const inBlock = (text: string): string => text.replaceAll(command, noCommand);

/** What stands in the blocks of a file, whatever a person wrote around them; line ends of any system. */
export const blocksIn = (markdown: string): readonly string[] => fencedTexts(markdown.replaceAll('\r\n', '\n'), label);

const label = 'text';

/** As code within a line; empty for nothing. */
export function inertWords(text: string, limit: number): string {
  const line = oneLine(text, limit).replaceAll(command, noCommand);
  if (line === '') return '';
  // Code that begins with one of these is taken for a formula and worked out.
  const words = /^[=$]/.test(line) ? `› ${line}` : line;
  const mark = '`'.repeat((words.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0) + 1);
  return mark.length === 1 ? `\`${words}\`` : `${mark} ${words} ${mark}`;
}

/** A sentence of ours: strangers' words in it, as `strange` set them apart, are code, and so is whatever has marks. */
export const inertSentence = (text: string): string =>
  strangeParts(text)
    .map((part) => (part.kind === 'ours' && isPlain(part.text) ? part.text : inertWords(part.text, part.text.length)))
    .join('');

const isPlain = (text: string): boolean => /^[\p{L}\p{N} ,.;:?’“”()–-]*$/u.test(text) && !/www\./i.test(text);

/** As a value of front matter: one line, the same text for whoever reads it. */
export const inertValue = (text: string, limit: number): string =>
  JSON.stringify(oneLine(text, limit)).replaceAll(command, '\\u003c%');
