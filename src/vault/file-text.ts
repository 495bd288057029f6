/** A file's text, and how to write a changed text back so that nothing else in the file changes. */
export type FileText = {
  /** Without byte order mark; line ends as in the file. */
  readonly text: string;
  /** The same encoding, with the byte order mark when there was one. */
  encode(text: string): Buffer;
};

type Encoding = { readonly mark: readonly number[]; readonly label: string; encode(text: string): Buffer };

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

const marked: readonly Encoding[] = [
  { mark: [0xef, 0xbb, 0xbf], label: 'utf-8', encode: (text) => Buffer.from(text, 'utf8') },
  { mark: [0xff, 0xfe], label: 'utf-16le', encode: (text) => Buffer.from(text, 'utf16le') },
  { mark: [0xfe, 0xff], label: 'utf-16be', encode: utf16be },
];

/** UTF-8, or what the byte order mark says; undefined when the bytes are not that. */
export function decodeFile(bytes: Uint8Array): FileText | undefined {
  const found = marked.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte));
  const mark = Buffer.from(found?.mark ?? []);
  const encode = found?.encode ?? ((text: string) => Buffer.from(text, 'utf8'));
  try {
    const decoder = new TextDecoder(found?.label ?? 'utf-8', { fatal: true, ignoreBOM: true });
    const text = decoder.decode(bytes.subarray(mark.length));
    // NUL means it is no text, whatever the decoder says.
    if (text.includes('\0')) return undefined;
    return { text, encode: (changed) => Buffer.concat([mark, encode(changed)]) };
  } catch {
    return undefined;
  }
}

/** The line end most used in a text. */
export function lineEndOf(text: string): '\n' | '\r\n' {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}
