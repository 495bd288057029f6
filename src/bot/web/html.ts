import { hiddenParts, signName, strangeParts } from '../../lib/words.ts';

/**
 * Markup that can only be made by this template, so a stranger's text can never become markup by being forgotten:
 * whatever is not `Html` is escaped. Attributes must be written with double quotes around them.
 */
export type Html = { readonly markup: string };

export type HtmlPiece = Html | string | number | undefined | readonly HtmlPiece[];

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => signs[sign] ?? '');

const markupOf = (piece: HtmlPiece): string => {
  if (piece === undefined) return '';
  if (typeof piece === 'string') return escape(piece);
  if (typeof piece === 'number') return String(piece);
  if ('markup' in piece) return piece.markup;
  return piece.map(markupOf).join('');
};

/** A piece of a page; `undefined` and empty lists leave nothing behind. */
export const html = (strings: TemplateStringsArray, ...pieces: readonly HtmlPiece[]): Html => ({
  markup: strings.map((text, at) => text + (at < pieces.length ? markupOf(pieces[at]) : '')).join(''),
});

/** Words of ours with strangers' words in them: those are set apart, so that they can't pass for ours. */
export const inOurWords = (text: string): Html =>
  html`${strangeParts(text).map(({ kind, text: part }) => (kind === 'ours' ? part : html`<bdi class="strange">${part}</bdi>`))}`;

/**
 * Text as it leaves, where signs that hide or turn are made visible: the way to show one text and send another. The sign
 * itself stays in the page (copying gives the exact text); its name is drawn by the style sheet, and the box around it
 * keeps it from turning its neighbours.
 */
export const exactText = (text: string): Html => withNames(text, 'lines');

/** A value of one line, whole: apart from our words, and what would break it is made visible too. */
export const exactValue = (text: string): Html => html`<bdi class="exact">${withNames(text, 'line')}</bdi>`;

const withNames = (text: string, form: 'line' | 'lines'): Html =>
  html`${hiddenParts(text, form).map((part) =>
    part.kind === 'hidden' ? html`<span class="odd" data-code="${signName(part.text)}">${part.text}</span>` : part.text,
  )}`;

/** The address when a browser may follow it, else undefined: no `javascript:`, no `data:`. */
export function safeHref(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  return parsed.protocol === 'https:' || parsed.protocol === 'http:' ? parsed.href : undefined;
}
