/**
 * A text as its readers should get it, without what only Obsidian or its author understands: embeds of files become
 * media, links become their words, notes to whoever posts it stay behind. Embedded notes stay where they are and are
 * told: their text is not in this file. Pure; time grows with the length of the text.
 */
import { fenceReader } from './headings.ts';
import { fileNameIn, isFileName } from './file-links.ts';

export type CleanText = {
  readonly text: string;
  /** Files embedded in it. */
  readonly files: readonly string[];
  /** Notes embedded in it, as written. */
  readonly notes: readonly string[];
  /** What was taken out, as it stands in the file: an edit must not lose it. */
  readonly kept: readonly string[];
  /** Of that, what says something and names no file. */
  readonly behind: readonly string[];
};

/** Longer lines are no text that a person wrote. */
const longestLine = 20_000;

const wikiEmbed = /!\[\[([^[\]\n]{1,400})\]\]/g;
const picture = /!\[[^[\]\n]{0,300}\]\(\s*<?([^()<>\s]{1,500}|[^()<>\n]{1,300})>?(?:\s+"[^"\n]{0,200}")?\s*\)/g;
const wikiLink = /(?<!!)\[\[(?!\s)([^[\]\n|#^]{0,200})([#^][^[\]\n|]{0,200})?(?:\|([^[\]\n]{1,200}))?\]\]/g;
const blockName = /[ \t]\^(?=[\w-]*[A-Za-z])[A-Za-z0-9-]{3,40}$/;
const attachNote =
  /^\s*[[(]\s*(?:attach|attached|attachment|attachments|insert|image|picture|photo|video|media)\s?:\s*([^\])]{1,300})[\])]\s*$/i;

/** A text that is nothing but links or embeds points to where it is; it is left as it stands. */
const onlyLinks = /^(?:!?\[\[[^[\]\n]{1,400}\]\]\s*)+$/;
/** `See: [[Post 12]]`; a link with words of its own is meant for readers. */
const leading =
  /^(?:see|refer to|as in|content in|use|full (?:text|draft|content|post) (?:in|at|is in))\b[^[\]]{0,40}!?\[\[[^[\]\n|]{1,400}\]\][\s.!]*$/i;

export const pointsOnly = (text: string): boolean =>
  text.length < 5_000 && (leading.test(text) || onlyLinks.test(text)) && !embedsOnlyFiles(text);

const embedsOnlyFiles = (text: string): boolean =>
  [...text.matchAll(/!?\[\[([^[\]\n]{1,400})\]\]/g)].every(
    ([whole, name = '']) => whole.startsWith('!') && isFileName(targetOf(name)),
  );

/** The name without its place in the file and without its size: `cover.png|300`. */
const targetOf = (inner: string): string => (inner.split(/[|#]/)[0] ?? '').trim();

export function cleanText(text: string): CleanText {
  const nothing = { text, files: [], notes: [], kept: [], behind: [] };
  if (!/\[|\(|\^/.test(text) || pointsOnly(text)) return nothing;
  const files: string[] = [];
  const notes: string[] = [];
  const kept: string[] = [];
  const behind: string[] = [];
  const inFence = fenceReader();
  const lines: string[] = [];
  let gap = false;
  for (const line of text.split('\n')) {
    const code = inFence(line);
    const clean = code || line.length > longestLine ? line : cleanLine(line, { files, notes, kept, behind });
    if (clean === '' && line.trim() !== '') {
      gap = true;
      continue;
    }
    if (gap && clean.trim() === '' && (lines.at(-1) ?? '').trim() === '') continue;
    gap = false;
    lines.push(clean);
  }
  return {
    text: lines
      .join('\n')
      .replace(/^\s*\n/, '')
      .trimEnd(),
    files,
    notes,
    kept,
    behind,
  };
}

type Taken = { readonly files: string[]; readonly notes: string[]; readonly kept: string[]; readonly behind: string[] };

function cleanLine(line: string, { files, notes, kept, behind }: Taken): string {
  const note = attachNote.exec(line)?.[1];
  if (note !== undefined) {
    kept.push(line.trim());
    const names = note.split(/[,;]\s*/).map(fileNameIn);
    if (names.every(isFileName)) files.push(...names);
    else behind.push(line.trim());
    return '';
  }
  const take = (whole: string, name: string): string => {
    if (!isFileName(name) && !/^https?:/i.test(name)) {
      if (whole.startsWith('![[')) notes.push(whole);
      return whole;
    }
    files.push(name);
    kept.push(whole);
    return '';
  };
  if (!line.includes('[') && !line.includes('^')) return line;
  const bare = line
    .replaceAll(wikiEmbed, (whole, inner: string) => take(whole, targetOf(inner)))
    .replaceAll(picture, (whole, name: string) => take(whole, name.trim()))
    .replaceAll(wikiLink, (_, name: string, place: string | undefined, alias: string | undefined) => {
      const words = name.trim() === '' ? (place ?? '').slice(1) : (name.split('/').at(-1) ?? name);
      return (alias ?? words.replace(/\.md$/i, '')).trim();
    })
    .replace(blockName, '');
  return bare === line ? line : bare.replaceAll(/(?<=\S) {2,}(?=\S)/g, ' ').trimEnd();
}

/** The files a line names, where it does nothing else; undefined for every other line. */
export function filesAlone(line: string): readonly string[] | undefined {
  if (!line.includes('[') || line.length > 2_000) return undefined;
  const taken: Taken = { files: [], notes: [], kept: [], behind: [] };
  return cleanLine(line, taken).trim() === '' && taken.behind.length === 0 ? taken.files : undefined;
}

/** Files embedded on a line outside the text. */
export function embedsIn(line: string): readonly string[] {
  const found = [...line.matchAll(wikiEmbed)].map(([, inner = '']) => targetOf(inner));
  const pictures = [...line.matchAll(picture)].map(([, name = '']) => name.trim());
  return [...found, ...pictures].filter((name) => isFileName(name));
}
