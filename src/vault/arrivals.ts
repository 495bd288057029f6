import { statsOf } from '../lib/plain-file.ts';
import type { Places } from './places.ts';
import type { Vault } from './types.ts';

/** Whether and when something came into a folder that is too full to be listed. */
export function createArrivals(places: Places): Pick<Vault, 'changedAt' | 'arrivedAt'> {
  return {
    async changedAt(folder, sub) {
      // What is wrong with the folder is said by whoever lists it.
      const directory = await places.directory(folder, sub).catch(() => undefined);
      const stats = directory === undefined ? undefined : await statsOf(directory);
      return stats === undefined ? '' : String(stats.mtimeNs);
    },
    async arrivedAt(folder, path) {
      const absolute = await places.file(folder, path);
      const stats = absolute === undefined ? undefined : await statsOf(absolute);
      // Writing, moving and syncing a file all set its time of change, and nobody can set it back.
      return stats?.isFile() === true ? new Date(Number(stats.ctimeNs / 1_000_000n)) : undefined;
    },
  };
}
