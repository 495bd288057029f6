/** The message of anything thrown, one line, bounded. For logs; never for deciding. */
export function messageOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return oneLine(text, 300);
}

/** Signs that turn the writing direction. */
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** Signs nobody sees. Joiners are not among them: emoji and some scripts are made with them. */
const unseen =
  /[\u00ad\u115f\u1160\u180e\u200b\u2060-\u2065\u3164\ufeff\uffa0\u{e0000}-\u{e007f}]|\u034f|\u17b4|\u17b5/u;

/**
 * A stranger's text made safe to show on one line: control signs, line breaks and signs that turn the writing
 * direction become spaces, what nobody sees goes, then it is cut to `limit` UTF-16 units (never inside a pair), with
 * an ellipsis.
 */
export function oneLine(text: string, limit: number): string {
  // Pairs that keep a word apart stay: they move nothing outside of them.
  const pieces = text.split(/\u2068([^\u2066-\u2069]*)\u2069/u);
  const flat = pieces.map((piece, at) => (at % 2 === 0 ? flatten(piece) : apart(flatten(piece).trim()))).join('');
  const line = cut(flat.trim(), limit);
  // A pair that was cut open would turn all that follows.
  return isOpen(line) ? closed(cut(flat.trim(), limit - 1)) : line;
}

const isOpen = (line: string): boolean => line.lastIndexOf(start) > line.lastIndexOf(end);
const closed = (line: string): string => (isOpen(line) ? line + end : line);

const flatten = (text: string): string =>
  text
    .replaceAll(new RegExp(unseen, 'gu'), '')
    .replaceAll(new RegExp(`(?:[\\p{Cc}\\p{Zl}\\p{Zp}]|${turning.source})+`, 'gu'), ' ');

const [start, end] = ['\u2068', '\u2069'];
const apart = (text: string): string => (text === '' ? '' : start + text + end);

/**
 * A stranger's words in the middle of ours, on one line and set apart: a channel shows them as code or as a quotation, so
 * that nothing in them can be tapped, and nothing in them can end where they end. Empty for empty ones.
 */
export const strange = (text: string, limit: number): string =>
  apart(oneLine(text.replaceAll(/[\u2066-\u2069]/g, ' '), limit));

/** A text of ours cut into ours and strange words, in order; what `strange` set apart comes without its marks. */
export const strangeParts = (text: string): readonly { readonly kind: 'ours' | 'strange'; readonly text: string }[] =>
  text
    .split(/\u2068([^\u2066-\u2069]*)\u2069/u)
    .map((part, at) => ({ kind: at % 2 === 0 ? ('ours' as const) : ('strange' as const), text: part }))
    .filter((part) => part.text !== '');

/** A text of ours where nothing can be set apart: a toast, a button, a terminal. */
export const unmarked = (text: string): string =>
  strangeParts(text)
    .map((part) => part.text)
    .join('');

/** Letters that run from right to left. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Keeps a stranger's words from moving ours on the same line, when they hold letters that run the other way. */
export const isolated = (text: string): string => (rightToLeft.test(text) ? apart(text) : text);

/** How many signs turn the writing direction or can't be seen, those left out that belong to an emoji. */
export function countHidden(text: string): number {
  // Flags of regions are written with signs that are unseen anywhere else.
  const plain = text.replaceAll(/\u{1f3f4}[\u{e0020}-\u{e007f}]+/gu, '');
  const joiners =
    plain.match(/(?<![\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])[\u200c\u200d]/gu) ?? [];
  return (plain.match(new RegExp(`${turning.source}|${unseen.source}`, 'gu')) ?? []).length + joiners.length;
}

/** Cuts to at most `limit` UTF-16 units, ellipsis included, never inside a surrogate pair. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = limit - 1;
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end -= 1;
  return `${text.slice(0, end)}…`;
}
