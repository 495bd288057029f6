/**
 * Whether the plain version of a mail says what its HTML says. What a person sees is the HTML; the plain text reads better,
 * but counts only where it is the same: some programs write “see the HTML version” into it, or its beginning.
 */

/** Words in it more or less: signatures, pictures’ names, links. */
const enoughOfPlain = 0.75;
const enoughOfHtml = 0.9;

export function saysTheSame(plain: string, html: string): boolean {
  const [said, shown] = [countWords(plain), countWords(html)];
  let common = 0;
  for (const [word, count] of said.words) common += Math.min(count, shown.words.get(word) ?? 0);
  return common >= said.total * enoughOfPlain && common >= shown.total * enoughOfHtml;
}

/** Scripts without spaces go sign by sign. */
const word = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}\p{N}]{1,100}/gu;

function countWords(text: string): { readonly words: ReadonlyMap<string, number>; readonly total: number } {
  const words = new Map<string, number>();
  let total = 0;
  const bare = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/(?:https?:\/\/|mailto:|cid:|www\.)\S*/g, ' ');
  for (const [one] of bare.matchAll(word)) {
    words.set(one, (words.get(one) ?? 0) + 1);
    total += 1;
  }
  return { words, total };
}

/** Markup that may hide something or that a glance could misread; then the HTML has to be read properly. */
const careful =
  /display\s{0,9}:|visibility|font-size\s{0,9}:\s{0,9}[01.]|font\s{0,9}:\s{0,9}[01.]|opacity|height\s{0,9}:\s{0,9}0|overflow|hidden|line-through|<(?:del|s|strike|sup|title|template)\b/i;

/**
 * The words of simple HTML at a glance, for comparing only; undefined when a glance isn't enough. Linear in the length.
 */
export function wordsAtAGlance(html: string): string | undefined {
  if (careful.test(html)) return undefined;
  const kept: string[] = [];
  let at = 0;
  for (;;) {
    const open = html.indexOf('<', at);
    kept.push(html.slice(at, open < 0 ? undefined : open));
    if (open < 0) break;
    const until = endOfTag(html, open);
    if (until === undefined) return undefined;
    // A word may go on behind a mark, not behind a block.
    if (!/^<\/?(?:b|i|u|a|em|strong|span|font|wbr)\b/i.test(html.slice(open, open + 10))) kept.push(' ');
    at = until;
  }
  const text = kept.join('').replaceAll(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi, (_, hex, decimal) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
  });
  const plain = text.replaceAll(/&(?:nbsp|amp|lt|gt|quot|apos);/g, ' ');
  return /&[a-z]{2,8};/i.test(plain) ? undefined : plain;
}

const unseen: readonly (readonly [begin: string, end: string])[] = [
  ['<!--', '-->'],
  ['<style', '</style>'],
  ['<script', '</script>'],
];

function endOfTag(html: string, open: number): number | undefined {
  const start = html.slice(open, open + 8).toLowerCase();
  const end = unseen.find(([begin]) => start.startsWith(begin))?.[1] ?? '>';
  const found = html.indexOf(end, open);
  return found < 0 ? undefined : found + end.length;
}
