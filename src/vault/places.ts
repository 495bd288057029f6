import { dirname, join } from 'node:path';
import type { Folder } from '../domain/lifecycle.ts';
import type { Root } from '../lib/root.ts';
import { syncMade } from '../lib/sync-folder.ts';
import { isInnerPath } from './names.ts';

/**
 * Turns (folder, path) into absolute paths. What must stay true: no path made here leaves the vault, also when somebody
 * replaces a folder by a link while we run; so the way there is looked at each time.
 */
export type Places = {
  readonly root: Root;
  /** Absolute path of a file, or undefined when the path is not allowed or its directory is missing or a link. */
  file(folder: Folder, path: string): Promise<string | undefined>;
  /** The same for a file to be written: makes the directory. Throws when something else is in the way. */
  target(folder: Folder, path: string): Promise<string | undefined>;
  /** Absolute path of a folder or its sub-folder, with the same care. Throws what is wrong with it. */
  directory(folder: Folder, sub?: string): Promise<string>;
};

export function createPlaces(root: Root): Places {
  const inside = (folder: Folder, path: string): string | undefined =>
    isInnerPath(path) ? join(root.path, folder, path) : undefined;
  return {
    root,
    async file(folder, path) {
      const absolute = inside(folder, path);
      if (absolute === undefined) return undefined;
      return await root.straight(dirname(absolute)).then(
        () => absolute,
        () => undefined,
      );
    },
    async target(folder, path) {
      const absolute = inside(folder, path);
      if (absolute === undefined) return undefined;
      const directory = dirname(absolute);
      await syncMade(await root.make(directory), directory);
      return absolute;
    },
    async directory(folder, sub) {
      const absolute = sub === undefined ? join(root.path, folder) : join(root.path, folder, sub);
      await root.straight(absolute);
      return absolute;
    },
  };
}
