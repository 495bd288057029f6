import type { CardMedia } from '../../src/domain/card.ts';
import type { Exhibits } from '../../src/domain/exhibits.ts';
import { sha256 } from '../../src/lib/hash.ts';

/** Files of a vault in memory, read with the same care for their bytes. */
export const createFakeExhibits = (files: ReadonlyMap<string, Uint8Array>): Exhibits => ({
  kept: async ({ attempt, name }) => files.get(`${attempt}/${name}`),
  pictures: async (attempt) =>
    [...files.keys()]
      .filter((path) => path.startsWith(`${attempt}/`) && path.endsWith('.png'))
      .map((path) => path.slice(attempt.length + 1)),
  async log(attempt) {
    const bytes = files.get(`${attempt}/log.txt`);
    return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8');
  },
  async media({ path, sha256: wanted }) {
    const bytes = files.get(path);
    return bytes !== undefined && sha256(bytes) === wanted ? bytes : undefined;
  },
});

/** A file as a card names it. */
export const cardMedia = (path: string, bytes: Uint8Array, change: Partial<CardMedia> = {}): CardMedia => ({
  name: path,
  type: 'image/png',
  bytes: bytes.length,
  path,
  sha256: sha256(bytes),
  shape: { width: 60, height: 40 },
  ...change,
});
