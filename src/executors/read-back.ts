/**
 * Reads what stands in an editor or a post, as text. `innerText` is wrong for most editors (it doubles or loses line
 * breaks), so this walks: one line per innermost block, an empty block is an empty line, and the `<br>` that editors
 * put into empty blocks counts for nothing.
 */

/**
 * Runs inside the page: everything it uses must be inside it.
 *
 * @param root editor or post
 */
export function readBack(root: Element): string {
  if (root instanceof HTMLTextAreaElement) return root.value;
  const lines: string[] = [];
  const isBlock = (node: Node): node is Element =>
    node instanceof Element && !/^(?:inline|none|contents)/.test(getComputedStyle(node).display);
  const hidden = (node: Node) =>
    node instanceof Element &&
    (getComputedStyle(node).display === 'none' || node.matches('.visually-hidden, .ql-clipboard'));
  const hasBlock = (node: Node): boolean =>
    [...node.childNodes].some((child) => !hidden(child) && (isBlock(child) || hasBlock(child)));

  const inline = (node: Node): string => {
    if (node instanceof Text) return node.data;
    if (hidden(node)) return '';
    if (node instanceof HTMLBRElement) return '\n';
    return [...node.childNodes].map(inline).join('');
  };
  const finish = (run: string) => {
    // The last break of a block only holds it open.
    lines.push(run.replace(/\n$/, ''));
  };
  const walk = (block: Node) => {
    if (!hasBlock(block)) {
      finish(inline(block));
      return;
    }
    let run: string | undefined;
    const flush = () => {
      if (run !== undefined && run.trim() !== '') finish(run);
      run = undefined;
    };
    for (const child of block.childNodes) {
      if (hidden(child)) continue;
      if (isBlock(child) || hasBlock(child)) {
        flush();
        walk(child);
      } else run = (run ?? '') + inline(child);
    }
    flush();
  };
  walk(root);
  return lines.join('\n');
}

/**
 * The form in which texts are compared. Editors swap spaces for non-breaking ones and back to keep them visible, and
 * put an invisible mark at the cursor; nothing else is forgiven.
 */
export const comparable = (text: string): string =>
  text.replaceAll('\u00a0', ' ').replaceAll('\ufeff', '').replaceAll(/\r\n?/g, '\n').normalize('NFC').trimEnd();
