import { oneLine } from '../../lib/words.ts';
import type { Fields } from './keys.ts';

/**
 * Keys that name the idea, counted in public vaults but for the first three; the first that has a value counts. They are
 * no synonyms of a field: one that stands twice steers nothing that leaves, so it is no contradiction to be asked about.
 */
const keys = ['set', 'idea', 'campaign', 'source_task', 'original_task', 'source_plan'];

/** Nobody calls an idea by more; what is longer is a text, and no name. */
const longestName = 120;
/** Looked at before anything is done with it: a value may be as long as the file. */
const longestValue = 1_000;

/**
 * The idea this draft says it is one of several for; empty when it names none, or nobody can say which. The name is for
 * people and for finding the others. It is no part of what leaves.
 */
export function setNameOf(fields: Fields): string {
  const found = keys.map((key) => fields.key(key)).find((values) => values.length > 0);
  const [value, ...others] = found ?? [];
  return value === undefined || others.length > 0 ? '' : nameIn(value);
}

/** One idea is written in many ways: as a link of Obsidian, as a file, in another Unicode form. */
function nameIn(value: string): string {
  if (value.length > longestValue) return '';
  const flat = oneLine(value.normalize('NFC'), longestValue);
  // Without quotes around it a link is a list in YAML, and one pair of its brackets is lost on the way.
  const linked = /^\[{1,2}([^[\]|]+)(?:\|[^[\]]*)?\]{1,2}$/.exec(flat)?.[1] ?? flat;
  const name = linked
    .trim()
    .replace(/^\.?\//, '')
    .replace(/\.md$/i, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return name.length <= longestName && isName(name) ? name : '';
}

const isName = (name: string): boolean =>
  /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(name) && !/^[<{[]|^(?:true|yes|on)$/i.test(name);
