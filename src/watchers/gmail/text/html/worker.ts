/**
 * The worker behind reader.ts: for each mail its HTML in, plain text out. Nobody imports this file. What a reader would not see is
 * left out and noticed; what he would see apart (cells, rows, terms) stays apart; struck-out words stay struck out.
 */
import { parentPort } from 'node:worker_threads';
import { convert, type Builder, type Formatter, type HtmlNode, type Walk } from 'html-to-text';
import { deepest, hasText, isGone, isStruck, styleOf, takeOutHidden } from './style.ts';

let hidden = false;

const formatted = (node: HtmlNode, walk: Walk, builder: Builder): void => {
  const definition = builder.picker.pick1(node);
  builder.options.formatters[definition.format]?.(node, walk, builder, definition.options ?? {});
};

const surrounded =
  (before: string, after: string): Formatter =>
  (node, walk, builder) => {
    builder.addLiteral(before);
    walk(node.children, builder);
    builder.addLiteral(after);
  };

/** Decides by style, then lets the element's own format have it. */
const styled: Formatter = (node, walk, builder) => {
  const style = styleOf(node);
  if (isGone(node, style)) {
    hidden ||= hasText(node);
    return;
  }
  hidden = takeOutHidden(node, style) || hidden;
  // Without it the format of the element itself is found.
  delete node.attribs?.['style'];
  if (isStruck(style) && hasText(node)) surrounded('~~', '~~')({ ...node, children: [node] }, walk, builder);
  else formatted(node, walk, builder);
};

const struck: Formatter = (node, walk, builder) =>
  hasText(node) ? surrounded('~~', '~~')(node, walk, builder) : walk(node.children, builder);

/** Without a mark 10³ would be 103; “1st” needs none. */
const raised: Formatter = (node, walk, builder) => {
  const [first] = node.children ?? [];
  if (/^\s*[-+−]?[\d(]/.test(first?.data ?? '')) builder.addLiteral('^');
  walk(node.children, builder);
};

const separate = new Set(['p', 'div', 'center', 'section', 'article']);
const manyLines = /^(?:table|ul|ol|dl|blockquote|pre|hr|h[1-6]|br|form|fieldset)$/;

/** Whether a cell is one line: its text stands in at most one block. */
function isOneLine(cell: HtmlNode): boolean {
  const blocks = new Set<HtmlNode>();
  const look = (node: HtmlNode, block: HtmlNode, depth: number): boolean => {
    if (node.type === 'text') {
      if (hasText(node)) blocks.add(block);
      return blocks.size < 2;
    }
    if (node.type !== 'tag') return true;
    if (depth > deepest || manyLines.test(node.name ?? '')) return false;
    const inside = separate.has(node.name ?? '') ? node : block;
    return (node.children ?? []).every((child) => look(child, inside, depth + 1));
  };
  return look(cell, cell, 0);
}

const asLine = (node: HtmlNode, depth = 0): void => {
  if (separate.has(node.name ?? '')) node.name = 'span';
  if (depth < deepest) for (const child of node.children ?? []) asLine(child, depth + 1);
};

/** A line for each row; cells that are one line stand in it apart, the others below each other. */
const row: Formatter = (node, walk, builder) => {
  builder.openBlock({ leadingLineBreaks: 1 });
  let follows = false;
  for (const child of node.children ?? []) {
    if (child.name !== 'td' && child.name !== 'th') {
      walk([child], builder);
    } else if (!isOneLine(child)) {
      builder.openBlock({ leadingLineBreaks: 1 });
      walk([child], builder);
      builder.closeBlock({ trailingLineBreaks: 1 });
      follows = false;
    } else if (hasText(child)) {
      asLine(child);
      if (follows) builder.addLiteral('   ');
      walk([child], builder);
      follows = true;
    }
  }
  builder.closeBlock({ trailingLineBreaks: 1 });
};

/** Items that carry their own numbers keep them. */
const numbered: Formatter = (node, walk, builder, options) => {
  const items = (node.children ?? []).filter(({ name }) => name === 'li');
  if (!items.some(({ attribs }) => /^-?\d{1,9}$/.test(attribs?.['value'] ?? ''))) {
    builder.options.formatters['orderedList']?.(node, walk, builder, options);
    return;
  }
  let next = Number(node.attribs?.['start'] ?? 1) || 1;
  builder.openList({ leadingLineBreaks: 2 });
  for (const item of items) {
    const own = item.attribs?.['value'] ?? '';
    const number = /^-?\d{1,9}$/.test(own) ? Number(own) : next;
    next = number + 1;
    builder.openListItem({ prefix: ` ${number}. ` });
    walk([item], builder);
    builder.closeListItem();
  }
  builder.closeList({ trailingLineBreaks: 2 });
};

const skip = (selector: string) => ({ selector, format: 'skip' });
const line = (selector: string) => ({
  selector,
  format: 'block',
  options: { leadingLineBreaks: 1, trailingLineBreaks: 1 },
});

/** What the library writes where it leaves something out; no text has it. */
const leftOut = '\u0000';

const toText = (html: string) => {
  hidden = false;
  const text = convert(html.replaceAll(leftOut, ''), {
    wordwrap: false,
    limits: { maxInputLength: 262_144, maxDepth: deepest, maxChildNodes: 20_000, ellipsis: leftOut },
    // Programs show what stands outside of the body too.
    baseElements: { selectors: [] },
    formatters: { styled, struck, raised, row, numbered },
    selectors: [
      ...['img', 'title', 'template', 'datalist'].map(skip),
      ...['[style]', '[hidden]'].map((selector) => ({ selector, format: 'styled' })),
      ...['del', 's', 'strike'].map((selector) => ({ selector, format: 'struck' })),
      { selector: 'sup', format: 'raised' },
      { selector: 'tr', format: 'row' },
      { selector: 'ol', format: 'numbered' },
      ...[
        'body',
        'dl',
        'dt',
        'dd',
        'caption',
        'center',
        'address',
        'fieldset',
        'legend',
        'figure',
        'figcaption',
        'body',
      ].map(line),
      ...['details', 'summary', 'option', 'label'].map(line),
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false } },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    ],
  });
  return { text: text.replaceAll(leftOut, ''), hidden, cut: text.includes(leftOut) };
};

parentPort?.on('message', (pieces: readonly string[]) => parentPort?.postMessage(pieces.map(toText), []));
