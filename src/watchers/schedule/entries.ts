import type { BigIntStats } from 'node:fs';
import { join } from 'node:path';
import { conflictCopy } from '../../lib/conflict-copy.ts';
import { statsOf } from '../../lib/plain-file.ts';
import { readRegular } from '../../lib/regular-file.ts';
import type { Root } from '../../lib/root.ts';
import { messageOf, strange } from '../../lib/words.ts';
import type { Entry } from './entry.ts';
import { readEntry } from './entry.ts';
import type { Ticks } from './ticks.ts';
import { createTicks } from './ticks.ts';

/** An entry that can be used. */
type Loaded = { readonly stamp: string; readonly entry: Entry; readonly rule: string; readonly ticks: Ticks };
/** One that can't, and why. */
type Broken = { readonly stamp: string; readonly words: string };

/** The entries of the schedule folder, read again when they change. */
export type Entries = {
  /** Throws when the folder can't be read. */
  reload(): Promise<void>;
  /** Whether there is a file of this name, usable or not. */
  has(name: string): boolean;
  usable(): readonly (readonly [name: string, entry: Loaded])[];
  /** A sentence about each entry that can't be used; empty when all can. */
  trouble(): string;
  /** A sentence about each that may mean something else than its writer thought. */
  remarks(): string;
  clear(): Promise<void>;
};

const largestEntry = 1_048_576;

/** @param folder below the root; may be missing: it is made */
export function createEntries(root: Root, folder: string): Entries {
  const loaded = new Map<string, Loaded | Broken>();

  const forget = async (name: string): Promise<void> => {
    const before = loaded.get(name);
    loaded.delete(name);
    if (before !== undefined && 'ticks' in before) await before.ticks.stop();
  };

  return {
    async reload() {
      await root.make(folder);
      const names = (await root.names(folder)).filter(isEntryName);
      for (const name of loaded.keys()) if (!names.includes(name)) await forget(name);
      for (const name of names) {
        const stats = await statsOf(join(folder, name));
        if (stats === undefined || loaded.get(name)?.stamp === stampOf(stats)) continue;
        await forget(name);
        loaded.set(name, await load(root, folder, name, stats));
      }
    },
    has: (name) => loaded.has(name),
    usable: () => [...loaded].flatMap(([name, entry]) => ('ticks' in entry ? [[name, entry] as const] : [])),
    trouble: () => [...loaded].flatMap(([name, entry]) => ('words' in entry ? [sentence(name, entry)] : [])).join(' '),
    remarks: () =>
      [...loaded].flatMap(([name, one]) => ('ticks' in one && wantsBoth(one.entry) ? [bothWords(name)] : [])).join(' '),
    async clear() {
      for (const name of loaded.keys()) await forget(name);
    },
  };
}

const sentence = (name: string, entry: Broken): string =>
  `${strange(`Schedule/${name}`, 90)} is not used: ${entry.words}.`;

/** In a crontab such a line means either of the two. */
function wantsBoth({ cron }: Entry): boolean {
  const [, , day = '*', , weekday = '*'] = cron.split(/\s+/);
  return !day.startsWith('*') && !weekday.startsWith('*');
}

const bothWords = (name: string): string =>
  `${strange(`Schedule/${name}`, 90)} names days of the month and days of the week: it ticks on days that are both. For either, write two entries.`;

const isEntryName = (name: string): boolean => /^[^._~].*\.md$/i.test(name) && name.toLowerCase() !== 'readme.md';

const stampOf = (stats: BigIntStats): string =>
  stats.isFile() ? `${stats.size}:${stats.mtimeNs}:${stats.ino}` : 'no plain file';

async function load(root: Root, folder: string, name: string, stats: BigIntStats): Promise<Loaded | Broken> {
  const path = join(folder, name);
  const stamp = stampOf(stats);
  const copy = conflictCopy(name);
  try {
    // Both would tick, and what they make would leave twice.
    if (copy !== undefined)
      return { stamp, words: `it is a conflict copy of ${strange(copy.of, 60)}; delete one of them` };
    // A link could lead out of the vault.
    if (!stats.isFile()) return { stamp, words: 'it is a link, a pipe or a folder; put a plain file in its place' };
    if (stats.size > largestEntry) return { stamp, words: 'it is larger than 1 MiB' };
    const bytes = await readRegular({ place: root, path, seen: stats }, largestEntry);
    // Not kept as read: the next look tries again.
    if (bytes === undefined) return { stamp: '', words: 'it can’t be read' };
    const entry = readEntry(bytes.toString('utf8'));
    if (typeof entry === 'string') return { stamp, words: entry };
    const ticks = await createTicks(entry.cron, entry.timezone);
    if (ticks === undefined) return { stamp, words: `“${strange(entry.cron, 40)}” is not a cron line` };
    return { stamp, entry, rule: `${entry.cron}|${entry.timezone}`, ticks };
  } catch (thrown) {
    return { stamp, words: strange(messageOf(thrown), 200) };
  }
}
