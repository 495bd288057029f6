import type { CardMedia } from '../../src/domain/card.ts';
import type { Exhibits } from '../../src/domain/exhibits.ts';
import { sha256 } from '../../src/lib/hash.ts';

/** Files of a vault in memory, read with the same care for their bytes. */
export const createFakeExhibits = (files: ReadonlyMap<string, Uint8Array>): Exhibits => ({
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
