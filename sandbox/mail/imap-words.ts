/** Words of the IMAP grammar (RFC 3501): takes commands apart and puts answers together. All text is latin1. */

/** An atom, the content of a string, or a list of them. */
export type Word = string | readonly Word[];

/** Stands for the n-th literal in a command line; latin1 has no such characters. */
export const literalMark = (index: number): string => String.fromCodePoint(0x1_00 + index);

/** Takes a command apart; undefined when it breaks the grammar. */
export function readWords(line: string, literals: readonly string[]): readonly Word[] | undefined {
  const reader = { line, literals, at: 0 };
  const words = readList(reader, false);
  return words !== undefined && reader.at >= line.length ? words : undefined;
}

type Reader = { readonly line: string; readonly literals: readonly string[]; at: number };

function readList(reader: Reader, closed: boolean): Word[] | undefined {
  const words: Word[] = [];
  for (;;) {
    while (reader.line[reader.at] === ' ') reader.at += 1;
    const sign = reader.line[reader.at];
    if (sign === undefined) return closed ? undefined : words;
    if (sign === ')') {
      if (!closed) return undefined;
      reader.at += 1;
      return words;
    }
    const word = readWord(reader, sign);
    if (word === undefined) return undefined;
    words.push(word);
  }
}

function readWord(reader: Reader, sign: string): Word | undefined {
  if (sign === '(') {
    reader.at += 1;
    return readList(reader, true);
  }
  if (sign === '"') return readQuoted(reader);
  const code = sign.codePointAt(0) ?? 0;
  if (code >= 0x1_00) {
    reader.at += 1;
    return reader.literals[code - 0x1_00];
  }
  // A section such as BODY[HEADER.FIELDS (A B)]<0.10> is one word.
  const [atom] = /^(?:[^\s()"[\]{]+|\[[^\]]*\])+/.exec(reader.line.slice(reader.at)) ?? [];
  if (atom === undefined) return undefined;
  reader.at += atom.length;
  return atom;
}

function readQuoted(reader: Reader): string | undefined {
  const [whole, content] = /^"((?:[^"\\\r\n]|\\["\\])*)"/.exec(reader.line.slice(reader.at)) ?? [];
  if (whole === undefined || content === undefined) return undefined;
  reader.at += whole.length;
  return content.replaceAll(/\\(["\\])/g, '$1');
}

/** A string as it goes over the wire; NIL for undefined. */
export function quote(text: string | undefined): string {
  if (text === undefined) return 'NIL';
  return /^[\u0020-\u007e]{0,400}$/.test(text) ? `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"` : literal(text);
}

export const literal = (text: string): string => `{${text.length}}\r\n${text}`;

/**
 * Whether `n` is in a set such as `1:4,9,12:*`; `last` is what `*` means. As the RFC has it, `9:*` contains the last
 * one even when that is below 9.
 */
export function inSet(set: string, n: number, last: number): boolean {
  return set.split(',').some((range) => {
    const [from = '', to = from] = range.split(':');
    const ends = [from, to].map((end) => (end === '*' ? last : Number(end)));
    return n >= Math.min(...ends) && n <= Math.max(...ends);
  });
}

export const isSet = (word: string): boolean =>
  /^(?:\d+|\*)(?::(?:\d+|\*))?(?:,(?:\d+|\*)(?::(?:\d+|\*))?)*$/.test(word);

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `17-Jul-1996 02:44:25 +0000` */
export function formatInstant(at: Date): string {
  const [date = '', time = ''] = at.toISOString().split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  return `${day}-${months[Number(month) - 1] ?? ''}-${year} ${time.slice(0, 8)} +0000`;
}

/** `17-Jul-1996` as the start of that day in UTC. */
export function parseDay(text: string): Date | undefined {
  const [, day, month = '', year] = /^(\d{1,2})-([A-Z][a-z]{2})-(\d{4})$/.exec(text) ?? [];
  const index = months.indexOf(month);
  return day === undefined || index < 0 ? undefined : new Date(Date.UTC(Number(year), index, Number(day)));
}
