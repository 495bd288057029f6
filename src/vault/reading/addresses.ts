import type { Thread } from '../../domain/effect.ts';

/** Plain addresses out of header-like values: `Ann <ann@example.com>, bob@example.com`. */
export function addressesOf(values: readonly string[]): readonly string[] {
  const parts = values.flatMap((value) => splitOutsideQuotes(value.slice(0, 10_000)));
  const plain = parts.map((part) => {
    const open = part.lastIndexOf('<');
    const inner = open !== -1 && part.endsWith('>') ? part.slice(open + 1, -1) : part;
    return inner.trim().replace(/^mailto:/i, '');
  });
  return [...new Set(plain.filter((address) => address !== ''))];
}

/** Splits at commas and semicolons that are neither in quotes nor in angle brackets. */
function splitOutsideQuotes(value: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  let quoted = false;
  let angled = false;
  for (const character of value) {
    if (character === '"') quoted = !quoted;
    if (character === '<') angled = true;
    if (character === '>') angled = false;
    if ((character === ',' || character === ';') && !quoted && !angled) {
      parts.push(part.trim());
      part = '';
    } else part += character;
  }
  return [...parts, part.trim()].filter((one) => one !== '');
}

const messageId = /<[^<>\s@]{1,448}@[^<>\s@]{1,448}>/g;

/** Message-IDs in a value, with angle brackets; one without brackets is taken when it is the whole value. */
function messageIds(values: readonly string[]): readonly string[] {
  return values.flatMap((value) => {
    const found = value.slice(0, 20_000).match(messageId);
    if (found !== null) return [...found];
    return /^[^<>\s@]{1,448}@[^<>\s@]{1,448}$/.test(value) ? [`<${value}>`] : [];
  });
}

/** The conversation a mail continues; undefined when none is named by a real Message-ID. */
export function threadOf(inReplyTo: readonly string[], references: readonly string[]): Thread | undefined {
  const answered = messageIds(inReplyTo).at(-1);
  if (answered === undefined) return undefined;
  const chain = [...new Set(messageIds(references))].filter((id) => id !== answered);
  return { inReplyTo: answered, references: [...chain, answered] };
}
