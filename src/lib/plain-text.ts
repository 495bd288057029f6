/**
 * Markdown as the plain text it would be read as: for posts on sites that show the marks themselves. Only marks that
 * come in pairs or begin a line count, so that `2 * 3 * 4`, `snake_case_name` and `#hashtag` stay what they are.
 */
type Step = readonly [marks: RegExp, plain: string];

const steps: readonly Step[] = [
  // [words](https://address) and ![words](address)
  [/!?\[([^\]\n]{1,300})\]\((https?:\/\/[^\s)]{1,2000})\)/g, '$1: $2'],
  [/(?<![\w*])\*{3}(?=\S)([^*\n]{1,2000}?)(?<=\S)\*{3}(?![\w*])/g, '$1'],
  [/(?<![\w*])\*(?=[^\s*])([^*\n]{1,2000}?)(?<=[^\s*])\*(?![\w*])/g, '$1'],
  [/(?<![\w*])\*\*(?=\S)([^*\n]{1,2000}?)(?<=\S)\*\*(?![\w*])/g, '$1'],
  [/(?<![\w_])__(?=\S)([^_\n]{1,2000}?)(?<=\S)__(?![\w_])/g, '$1'],
  [/~~(?=\S)([^~\n]{1,2000}?)(?<=\S)~~/g, '$1'],
  [/(?<!`)`([^`\n]{1,500})`(?!`)/g, '$1'],
  // ==marked==, and footnotes: [^1] and [^1]: words
  [/(?<![\w=])==(?=[^\s=])([^=\n]{1,2000}?)(?<=[^\s=])==(?![\w=])/g, '$1'],
  [/^\[\^([\w-]{1,40})\]:[ \t]*/gm, '($1) '],
  [/\[\^([\w-]{1,40})\]/g, ' ($1)'],
  // ## Title
  [/^ {0,3}#{1,6}[ \t]+(?=\S)/gm, ''],
  [/^( {0,6})[*+-][ \t]+(?=\S)/gm, '$1• '],
  [/^ {0,3}>[ \t]?/gm, ''],
  [/^ {0,3}```\w*[ \t]*$\n?/gm, ''],
];

/** Bullets and quotes are read well enough as they are: alone they are no reason to warn. */
const warned = steps.slice(0, 11);

/** Signs of notes that no mail has, where bold words and lists are read well enough as they are. */
const ofNotes = steps.slice(7, 10);

export const hasNoteMarks = (text: string): boolean => ofNotes.some(([marks]) => new RegExp(marks).test(text));

export const hasMarks = (text: string): boolean => warned.some(([marks]) => new RegExp(marks).test(text));

export const plainText = (text: string): string =>
  steps.reduce((before, [marks, plain]) => before.replaceAll(marks, plain), text);
