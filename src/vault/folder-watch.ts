import { join } from 'node:path';
import type { FSWatcher } from 'chokidar';
import type { Folder } from '../domain/lifecycle.ts';
import { codeOf } from '../lib/file-errors.ts';
import type { Logger } from '../lib/logger.ts';
import { messageOf } from '../lib/words.ts';
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
  const stopped = Promise.withResolvers<void>();
  let isStopped = false;

  const hint = (folder: Folder) => {
    if (waiting.has(folder)) return;
    const timer = setTimeout(() => {
      waiting.delete(folder);
      onHint(folder);
    }, gatherMs);
    waiting.set(folder, timer);
  };

  const stop = async () => {
    isStopped = true;
    stopped.resolve();
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
      if (isStopped) return;
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
        return readyOf(watcher);
      });
      // One that is closed before it was ready never becomes ready.
      await Promise.race([Promise.all(ready), stopped.promise]);
    },
    stop,
  };
}

const readyOf = (watcher: FSWatcher): Promise<void> =>
  new Promise((resolve) => {
    watcher.once('ready', resolve);
    watcher.once('error', () => resolve());
  });
