/** The message of anything thrown, one line, bounded. For logs; never for deciding. */
export function messageOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return oneLine(text, 300);
}

/** Signs that turn the writing direction. */
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** Signs nobody sees. Joiners are not among them: emoji and some scripts are made with them. */
const unseen =
  /[\u00ad\u115f\u1160\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]|\u034f|\u17b4|\u17b5/u;

/**
 * A stranger's text made safe to show on one line: control signs, line breaks and signs that turn the writing
 * direction become spaces, what nobody sees goes, then it is cut to `limit` UTF-16 units (never inside a pair), with
 * an ellipsis.
 */
export function oneLine(text: string, limit: number): string {
  // Pairs that keep a word apart stay: they move nothing outside of them.
  const pieces = text.split(/\u2068([^\u2066-\u2069]*)\u2069/u);
  const flat = pieces.map((piece, at) => (at % 2 === 0 ? flatten(piece) : apart(flatten(piece).trim()))).join('');
  return cut(flat.trim(), limit);
}

const isOpen = (line: string): boolean => line.lastIndexOf(start) > line.lastIndexOf(end);

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

/**
 * A text of ours cut into ours and strange words, in order; what `strange` set apart comes without its marks. What
 * begins to be strange and does not end is strange to the end.
 */
export const strangeParts = (text: string): readonly { readonly kind: 'ours' | 'strange'; readonly text: string }[] =>
  text
    .split(/\u2068([^\u2066-\u2069]*)(?:\u2069|$)/u)
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

/** Signs that are no text, with those that break a line: only where a text is more than one. */
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/u;
const breaks = /[\t\n]/u;
/** A joiner between letters or parts of an emoji belongs there; anywhere else it hides. */
const strayJoiner = /(?<![\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])[\u200c\u200d]/u;
/** Flags of regions are written with signs that are unseen anywhere else. */
const regionFlag = /\u{1f3f4}[\u{e0020}-\u{e007f}]+/u;

const hiddenIn = (...also: readonly RegExp[]): RegExp => {
  const hidden = [turning, unseen, control, strayJoiner, ...also].map(({ source }) => source).join('|');
  return new RegExp(`${regionFlag.source}|(?<hidden>${hidden})`, 'gu');
};
const hiddenSigns = { lines: hiddenIn(), line: hiddenIn(breaks) };

/** A text cut into what people see and single signs they don’t: unseen ones, and those that turn the writing direction. */
export function hiddenParts(
  text: string,
  form: keyof typeof hiddenSigns,
): readonly { readonly kind: 'seen' | 'hidden'; readonly text: string }[] {
  const parts: { readonly kind: 'seen' | 'hidden'; readonly text: string }[] = [];
  let from = 0;
  for (const { index, groups, 0: sign } of text.matchAll(hiddenSigns[form])) {
    if (groups?.['hidden'] === undefined) continue;
    if (index > from) parts.push({ kind: 'seen', text: text.slice(from, index) });
    parts.push({ kind: 'hidden', text: sign });
    from = index + sign.length;
  }
  return from < text.length ? [...parts, { kind: 'seen', text: text.slice(from) }] : parts;
}

/** How many signs turn the writing direction or can't be seen, those left out that belong to an emoji. */
export const countHidden = (text: string): number =>
  hiddenParts(text, 'lines').filter(({ kind }) => kind === 'hidden').length;

/** `U+202E`. */
export const signName = (sign: string): string =>
  `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/**
 * A stranger's text, whole, for where nothing but signs can be shown: what nobody sees is named in its place. On a
 * `line` that goes for tabs and line breaks too.
 */
export const spelledOut = (text: string, form: keyof typeof hiddenSigns): string =>
  hiddenParts(text, form)
    .map((part) => (part.kind === 'hidden' ? `‹${signName(part.text)}›` : part.text))
    .join('');

/**
 * Cuts to at most `limit` UTF-16 units, ellipsis included, never inside a surrogate pair, and never so that words set
 * apart stay open: they would take all that follows with them.
 */
export function cut(text: string, limit: number): string {
  const line = shortened(text, limit);
  if (line === text || !isOpen(line)) return line;
  const less = shortened(text, limit - 1);
  return isOpen(less) ? less + end : less;
}

function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let to = limit - 1;
  const last = text.charCodeAt(to - 1);
  if (last >= 0xd800 && last <= 0xdbff) to -= 1;
  return `${text.slice(0, to)}…`;
}
