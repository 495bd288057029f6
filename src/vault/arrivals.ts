import { join } from 'node:path';
import { statsOf } from '../lib/plain-file.ts';
import type { VaultPlaces } from './places.ts';
import type { Vault } from './types.ts';

/** Whether and when something came into a folder that is too full to be listed. */
export function createArrivals(places: VaultPlaces): Pick<Vault, 'changedAt' | 'arrivedAt'> {
  return {
    async changedAt(folder, sub) {
      // What is wrong with the folder is said by whoever lists it.
      const directory = join(places.root.path, folder, sub ?? '');
      const [way, stats] = await Promise.allSettled([places.root.straight(directory), statsOf(directory)]);
      return way.status === 'rejected' || stats.status === 'rejected' ? '' : String(stats.value?.mtimeNs ?? '');
    },
    async arrivedAt(folder, path) {
      const stats = (await places.seen(folder, path))?.stats;
      // Writing, moving and syncing a file all set its time of change, and nobody can set it back.
      return stats?.isFile() === true ? new Date(Number(stats.ctimeNs / 1_000_000n)) : undefined;
    },
  };
}
