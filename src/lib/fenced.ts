/**
 * A text as a Markdown code block that nothing in it can end: its links stay unfetched and its marks mean nothing.
 *
 * @param label what stands behind the opening fence
 */
export function fenced(text: string, label = ''): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${label}\n${text}\n${fence}`;
}

/** Enough for any file of ours; one that somebody filled with fences is not read for ever. */
const mostBlocks = 50;

/** The texts of the blocks with this label that `fenced` wrote into a text, in order; line ends as they are. */
export function fencedTexts(markdown: string, label: string): readonly string[] {
  const lines = markdown.split('\n');
  const texts: string[] = [];
  for (let at = 0, seen = 0; at < lines.length && seen < mostBlocks; at += 1) {
    const [, fence] = /^(`{3,})(\S*)$/.exec(lines[at] ?? '') ?? [];
    if (fence === undefined || lines[at] !== fence + label) continue;
    seen += 1;
    const end = lines.indexOf(fence, at + 1);
    if (end < 0) continue;
    texts.push(lines.slice(at + 1, end).join('\n'));
    at = end;
  }
  return texts;
}
