import { lstat, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
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
  clear(): Promise<void>;
};

const largestEntry = 1_048_576;

/** @param folder may be missing: it is made */
export function createEntries(folder: string): Entries {
  const loaded = new Map<string, Loaded | Broken>();

  const forget = async (name: string): Promise<void> => {
    const before = loaded.get(name);
    loaded.delete(name);
    if (before !== undefined && 'ticks' in before) await before.ticks.stop();
  };

  return {
    async reload() {
      await mkdir(folder, { recursive: true });
      const names = (await readdir(folder)).filter(isEntryName);
      for (const name of loaded.keys()) if (!names.includes(name)) await forget(name);
      for (const name of names) {
        const stamp = await stampOf(join(folder, name));
        if (stamp === undefined || loaded.get(name)?.stamp === stamp) continue;
        await forget(name);
        loaded.set(name, await load(join(folder, name), stamp));
      }
    },
    has: (name) => loaded.has(name),
    usable: () => [...loaded].flatMap(([name, entry]) => ('ticks' in entry ? [[name, entry] as const] : [])),
    trouble: () => [...loaded].flatMap(([name, entry]) => ('words' in entry ? [sentence(name, entry)] : [])).join(' '),
    async clear() {
      for (const name of loaded.keys()) await forget(name);
    },
  };
}

const sentence = (name: string, entry: Broken): string =>
  `${strange(`Schedule/${name}`, 90)} is not used: ${entry.words}.`;

const isEntryName = (name: string): boolean =>
  /^[^._~].*\.md$/i.test(name) && name.toLowerCase() !== 'readme.md' && !/\.sync-conflict-|conflicted copy/i.test(name);

/** Undefined for what is no plain file; a link could lead out of the vault. */
async function stampOf(path: string): Promise<string | undefined> {
  const stats = await lstat(path).catch(() => undefined);
  return stats?.isFile() === true ? `${stats.size}:${stats.mtimeMs}:${stats.ino}` : undefined;
}

async function load(path: string, stamp: string): Promise<Loaded | Broken> {
  try {
    if ((await lstat(path)).size > largestEntry) return { stamp, words: 'it is larger than 1 MiB' };
    const entry = readEntry(await readFile(path, 'utf8'));
    if (typeof entry === 'string') return { stamp, words: entry };
    const ticks = await createTicks(entry.cron, entry.timezone);
    if (ticks === undefined) return { stamp, words: `“${strange(entry.cron, 40)}” is not a cron line` };
    return { stamp, entry, rule: `${entry.cron}|${entry.timezone}`, ticks };
  } catch (thrown) {
    return { stamp, words: strange(messageOf(thrown), 200) };
  }
}
