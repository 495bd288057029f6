/**
 * What a stranger's HTML shows and what it hides, as far as mails go: by the `style` of an element. The size of letters
 * and their visibility pass on to what is inside and can be set anew there; layouts made with MJML set a size of zero
 * outside and a real one inside, so hidden is only what doesn't set its own.
 */

import type { HtmlNode } from 'html-to-text';

type Style = ReadonlyMap<string, string>;

/** Deeper than this nothing is shown either (see the worker). */
export const deepest = 250;

/** Property → value, lower case; the last one counts, unless an earlier one is `!important`. */
export function styleOf(node: HtmlNode): Style {
  const found = new Map<string, string>();
  const important = new Set<string>();
  const text = (node.attribs?.['style'] ?? '').slice(0, 4_000).toLowerCase();
  for (const declaration of withoutComments(text).split(';')) {
    const colon = declaration.indexOf(':');
    const name = declaration.slice(0, Math.max(colon, 0)).trim();
    const value = declaration.slice(colon + 1).trim();
    const isImportant = /!\s{0,9}important$/.test(value);
    if (name === '' || (important.has(name) && !isImportant)) continue;
    if (isImportant) important.add(name);
    found.set(name, value.replace(/\s{0,9}!\s{0,9}important$/, ''));
    // The short form sets the size as well.
    if (name === 'font') found.set('font-size', sizeIn(value) ?? 'medium');
  }
  return found;
}

function withoutComments(text: string): string {
  const [first = '', ...rest] = text.split('/*');
  return rest.reduce((kept, piece) => {
    const end = piece.indexOf('*/');
    return end < 0 ? kept : kept + piece.slice(end + 2);
  }, first);
}

const sizeIn = (font: string): string | undefined =>
  font.split(/[\s/]/).find((word) => /^(?:\d{0,6}\.?\d{1,6}(?:px|pt|em|rem|ex|%|vw|cm|mm)|0)$/.test(word));

const zero = /^[+-]?0{0,9}(?:\.0{0,9})?(?:px|pt|em|rem|ex|%|in|cm|mm|vw|vh)?$/;
const isZero = (value: string | undefined): boolean => value !== undefined && /\d/.test(value) && zero.test(value);
/** Nobody reads letters of a pixel or less. */
const isTiny = (value: string | undefined): boolean =>
  isZero(value) || /^(?:0?\.\d+|1(?:\.0+)?)(?:px|pt)$/.test(value ?? '');

/** Nothing in it is shown, whatever is set inside. */
export function isGone(node: HtmlNode, style: Style): boolean {
  if (node.attribs?.['hidden'] !== undefined || style.get('display') === 'none') return true;
  if (isZero(style.get('opacity'))) return true;
  const clips = /hidden|clip/.test(style.get('overflow') ?? '');
  return clips && ['max-height', 'height', 'max-width', 'width'].some((name) => isZero(style.get(name)));
}

/** Whether it sets a size of letters that doesn't depend on what is around it. */
const setsSize = (node: HtmlNode): boolean => {
  if (node.name === 'font' && /^\s*[1-7]/.test(node.attribs?.['size'] ?? '')) return true;
  const size = styleOf(node).get('font-size');
  return size !== undefined && !/(?:\dem|ex|%)$|^(?:inherit|unset|smaller|larger)$/.test(size);
};
const setsVisibility = (node: HtmlNode): boolean => styleOf(node).get('visibility') !== undefined;

/**
 * Takes out the text that an element hides by the size of letters or by visibility, down to where something inside sets
 * its own. @returns whether there was any
 */
export function takeOutHidden(node: HtmlNode, style: Style): boolean {
  const tiny = isTiny(style.get('font-size')) && takeOut(node, setsSize, 0);
  const invisible = /^(?:hidden|collapse)$/.test(style.get('visibility') ?? '') && takeOut(node, setsVisibility, 0);
  return tiny || invisible;
}

function takeOut(node: HtmlNode, isEnd: (child: HtmlNode) => boolean, depth: number): boolean {
  let any = false;
  for (const child of node.children ?? []) {
    if (child.type === 'text') {
      any ||= isSeen(child.data);
      child.data = ' ';
    } else if (child.type === 'tag' && depth < deepest && !isEnd(child)) {
      any = takeOut(child, isEnd, depth + 1) || any;
    }
  }
  return any;
}

/** More than space and what fills the preview of a mail. */
export const isSeen = (text = ''): boolean => /[\p{L}\p{N}\p{P}\p{S}]/u.test(text);

/** Whether there is any text in it. */
export const hasText = (node: HtmlNode, depth = 0): boolean =>
  node.type === 'text'
    ? isSeen(node.data)
    : node.type === 'tag' && depth < deepest && (node.children ?? []).some((child) => hasText(child, depth + 1));

/** Struck out by style. */
export const isStruck = (style: Style): boolean =>
  /line-through/.test(`${style.get('text-decoration') ?? ''} ${style.get('text-decoration-line') ?? ''}`);
