/** Files that the text of a draft names, in the ways people write them: links of Obsidian and Markdown, paths, quotes. */

/** Endings of files that can leave with a text. A note is none of them: it is text that stands elsewhere. */
const ending =
  /\.(?:png|jpe?g|gif|webp|heic|heif|avif|bmp|tiff?|svg|mp4|mov|m4v|webm|avi|mkv|mp3|m4a|wav|ogg|pdf|docx?|xlsx?|pptx?|odt|ods|odp|rtf|csv|tsv|ics|vcf|zip|7z|gz|txt|json|xml|html?|epub|pages|numbers|key)$/i;

export const isFileName = (name: string): boolean => name.length < 500 && ending.test(name);

/** The name in `[[plan.pdf]]`, `![plan](a/plan.pdf)`, `"plan.pdf|300"`, `a%20b.pdf`. */
export function fileNameIn(value: string): string {
  const flat = value
    .slice(0, 1_000)
    .trim()
    .replace(/^[`"'<]+|[`"'>]+$/g, '');
  const linked = /^!?\[{1,2}([^[\]|#]+)(?:[|#][^[\]]*)?\]{1,2}$/.exec(flat)?.[1];
  const pointed = /^!?\[[^\]]*\]\(\s*<?([^()<>]+?)>?(?:\s+"[^"]*")?\s*\)$/.exec(flat)?.[1];
  return (linked ?? pointed ?? flat).trim();
}
