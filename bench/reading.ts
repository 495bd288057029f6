/** `npm run bench:reading`: how long drafts and mails take to be read, ordinary and hostile ones; a folder of real drafts if named. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { platforms } from '../src/executors/platforms.ts';
import { decodeFile } from '../src/vault/file-text.ts';
import { readDraft } from '../src/vault/reading/read-draft.ts';
import { draftText } from './drafts.ts';
import { spreadOf, table, time } from './figures.ts';
import { mailRows } from './mails.ts';

const megabyte = 1_048_576;
const now = new Date();
const read = (text: string, name: string): number => {
  const before = performance.now();
  readDraft(text, name, platforms, now);
  return performance.now() - before;
};

/** What is repeated until a megabyte is full. */
const hostile: Readonly<Record<string, string>> = {
  'one endless line': 'a',
  'one line of tags': '#a ',
  'headings for a text': '# draft\n',
  'headings of nothing': '# x\n',
  'bold labels': '**Draft**\n',
  fences: '```\n',
  'quote marks': '>',
  'quote marks with spaces': '> ',
  rules: '\n---\n',
  'copied-in messages': '---\nfrom: x\nto: y\n---\n',
  'deep keys': 'a:\n ',
  aliases: '&a [*a,*a]\n',
  brackets: '[',
  'open braces': '{{',
  'blank lines': ' \n',
  'italic lines': '*a*\n',
  'table rows': '| a | b |\n',
  addresses: 'to: a@b,',
  'bold fields': '**To:** b\n',
  'notes of Obsidian': '%%',
  'comments never closed': '<!-- a ',
  'pictures of Obsidian': '![[a|b]] ',
  'links never closed': '[[a|',
  'pictures of Markdown': '![a](',
  'numbered parts': '1/2 a\n',
  'marks of a conflict': '<<<<<<< a\n=======\n',
  'marks of a citation': '\u30101',
  thoughts: '<think>',
  'line ends in words': 'a\\n',
  'fields in one line': '**a:** b · ',
  'days and hours': '5 December 9 am ',
  'long lines of spaces': `- ${' '.repeat(400)}\n`,
  'long lines of marks': `> ${'* '.repeat(200)}\n`,
};

const frames: readonly (readonly [name: string, frame: (text: string) => string])[] = [
  ['as a body', (text) => text],
  ['as a key', (text) => `---\nto: ${text}\n---\n${text}`],
  ['under a heading', (text) => `## Draft\n${text}`],
];

for (let warm = 0; warm < 200; warm += 1) read(draftText(`warm${warm}`), 'EMAIL_x.md');

const rows = Object.entries(hostile).map(([name, piece]) => {
  const text = piece.repeat(Math.ceil(megabyte / piece.length));
  const times = frames.map(([, frame]) => {
    const whole = frame(text).slice(0, megabyte);
    return spreadOf([1, 2, 3].map(() => read(whole, 'LINKEDIN_x.md'))).p50;
  });
  return [name, ...times.map(time)];
});
console.log(table(['a megabyte of', ...frames.map(([name]) => name)], rows));

const ordinary = spreadOf(Array.from({ length: 1_000 }, (_, index) => read(draftText(`m${index}`), 'EMAIL_x.md')));
console.log(`\nan ordinary mail: ${time(ordinary.p50)}, slowest of ${ordinary.count} ${time(ordinary.max)}`);

console.log(`\n${table(['mails a second', 'to the draft', 'mailparser alone', 'ratio'], await mailRows())}`);

const folder = process.argv[2];
if (folder !== undefined) {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const files = paths.map((path) => [decodeFile(readFileSync(path))?.text ?? '', basename(path)] as const);
  const times = spreadOf(files.map(([text, name]) => read(text, name)));
  const total = files.reduce((sum, [text, name]) => sum + read(text, name), 0);
  console.log(`${files.length} files of that folder: ${time(total)}, slowest ${time(times.max)}`);
}
