import { canonicalEffect } from '../domain/effect.ts';
import type { Platform } from '../domain/platform.ts';
import { readFrontMatter } from './front-matter.ts';
import { linesOf } from './lines.ts';
import { synonyms } from './reading/keys.ts';
import { readDraft } from './reading/read-draft.ts';
import { setEntry, quoted } from './stamp.ts';

/**
 * The file's text with other names of its media; undefined when it can't be written so that reading it gives exactly
 * these and changes nothing else.
 */
export function withMediaNames(
  text: string,
  names: readonly string[],
  fileName: string,
  platforms: readonly Platform[],
  now: Date,
  picked = '',
): string | undefined {
  const before = readDraft(text, fileName, platforms, now, picked);
  if (before.reading.kind !== 'draft') return undefined;
  const addressed = platforms.find(({ id }) => id === before.reading.effect.platform)?.addressed === true;
  const { fields } = readFrontMatter(linesOf(text));
  const used = synonyms.media.filter((key) => fields.has(key));
  // The key that counts now, and where it can't be set so that it counts, the one that counts before all others.
  for (const key of [...used, addressed ? 'attachments' : 'image', synonyms.media[0]]) {
    const changed = setEntry(text, key, `${key}: ${listOf(names)}`);
    const after = readDraft(changed, fileName, platforms, now, picked);
    const same =
      after.reading.kind === 'draft' &&
      canonicalEffect(after.reading.effect) === canonicalEffect(before.reading.effect);
    if (same && JSON.stringify(after.media) === JSON.stringify(names)) return changed;
  }
  return undefined;
}

const listOf = (names: readonly string[]): string =>
  names.length === 1 ? quoted(names[0] ?? '') : `[${names.map((name) => JSON.stringify(name)).join(', ')}]`;
