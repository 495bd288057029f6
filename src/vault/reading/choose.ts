import type { FrontMatter } from '../front-matter.ts';
import type { Lines } from '../lines.ts';
import { normaliseText } from '../../domain/effect.ts';
import type { Found } from './candidates.ts';
import { isEmptyText } from './placeholders.ts';
import { synonyms } from './keys.ts';
import type { Fields } from './keys.ts';
import { textId } from './text-id.ts';

export type Choice =
  | { readonly kind: 'one'; readonly found: Found }
  | { readonly kind: 'several'; readonly found: readonly Found[] }
  /** Nothing, or only words that hold the place of a text. */
  | { readonly kind: 'none'; readonly placeholder: boolean };

const mostShown = 6;

/**
 * Takes a text only when there is exactly one and nothing about it is doubtful. It never ranks two different texts:
 * a mail that is quoted in the file could contain the better heading.
 *
 * @param picked id of the text a person picked before; empty when nobody did
 */
export function choose(candidates: readonly Found[], picked: string): Choice {
  const full = candidates.filter((one) => !isEmptyText(one.text));
  if (full.length === 0) return { kind: 'none', placeholder: candidates.length > 0 };
  const firm = full.filter((one) => !one.preview);
  const distinct = new Map<string, Found>();
  for (const one of firm.length > 0 ? firm : full) {
    const key = one.text.replaceAll(/\s+/g, ' ');
    if (!distinct.has(key)) distinct.set(key, one);
  }
  const found = [...distinct.values()];
  const known = picked === '' ? undefined : found.find(({ text }) => textId(text) === picked);
  if (known !== undefined) return { kind: 'one', found: known };
  const [only] = found;
  const certain = found.length === 1 && only !== undefined && only.doubt === undefined && !only.preview;
  return certain ? { kind: 'one', found: only } : { kind: 'several', found: found.slice(0, mostShown) };
}

/** A text in the front matter itself; one that ends in an ellipsis and begins like another is only its beginning. */
export function textInKey(
  fields: Fields,
  matter: FrontMatter,
  lines: Lines,
  others: readonly Found[],
): readonly Found[] {
  const text = normaliseText(fields.value('text'));
  if (text === '') return [];
  const beginning = /^([^]*?)\s*(?:\.\.\.|…)$/.exec(text.slice(0, 5_000))?.[1];
  if (beginning !== undefined && others.some((other) => other.text.startsWith(beginning))) return [];
  const key = synonyms.text.find((synonym) => fields.key(synonym).length > 0) ?? '';
  const end = matter.closingLine ?? matter.bodyLine;
  let from = 0;
  while (from < end && !lines.text(from).toLowerCase().startsWith(`${key}:`)) from += 1;
  const nested = from === end;
  if (nested) from = 0;
  let to = nested ? end : from + 1;
  while (to < end && /^(?:\s|$)/.test(lines.text(to))) to += 1;
  const span = { start: lines.start(from), end: lines.end(to - 1), firstLine: from + 1, lastLine: to };
  const doubt = fields.values('text').length > 1 ? 'It is written as a list.' : undefined;
  return [{ text, span, why: `It stands in the key “${key}”.`, form: 'key', doubt, fields: [], preview: false }];
}
