import { mkdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Folder } from '../domain/lifecycle.ts';
import { syncMade } from '../lib/sync-folder.ts';
import { isInnerPath } from './names.ts';

/**
 * Turns (folder, path) into absolute paths. What must stay true: no path made here leaves the vault, also when somebody
 * replaces a folder by a link while we run; so the real place of the directory is asked for each time.
 */
export type Places = {
  readonly root: string;
  /** Absolute path of a file, or undefined when the path is not allowed or its directory is missing or a link. */
  file(folder: Folder, path: string): Promise<string | undefined>;
  /** The same for a file to be written: makes the directory. */
  target(folder: Folder, path: string): Promise<string | undefined>;
  /** Absolute path of a folder or its sub-folder, with the same care. */
  directory(folder: Folder, sub?: string): Promise<string | undefined>;
};

/** @param root absolute path with links resolved */
export function createPlaces(root: string): Places {
  const asking = new Map<string, Promise<boolean>>();
  const ask = async (directory: string): Promise<boolean> => {
    try {
      return sameName(await realpath(directory), directory);
    } catch {
      return false;
    }
  };
  // Sixteen files of one folder are looked at in one breath: they share the question, and nobody shares its answer later.
  const pinned = (directory: string): Promise<boolean> => {
    const asked = asking.get(directory);
    if (asked !== undefined) return asked;
    const answer = ask(directory).finally(() => asking.delete(directory));
    asking.set(directory, answer);
    return answer;
  };
  const checked = async (folder: Folder, path: string, prepare: (directory: string) => Promise<unknown>) => {
    if (!isInnerPath(path)) return undefined;
    const absolute = join(root, folder, path);
    await prepare(dirname(absolute));
    return (await pinned(dirname(absolute))) ? absolute : undefined;
  };
  return {
    root,
    file: (folder, path) => checked(folder, path, () => Promise.resolve()),
    target: (folder, path) =>
      checked(folder, path, async (directory) => syncMade(await mkdir(directory, { recursive: true }), directory)),
    async directory(folder, sub) {
      const absolute = sub === undefined ? join(root, folder) : join(root, folder, sub);
      return (await pinned(absolute)) ? absolute : undefined;
    },
  };
}

// Systems that fold case or compose letters give the name as stored; that is still the same directory.
const sameName = (a: string, b: string): boolean =>
  a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase();
