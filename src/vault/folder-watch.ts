import { join } from 'node:path';
import type { FSWatcher } from 'chokidar';
import type { Folder } from '../domain/lifecycle.ts';
import type { Logger } from '../lib/logger.ts';
import { messageOf } from '../lib/words.ts';
import { codeOf } from './trouble.ts';
import type { FolderWatch } from './types.ts';

/** Events of one move come in twos and threes; one hint for all of them. */
const gatherMs = 3;

/**
 * Hints that something happened in a folder. Only folders where something can happen are watched: watching `Done` with
 * 100,000 files costs seconds and hundreds of megabytes. Losing events is allowed; the rescan decides.
 */
export function createFolderWatch(parts: {
  vaultPath: string;
  folders: readonly Folder[];
  onHint: (folder: Folder) => void;
  logger: Logger;
}): FolderWatch {
  const { vaultPath, folders, onHint, logger } = parts;
  const waiting = new Map<Folder, NodeJS.Timeout>();
  let watchers: readonly FSWatcher[] = [];

  const hint = (folder: Folder) => {
    if (waiting.has(folder)) return;
    const timer = setTimeout(() => {
      waiting.delete(folder);
      onHint(folder);
    }, gatherMs);
    waiting.set(folder, timer);
  };

  const stop = async () => {
    const stopping = watchers;
    watchers = [];
    for (const timer of waiting.values()) clearTimeout(timer);
    waiting.clear();
    await Promise.all(stopping.map((watcher) => watcher.close()));
  };

  const onError = (thrown: unknown) => {
    if (watchers.length === 0) return;
    if (codeOf(thrown) === 'ENOSPC' || codeOf(thrown) === 'EMFILE') {
      logger.warn('The system allows no more file watches; changes are found by looking every few seconds instead.');
      void stop();
    } else logger.warn(`Watching the vault: ${messageOf(thrown)}`);
  };

  return {
    async start() {
      const { watch } = await import('chokidar');
      watchers = folders.map((folder) =>
        watch(join(vaultPath, folder), {
          depth: 1,
          ignoreInitial: true,
          followSymlinks: false,
          // On, it would hold every removal back for 100 ms: a moved draft would seem to lie in both folders.
          atomic: false,
          ignored: (path) => /[\\/]\.[^\\/]+$/.test(path.slice(vaultPath.length)),
        }),
      );
      const ready = watchers.map((watcher, index) => {
        const folder = folders[index];
        if (folder !== undefined) watcher.on('all', () => hint(folder));
        watcher.on('error', onError);
        return new Promise<void>((resolve) => {
          watcher.once('ready', resolve);
          watcher.once('error', () => resolve());
        });
      });
      await Promise.all(ready);
    },
    stop,
  };
}
