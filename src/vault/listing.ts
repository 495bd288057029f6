import type { BigIntStats } from 'node:fs';
import { join } from 'node:path';
import type { Folder } from '../domain/lifecycle.ts';
import type { Clock } from '../lib/clock.ts';
import type { ConflictCopy } from '../lib/conflict-copy.ts';
import { codeOf } from '../lib/file-errors.ts';
import { sha256 } from '../lib/hash.ts';
import { statsOf } from '../lib/plain-file.ts';
import { readRegular } from '../lib/regular-file.ts';
import { isUntrusted } from '../lib/untrusted.ts';
import { oneLine, strange } from '../lib/words.ts';
import { largestDraft } from './largest.ts';
import { copyOfDraft, isDomainName, isDraftName } from './names.ts';
import type { VaultPlaces, SeenFile } from './places.ts';
import { settlingOf } from './settling.ts';
import type { Listing, Unfit, VaultFile } from './types.ts';

type Known = { readonly stamp: string; readonly file: VaultFile };

/** Reads directories. Keeps what it read of each file, so that an unchanged file costs one lstat and no read. */
export type Lister = {
  list(folder: Folder): Promise<Listing>;
  look(folder: Folder, path: string): Promise<VaultFile | undefined>;
  /**
   * These were read before: one that has the same inode, size and time of change is not read again to be listed. Whoever
   * acts on what it says reads it all the same.
   */
  remember(files: readonly VaultFile[]): void;
};

/** How many files are looked at at the same time. */
const atOnce = 16;

export function createLister(parts: { places: VaultPlaces; clock: Clock }): Lister {
  const { places, clock } = parts;
  const known = new Map<Folder, Map<string, Known>>();
  const remembered = createRemembered();

  const trace = async (folder: Folder, path: string, { absolute, stats }: SeenFile) => {
    const stamp = stampOf(stats);
    const before = known.get(folder)?.get(path);
    if (before?.stamp === stamp) return before;
    const earlier = remembered.take(folder, path, stats);
    if (earlier !== undefined) return { stamp, file: earlier };
    const bytes = await readRegular({ place: places.root, path: absolute, seen: stats }, largestDraft);
    if (bytes === undefined) return undefined;
    return { stamp, file: traceOf(folder, path, stats, bytes) };
  };

  const examine = async (folder: Folder, path: string): Promise<Known | Unfit | undefined> => {
    const unfit = (kind: Unfit['kind'], words: string, afterMs = 0): Unfit => ({ folder, path, kind, afterMs, words });
    const there = await places.seen(folder, path);
    if (there === undefined) {
      const isOdd = (await places.file(folder, path)) === undefined;
      return isOdd ? unfit('odd', 'Its name or its folder is not one we can open.') : undefined;
    }
    const { absolute, stats } = there;
    if (!stats.isFile()) return unfit('odd', stats.isSymbolicLink() ? 'It is a link.' : 'It is not a regular file.');
    if (stats.size > largestDraft) return unfit('odd', 'It is larger than 1 MiB.');
    const settling = settlingOf(stats, clock.now().getTime());
    if (settling.kind === 'wait') return unfit('settling', settling.words, settling.afterMs);
    if (settling.kind === 'odd') return unfit('odd', settling.words);
    const found = await trace(folder, path, there);
    if (found !== undefined) return found;
    const still = await statsOf(absolute);
    return still === undefined ? undefined : unfit('odd', 'It can’t be read.');
  };

  return {
    async list(folder) {
      const { paths, strange } = await draftPaths(places, folder);
      const files: VaultFile[] = [];
      const unfit: Unfit[] = [...strange];
      const next = new Map<string, Known>();
      for (let from = 0; from < paths.length; from += atOnce) {
        const seen = await Promise.all(paths.slice(from, from + atOnce).map((path) => examine(folder, path)));
        for (const one of seen) {
          if (one === undefined) continue;
          if ('file' in one) {
            files.push(one.file);
            next.set(one.file.path, one);
          } else unfit.push(one);
        }
      }
      known.set(folder, next);
      return { files, unfit };
    },
    async look(folder, path) {
      const there = await places.seen(folder, path);
      return there?.stats.isFile() === true ? (await trace(folder, path, there))?.file : undefined;
    },
    remember: remembered.add,
  };
}

