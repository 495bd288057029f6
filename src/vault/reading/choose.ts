import { strange } from '../../lib/words.ts';
import type { Found } from './found.ts';
import { cleaned, withoutComments } from './found.ts';
import { orderIn } from './text-range.ts';
import { isEmptyText } from './placeholders.ts';
import { placesOfKeys } from './key-places.ts';
import type { Layout } from './layout.ts';

export type Choice =
  | { readonly kind: 'one'; readonly found: Found }
  | { readonly kind: 'several'; readonly found: readonly Found[] }
  /** Nothing, or only words that hold the place of a text. */
  | { readonly kind: 'none'; readonly placeholder: boolean };

export const mostShown = 6;

/** From the least to the most telling place of a text. A text in a key ranks with no heading: if it differs, we ask. */
const ranks: readonly (readonly Found['role'][])[] = [
  ['preview', 'own_preview'],
  ['generic', 'body'],
  ['draft', 'answer', 'variant'],
  ['full'],
];
const rankOf = (one: Found): number => ranks.findIndex((roles) => roles.includes(one.role));

/**
 * Takes a text only when nothing about it is doubtful and no other could be meant. A text under a more telling heading
 * wins over one under a less telling one, but never when the message that is answered could have brought the heading.
 *
 * @param originals lines of the headings over somebody else's text
 */
export function choose(candidates: readonly Found[], originals: readonly number[]): Choice {
  const full = candidates.filter((one) => !isEmptyText(one.text));
  if (full.length === 0) return { kind: 'none', placeholder: candidates.length > 0 };
  const distinct = new Map<string, Found>();
  for (const one of full) {
    const key = full.length === 1 ? '' : comparable(one.text);
    const known = distinct.get(key);
    // The same text twice: the heading that tells more stands for it, and a key confirms where it ends.
    const better = known === undefined || (known.role !== 'key' && rankOf(one) > rankOf(known)) ? one : known;
    const other = better === one ? known : one;
    distinct.set(key, other === undefined ? better : confirmed(better, other));
  }
  const found = [...distinct.values()];
  const best = winner(found, originals);
  const empty = candidates.filter((one) => isEmptyText(one.text));
  // Our own place is empty: what stands in a less telling one is the mail that is answered, or a sample.
  if (
    best !== undefined &&
    best.role !== 'key' &&
    empty.some((one) => rankOf(one) > rankOf(best) && one.level >= best.level)
  ) {
    return { kind: 'none', placeholder: true };
  }
  const certain = best !== undefined && best.doubt === undefined;
  if (certain) return { kind: 'one', found: best };
  const shown = best === undefined ? found : found.filter((one) => one.role === 'key' || rankOf(one) >= rankOf(best));
  return { kind: 'several', found: shown.slice(0, mostShown) };
}

function confirmed(one: Found, other: Found): Found {
  if (other.role !== 'key' || other.doubt !== undefined) return one;
  // A preview is often in quote marks, and the text itself is not.
  if (['preview', 'own_preview'].includes(one.role) && one.text !== other.text) return other;
  return one.bounds === true ? { ...one, doubt: undefined } : one;
}

/** The only text of the highest rank, unless its heading could be part of the message that is answered. */
function winner(found: readonly Found[], originals: readonly number[]): Found | undefined {
  if (found.length === 1) return found[0];
  const inKey = found.some((one) => one.role === 'key');
  const highest = Math.max(...found.map(rankOf));
  const top = found.filter((one) => rankOf(one) === highest);
  const [only] = top;
  if (only === undefined || top.length > 1 || inKey) return undefined;
  const original = originals.length === 0 ? undefined : Math.min(...originals);
  if (original === undefined || only.headingLine < original) return only;
  // Behind the original only the last heading is surely ours: what comes before it may have come with the mail.
  const others = found.filter((one) => one !== only);
  return others.every((one) => one.headingLine > original && one.headingLine < only.headingLine) ? only : undefined;
}

/** White space, quote marks around the whole and Markdown marks make no other text. */
const comparable = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^["“](.*)["”]$/, '$1');

/** A text in the front matter itself; one that ends in an ellipsis and begins like another is only its beginning. */
export function textInKey({ fields, matter, lines, nested }: Layout, others: readonly Found[]): readonly Found[] {
  const clean = cleaned(withoutComments(fields.value('text')));
  const { text } = clean;
  if (text === '') return [];
  const beginning = /^([^]*?)\s*(?:\.\.\.|…)$/.exec(text.slice(0, 5_000))?.[1];
  if (beginning !== undefined && others.some((other) => other.text.startsWith(beginning))) return [];
  const key = fields.keyOf('text') ?? '';
  // A header further down holds it, that of a draft that was copied in.
  const inner = matter.fields.has(key) ? undefined : nested.find((block) => block.fields.has(key));
  const place =
    inner === undefined
      ? (placesOfKeys(lines, matter).get(key) ?? { firstLine: 1, lastLine: Math.max(matter.bodyLine, 1) })
      : { firstLine: inner.line + 2, lastLine: inner.end };
  const span = {
    start: lines.start(place.firstLine - 1),
    end: lines.end(place.lastLine - 1),
    firstLine: place.firstLine,
    lastLine: place.lastLine,
  };
  const isList = fields.values('text').length > 1;
  const odd = isList ? 'It is written as a list.' : orderIn(text.split('\n')[0] ?? '');
  const doubt = inner === undefined ? odd : 'It stands in a second header.';
  const why = `It stands in the key “${strange(key, 40)}”.`;
  return [{ ...clean, span, why, form: 'key', doubt, fields: [], role: 'key', headingLine: -1, level: 0 }];
}
