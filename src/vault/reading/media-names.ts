/** Files a draft names, in the ways people write them: a path, a link of Obsidian or Markdown, an embed in the text. */
import type { Layout } from './layout.ts';
import { labelLevel } from './headings.ts';
import type { Heading } from './headings.ts';
import { embedsIn } from './clean-text.ts';
import { fileNameIn, isFileName } from './file-links.ts';

const most = 50;

/**
 * All of them, each once, in the order of the file's keys, then of its body.
 *
 * @param inText embedded in the text itself
 */
export function mediaNames(
  { fields, written, lines, headings, bodyLine }: Layout,
  inText: readonly string[],
): readonly string[] {
  const keyed = fields.values('media').map(fileNameIn);
  // A line of the body may also say “optional: a picture of the team”.
  const named = written
    .filter(({ key }) => key === 'media')
    .flatMap(({ value }) => value.split(/[,;]\s/))
    .map((value) => fileNameIn(value.replace(/\s*\([^()]*\)\s*$/, '')))
    .filter((name) => isFileName(name) && !/\s{2}/.test(name));
  const shown: string[] = [];
  for (const { from, to } of sectionsOf(headings, bodyLine, lines.length)) {
    for (let at = from; at < to && shown.length < most; at += 1) {
      const line = lines.text(at);
      if (line.includes('[') && line.length < 2_000) shown.push(...embedsIn(line));
    }
  }
  return [...new Set([...keyed, ...named, ...shown, ...inText])];
}

const mediaTitle =
  /\b(?:image|images|picture|pictures|photo|photos|media|visual|visuals|video|attachment|attachments|files?)\b/i;

/** Where an embed means a file of the draft: above all headings, or below one for pictures and attachments. */
function sectionsOf(headings: readonly Heading[], bodyLine: number, end: number) {
  const real = headings.filter(({ level }) => level <= labelLevel);
  const top = { from: bodyLine, to: real.find(({ level }) => level > 1)?.line ?? bodyLine };
  const named = real.flatMap((heading, index) =>
    !heading.quoted && mediaTitle.test(heading.title)
      ? [{ from: heading.line + 1, to: Math.min(real[index + 1]?.line ?? end, heading.line + 30) }]
      : [],
  );
  return [top, ...named];
}