/** What was read before this process began; each is good for one look. */
function createRemembered() {
  const files = new Map<string, VaultFile>();
  return {
    add(more: readonly VaultFile[]): void {
      for (const file of more) files.set(`${file.folder}/${file.path}`, file);
    },
    take(folder: Folder, path: string, stats: BigIntStats): VaultFile | undefined {
      const file = files.get(`${folder}/${path}`);
      files.delete(`${folder}/${path}`);
      return file !== undefined && isUnchanged(file, stats) ? file : undefined;
    },
  };
}

const stampOf = (stats: BigIntStats): string =>
  `${stats.size}:${stats.mtimeNs}:${stats.ctimeNs}:${stats.dev}:${stats.ino}`;

const isUnchanged = (file: VaultFile, stats: BigIntStats): boolean =>
  file.inode === inodeOf(stats) && file.size === Number(stats.size) && file.mtimeMs === millisOf(stats);

const inodeOf = ({ dev, ino }: BigIntStats): string => `${dev}:${ino}`;
const millisOf = ({ mtimeNs }: BigIntStats): number => Number(mtimeNs / 1_000_000n);

/** What tells this file from others, from its stats and bytes. */
export const traceOf = (folder: Folder, path: string, stats: BigIntStats, bytes: Uint8Array): VaultFile => ({
  folder,
  path,
  contentHash: sha256(bytes),
  inode: inodeOf(stats),
  size: bytes.length,
  mtimeMs: millisOf(stats),
});

/** Names of drafts in a folder and one level below, sorted, and what there is that has a draft's name but can't be one. */
async function draftPaths(
  places: VaultPlaces,
  folder: Folder,
): Promise<{ readonly paths: readonly string[]; readonly strange: readonly Unfit[] }> {
  const paths: string[] = [];
  const strange: Unfit[] = [];
  const odd = (path: string, words: string) => strange.push({ folder, path, kind: 'odd', afterMs: 0, words });
  const read = async (sub: string | undefined): Promise<readonly string[]> => {
    const before = sub === undefined ? '' : `${sub}/`;
    const subFolders: string[] = [];
    // Names as bytes: one that is not UTF-8 can't be opened by the text it decodes to.
    for (const entry of await entriesOf(places, folder, sub)) {
      const name = entry.name.toString('utf8');
      const copy = copyOfDraft(name);
      if (entry.isDirectory()) {
        if (sub === undefined && isDomainName(name)) subFolders.push(name);
      } else if (copy !== undefined) {
        odd(before + name, copyWords(copy));
      } else if (isDraftName(name)) {
        const decodable = Buffer.from(name, 'utf8').equals(entry.name);
        if (decodable && !name.includes('\\')) paths.push(before + name);
        else odd(before + name, 'Its name can’t be read.');
      } else if (sub === undefined && entry.isSymbolicLink() && looksLikeDomain(name)) {
        odd(name, linkedFolder);
      }
    }
    return subFolders;
  };
  for (const sub of await read(undefined)) await read(sub);
  return { paths: paths.toSorted(), strange };
}

/** Throws when it can’t be read: an unmounted vault must not look like one whose drafts are all gone. */
async function entriesOf(places: VaultPlaces, folder: Folder, sub: string | undefined) {
  try {
    return await places.root.entries(join(places.root.path, folder, sub ?? ''));
  } catch (thrown) {
    // A sub-folder that was one a moment ago: the next look sees what it is now.
    if (sub !== undefined && (isUntrusted(thrown) || codeOf(thrown) === 'ENOENT')) return [];
    if (isUntrusted(thrown)) throw thrown;
    const name = sub === undefined ? folder : `${folder}/${sub}`;
    throw new Error(`The folder ${oneLine(name, 120)} of the vault can’t be opened.`, { cause: thrown });
  }
}

/** A link is not followed, so only its name says whether it stands for a folder of drafts. */
const looksLikeDomain = (name: string): boolean => isDomainName(name) && !/\.[a-z0-9]{1,5}$/i.test(name);
const linkedFolder = 'It is a link, and only real folders are looked into.';

const copyWords = ({ tool, of }: ConflictCopy): string =>
  `It is a conflict copy of “${strange(of, 60)}” made by ${tool}. Merge it by hand and delete it, or rename it to have it taken.`;
