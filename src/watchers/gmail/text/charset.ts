/**
 * Bytes of a text as programs that show mail read them. What a mail says of its charset is often less than the truth:
 * Latin-1 and ASCII mean windows-1252, and without a word it is UTF-8 where it can be, else what the HTML says of itself,
 * else windows-1252.
 */

/**
 * Whether `decodeBytes` knows better than a library that goes by the name; of other names the library knows more than
 * browsers do.
 */
export const isOurs = (charset: string): boolean => {
  const label = labelOf(charset);
  return label === undefined ? charset.trim() === '' : ours.has(label);
};

const ours = new Set(['utf-8', 'windows-1252', 'windows-1254', 'windows-874']);

/** @param charset as the mail names it; empty or unknown: it is found out */
export function decodeBytes(bytes: Uint8Array, charset: string, isHtml: boolean): string {
  const marked = byMark(bytes);
  if (marked !== undefined) return new TextDecoder(marked).decode(bytes);
  const label = labelOf(charset);
  // ASCII proves nothing: gateways write it for whatever they don't know.
  const isClaim = label !== undefined && !/ascii|ansi_x3|iso_?646|us$/i.test(charset);
  if (!isClaim) return foundOut(bytes, isHtml);
  const text = new TextDecoder(label).decode(bytes);
  return label === 'utf-8' && isWrong(text) ? foundOut(bytes, isHtml) : text;
}

/** The name of the standard for browsers; undefined when it has none. */
function labelOf(charset: string): string | undefined {
  const name = charset.trim().toLowerCase().slice(0, 60);
  const plain = name.replaceAll(/[^a-z0-9]/g, '');
  if (/^(?:latin1|iso88591|l1|ansi|(?:us)?ascii)$/.test(plain)) return 'windows-1252';
  if (plain === 'utf8') return 'utf-8';
  try {
    return name === '' ? undefined : new TextDecoder(name).encoding;
  } catch {
    return undefined;
  }
}

function foundOut(bytes: Uint8Array, isHtml: boolean): string {
  const start = Buffer.from(bytes.subarray(0, 4_096)).toString('latin1');
  // Japanese in seven bits would be valid UTF-8.
  if (/\u001b\$[@B]|\u001b\(J/.test(start)) return new TextDecoder('iso-2022-jp').decode(bytes);
  try {
    // What is cut off at the end is no mistake.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    const said = isHtml ? /<meta\b[^>]{0,300}?charset\s{0,9}=\s{0,9}["']?([\w:.-]{1,40})/i.exec(start)?.[1] : undefined;
    const label = labelOf(said ?? '') ?? 'windows-1252';
    return new TextDecoder(label.startsWith('utf') ? 'windows-1252' : label).decode(bytes);
  }
}

/** Said to be UTF-8, and next to nothing of it is. */
function isWrong(text: string): boolean {
  const bad = text.match(/\ufffd/g)?.length ?? 0;
  return bad > 0 && bad > (text.match(/[^\u0000-\u007f\ufffd]/gu)?.length ?? 0);
}

/** The mark at the beginning of a file goes before everything that is said of it. */
function byMark([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}
