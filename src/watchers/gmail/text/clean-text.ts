/** Text as it can be shown anywhere. */

// Control signs but tab and line break, signs that turn the writing direction, invisible ones (not the joiners, which
// emoji and several scripts need), tag characters.
const unwanted =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu;

/** NFC, LF, nothing invisible, at most two empty lines in a row. Linear in the length. */
export function cleanText(text: string): string {
  const lines = text.replaceAll(/\r\n?/g, '\n').normalize('NFC').replaceAll(unwanted, '').split('\n');
  const kept: string[] = [];
  let empty = 0;
  for (const line of lines) {
    const trimmed = line.trimEnd();
    empty = trimmed === '' ? empty + 1 : 0;
    if (empty <= 2) kept.push(trimmed);
  }
  return kept.join('\n').trim();
}
