import type { BigIntStats } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Folder } from '../domain/lifecycle.ts';
import { statsOf } from '../lib/plain-file.ts';
import type { Root } from '../lib/root.ts';
import { syncMade } from '../lib/sync-folder.ts';
import { isInnerPath } from './names.ts';

/**
 * Turns (folder, path) into absolute paths. What must stay true: no path made here leaves the vault, also when somebody
 * replaces a folder by a link while we run; so the way there is looked at each time.
 */
export type VaultPlaces = {
  readonly root: Root;
  /** Absolute path of a file for the root, which looks at the way itself; undefined when the path is not allowed. */
  at(folder: Folder, path: string): string | undefined;
  /** Absolute path of a file, or undefined when the path is not allowed or its directory is missing or a link. */
  file(folder: Folder, path: string): Promise<string | undefined>;
  /** The same, with the stats of what lies there; undefined also when nothing does. No link is followed. */
  seen(folder: Folder, path: string): Promise<SeenFile | undefined>;
  /** The same for a file to be written: makes the directory. Throws when something else is in the way. */
  target(folder: Folder, path: string): Promise<string | undefined>;
};

export type SeenFile = { readonly absolute: string; readonly stats: BigIntStats };

export function createPlaces(root: Root): VaultPlaces {
  const inside = (folder: Folder, path: string): string | undefined =>
    isInnerPath(path) ? join(root.path, folder, path) : undefined;
  return {
    root,
    at: inside,
    async file(folder, path) {
      const absolute = inside(folder, path);
      if (absolute === undefined) return undefined;
      return await root.straight(dirname(absolute)).then(
        () => absolute,
        () => undefined,
      );
    },
    async seen(folder, path) {
      const absolute = inside(folder, path);
      if (absolute === undefined) return undefined;
      // At once: what was seen at the end of a wrong way counts for nothing.
      const [way, stats] = await Promise.all([
        root.straight(dirname(absolute)).then(
          () => true,
          () => false,
        ),
        statsOf(absolute),
      ]);
      return way && stats !== undefined ? { absolute, stats } : undefined;
    },
    async target(folder, path) {
      const absolute = inside(folder, path);
      if (absolute === undefined) return undefined;
      const directory = dirname(absolute);
      await syncMade(await root.make(directory), directory);
      return absolute;
    },
  };
}
