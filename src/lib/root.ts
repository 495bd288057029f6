/**
 * The one way to what lies below a folder, the vault. Sync tools, and everybody who may write there, can put a link, a
 * pipe or a second name in the place of any file or folder at any time; so each act looks anew: every folder on the way
 * is a real one, the file is a plain one, opening never waits, and what was opened is what lies at that place.
 *
 * Of what was opened Linux tells the place, so there not a byte is read from elsewhere or written there; other systems are
 * asked before and after. Names can't be held while they are used (no call does it everywhere), so between the look at a
 * folder and a rename in it there is an instant; a move therefore looks once more before it takes the old name away.
 */
import { constants } from 'node:fs';
import type { Dirent } from 'node:fs';
import { link, lstat, mkdir, open, readdir, readlink, realpath, rename, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { codeOf } from './file-errors.ts';
import { absent, openPlain, statsOf } from './plain-file.ts';
import type { OpenedFile, Opener } from './plain-file.ts';
import { replacedMeanwhile, wantFile, wantFolder } from './untrusted.ts';

/** Paths are absolute and below the root. Everything rejects with file system errors and with `Untrusted`. */
export type Root = Opener & {
  readonly path: string;
  /** Resolves when every folder on the way to this one, and it, are real folders. */
  straight(folder: string): Promise<void>;
  /** Resolves when what lies there may be used as such, or nothing lies there. Opens nothing. */
  check(path: string, wanted: 'folder' | 'file'): Promise<void>;
  /** What a folder holds, names as bytes. */
  entries(folder: string): Promise<readonly Dirent<Buffer>[]>;
  names(folder: string): Promise<readonly string[]>;
  link(from: string, to: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
};

/** @param path an absolute path without links in it, see `openRoot` */
export function createRoot(path: string): Root {
  const nameOf = (inner: string) => (inner === path ? path : relative(path, inner).split(sep).join('/'));
  const straight = createStraight(path, nameOf);
  // Looked at where it costs nothing beside the rest, and where nothing else would notice.
  const itself = async () => wantFolder(path, await lstat(path, { bigint: true }));
  const isThere = createIsThere(path, itself, straight);
  const check: Root['check'] = async (inner, wanted) => {
    try {
      await straight(wanted === 'folder' ? inner : dirname(inner));
      if (wanted === 'file') wantFile(nameOf(inner), await lstat(inner, { bigint: true }), true);
    } catch (thrown) {
      absent(thrown);
    }
  };
  const entries = createEntries(itself, straight);
  return {
    path,
    straight,
    check,
    entries,
    names: async (folder) => (await entries(folder)).map(({ name }) => name.toString('utf8')),
    async open(inner, use, mode, seen) {
      const way = straight(dirname(inner));
      let place: Promise<string> | undefined;
      const meanwhile = (file: FileHandle) => void (place = placeOf(file));
      const opened = await openPlain({ path: inner, name: nameOf(inner), use, mode, seen, way, meanwhile });
      try {
        if (await isThere(inner, opened, place)) return opened;
        throw replacedMeanwhile(nameOf(inner));
      } catch (thrown) {
        await opened.file.close();
        throw thrown;
      }
    },
    async make(folder) {
      let first: string | undefined;
      for (const step of stepsTo(path, folder)) {
        const there = await statsOf(step);
        // One by one: a root that is gone, a disk that was taken out, must not be made anew beside it.
        if (there === undefined && (await makeOne(step))) first ??= step;
        else wantFolder(nameOf(step), there ?? (await lstat(step, { bigint: true })));
      }
      return first;
    },
    async link(from, to) {
      await Promise.all([straight(dirname(from)), straight(dirname(to))]);
      await link(from, to);
    },
    async rename(from, to) {
      await Promise.all([straight(dirname(from)), straight(dirname(to))]);
      await rename(from, to);
    },
    async unlink(inner) {
      await straight(dirname(inner));
      await unlink(inner);
    },
  };
}

/** The root at this path, made when it is missing. Links on the way to the root, and at its place, are followed once. */
export async function openRoot(path: string): Promise<Root> {
  await mkdir(path, { recursive: true });
  return createRoot(await realpath(path));
}

/** The same for those who only look: nothing is made. */
export const rootAt = async (path: string): Promise<Root> => createRoot(await realpath(path).catch(() => path));

/** Each folder on the way below the root, then the folder itself. */
function stepsTo(root: string, folder: string): readonly string[] {
  if (folder === root) return [];
  const parts = relative(root, folder).split(sep);
  if (parts.includes('..') || join(root, ...parts) !== folder) throw new TypeError(`${folder} is not below ${root}`);
  return parts.map((_, index) => join(root, ...parts.slice(0, index + 1)));
}

const createEntries =
  (itself: () => Promise<void>, straight: Root['straight']): Root['entries'] =>
  async (folder) => {
    // A link in the root's place would show a vault that is another one. Listing what lies elsewhere does no harm, so
    // nothing waits for the look at the way; it counts for nothing, and the way is looked at once more afterwards.
    const [way, found] = await Promise.allSettled([
      Promise.all([itself(), straight(folder)]),
      readdir(folder, { withFileTypes: true, encoding: 'buffer' }),
    ]);
    if (way.status === 'rejected') throw way.reason;
    if (found.status === 'rejected') throw found.reason;
    await straight(folder);
    return found.value;
  };

function createStraight(root: string, nameOf: (folder: string) => string): Root['straight'] {
  const asking = new Map<string, Promise<void>>();
  const ask = async (folder: string): Promise<void> =>
    wantFolder(nameOf(folder), await lstat(folder, { bigint: true }));
  // Sixteen files of one folder are looked at in one breath: they share the question, and nobody shares its answer later.
  const shared = (folder: string): Promise<void> => {
    const asked = asking.get(folder);
    if (asked !== undefined) return asked;
    const answer = ask(folder).finally(() => asking.delete(folder));
    asking.set(folder, answer);
    return answer;
  };
  return async (folder) => {
    // All at once, and the outermost one that is wrong is the one to be told.
    for (const result of await Promise.allSettled(stepsTo(root, folder).map(shared))) {
      if (result.status === 'rejected') throw result.reason;
    }
  };
}

/** `false`: somebody else made it, or something is in the way. */
async function makeOne(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return false;
    throw thrown;
  }
}

/** Whether what we have opened lies at this path, reached without a link. */
function createIsThere(root: string, itself: () => Promise<void>, straight: Root['straight']) {
  let tells: Promise<boolean> | undefined;
  return async (path: string, { file, stats }: OpenedFile, place = placeOf(file)): Promise<boolean> => {
    // One answer about one instant: exact.
    tells ??= itself()
      .then(() => tellsPlaces(root))
      .catch((thrown: unknown) => {
        tells = undefined;
        throw thrown;
      });
    if (await tells) return sameName(await place, path);
    // The same file, looked at between two looks at the way.
    await Promise.all([itself(), straight(dirname(path))]);
    const there = await statsOf(path);
    await straight(dirname(path));
    // Windows has told one volume's number in two ways, by how it was asked.
    const isOneDisk = process.platform === 'win32' || there?.dev === stats.dev;
    return there !== undefined && there.ino === stats.ino && isOneDisk;
  };
}

/** Linux tells where an open file lies, links resolved; not where /proc is missing, or tells it in other words. */
async function tellsPlaces(root: string): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const folder = await open(root, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    return sameName(await placeOf(folder), root);
  } finally {
    await folder.close();
  }
}

/** Empty when that can’t be told. A file that was taken away meanwhile has a place nothing is equal to. */
const placeOf = ({ fd }: FileHandle): Promise<string> => readlink(`/proc/self/fd/${fd}`).catch(() => '');

// Systems that fold case or compose letters give the name as stored; that is still the same place.
const sameName = (a: string, b: string): boolean =>
  a === b || a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase();
