/** Tables of a document, so that a test can try what they say. */
import assert from 'node:assert/strict';

/**
 * The rows of the first table below a heading, without its head; cells without the spaces around them. `⏎` is a line
 * break, `\|` a stroke.
 *
 * @param least a page that lost its table must not make a test pass
 */
export function tableUnder(page: string, heading: string, least: number): readonly (readonly string[])[] {
  const lines = page.split('\n');
  const start = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading);
  assert.ok(start >= 0, `the page has no heading “${heading}”`);
  const first = lines.findIndex((line, at) => at > start && line.startsWith('|'));
  const rows: string[][] = [];
  for (let at = first + 2; lines[at]?.startsWith('|') === true; at += 1) {
    const cells = (lines[at] ?? '').slice(1).split(/(?<!\\)\|/);
    rows.push(cells.slice(0, -1).map((cell) => cell.trim().replaceAll('\\|', '|').replaceAll(' ⏎ ', '\n')));
  }
  assert.ok(rows.length >= least, `only ${rows.length} rows below “${heading}”`);
  return rows;
}
