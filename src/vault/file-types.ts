/** What a file is, by its first bytes. A name says nothing about what is in a file. */
const ascii = (text: string): readonly number[] => [...Buffer.from(text, 'latin1')];

const signatures: readonly (readonly [offset: number, bytes: readonly number[], type: string])[] = [
  [0, [0x89, ...ascii('PNG\r\n'), 0x1a, 0x0a], 'image/png'],
  [0, [0xff, 0xd8, 0xff], 'image/jpeg'],
  [0, ascii('GIF8'), 'image/gif'],
  [8, ascii('WEBP'), 'image/webp'],
  [4, ascii('ftypqt'), 'video/quicktime'],
  [4, ascii('ftypheic'), 'image/heic'],
  [4, ascii('ftyp'), 'video/mp4'],
  [0, [0x1a, 0x45, 0xdf, 0xa3], 'video/webm'],
  [0, ascii('%PDF-'), 'application/pdf'],
  [0, ascii('PK\u0003\u0004'), 'application/zip'],
];

/** @param head the first bytes, some thousand at most */
export function typeOf(head: Buffer): string {
  const found = signatures.find(([offset, bytes]) => bytes.every((byte, index) => head[offset + index] === byte));
  if (found !== undefined) return found[2];
  const text = head.toString('utf8');
  const isText = !text.includes('\0') && !text.slice(0, -4).includes('\ufffd');
  return isText ? 'text/plain' : 'application/octet-stream';
}
