import { keyName } from '../front-matter.ts';
import type { Lines } from '../lines.ts';
import { synonyms } from './keys.ts';
import { isKindLine } from './line-kinds.ts';
import { headerKeys } from './line-words.ts';

export type Header = {
  readonly fields: ReadonlyMap<string, readonly string[]>;
  readonly places: ReadonlyMap<string, { readonly firstLine: number; readonly lastLine: number }>;
  /** First line behind it, from 0. */
  readonly end: number;
};

const most = 40;

const isTextKey = (name: string): boolean => synonyms.text.some((key) => key === name);

/**
 * `To: a@example.com` and the like at the beginning of the body, without `---` around them, at most a title above:
 * a header somebody did not fence. Ends at the first line that is no key; one known key must be among them, and where
 * none says what kind of draft it is, something must set it apart from what follows.
 */
export function headerLines(lines: Lines, from: number): Header {
  const none: Header = { fields: new Map(), places: new Map(), end: from };
  let at = from;
  const skipBlank = () => {
    while (at < lines.length && at - from < most && lines.text(at).trim() === '') at += 1;
  };
  skipBlank();
  if (/^#\s/.test(lines.text(at).slice(0, 10))) at += 1;
  skipBlank();
  const fields = new Map<string, readonly string[]>();
  const places = new Map<string, { firstLine: number; lastLine: number }>();
  let saysKind = false;
  for (; at < lines.length && fields.size < most; at += 1) {
    const line = lines.text(at);
    const [, key, value = ''] = line.length > 1_000 ? [] : (/^([A-Za-z][\w -]{0,30}?):(?:\s+(.*))?$/.exec(line) ?? []);
    if (key === undefined) break;
    const name = keyName(key);
    // A label with the text behind it: the header is over.
    if (isTextKey(name)) break;
    saysKind ||= isKindLine(line);
    if (!fields.has(name)) {
      fields.set(name, [value.trim()]);
      places.set(name, { firstLine: at + 1, lastLine: at + 1 });
    }
  }
  const known = headerKeys.some((key) => fields.has(keyName(key)));
  const label = /^([A-Za-z][\w -]{0,30}?):/.exec(lines.text(at).slice(0, 100))?.[1] ?? '';
  const closed =
    saysKind ||
    isTextKey(keyName(label)) ||
    at >= lines.length ||
    lines.text(at).trim() === '' ||
    /^(?:---\s*$|#{1,6}\s|\*\*|```|>)/.test(lines.text(at).slice(0, 10));
  return known && closed ? { fields, places, end: at } : none;
}
