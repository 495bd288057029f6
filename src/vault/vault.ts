/** The folders as one thing: looks that every folder is there, and gathers reading, moving, writing and watching. */
import { basename, dirname, join } from 'node:path';
import { emptyEffect } from '../domain/effect.ts';
import type { Folder } from '../domain/lifecycle.ts';
import type { Platform } from '../domain/platform.ts';
import { blocks } from '../domain/problem.ts';
import type { Reading } from '../domain/reading.ts';
import type { Clock } from '../lib/clock.ts';
import { sha256 } from '../lib/hash.ts';
import type { Logger } from '../lib/logger.ts';
import { readRegular } from '../lib/regular-file.ts';
import type { Root } from '../lib/root.ts';
import { isUntrusted } from '../lib/untrusted.ts';
import { createArrivals } from './arrivals.ts';
import { createEdits } from './edits.ts';
import { decodeFile } from './file-text.ts';
import { folders } from './folders.ts';
import { largestDraft } from './largest.ts';
import { inspectRoot } from './inspection.ts';
import { createLister } from './listing.ts';
import { createMediaFinder } from './media.ts';
import { createMoveMarks } from './move-marks.ts';
import { createMoves } from './moves.ts';
import { createPictures } from './pictures.ts';
import { createPlaces } from './places.ts';
import { createRecentReadings } from './recent-readings.ts';
import type { Vault } from './types.ts';
import { createWriting, draughtPrefix } from './writing.ts';

/** Where drafts wait and travel: without one of these nothing can be compared, so there is no start. */
const needed: readonly Folder[] = ['Pending_Approval', 'Approved', 'In_Progress'];
/** Where we write; the others may hold a hundred thousand files and are not read at the start. */
const written: readonly Folder[] = ['Needs_Action', ...needed];

export function createVault(parts: {
  root: Root;
  platforms: readonly Platform[];
  clock: Clock;
  logger: Logger;
}): Vault {
  const { root, platforms, clock, logger } = parts;
  let counter = 0;
  const number = () => (counter += 1);
  const places = createPlaces(root);
  const lister = createLister({ places, clock });
  const marks = createMoveMarks(places, number);
  const media = createMediaFinder(root);
  const readRecently = createRecentReadings({ platforms, clock });
  const writing = createWriting({ root, number, now: () => clock.now() });

  const readBytes: Vault['readBytes'] = async (folder, path, mostBytes = largestDraft) => {
    const absolute = places.at(folder, path);
    return absolute === undefined ? undefined : await readRegular({ place: root, path: absolute }, mostBytes);
  };

  const { change, ...edits } = createEdits({ places, writing, platforms, clock });

  return {
    path: root.path,
    async prepare() {
      for (const folder of folders) {
        await root.make(join(root.path, folder)).catch((thrown: unknown) => {
          // What only takes in or keeps stands still until it is mended; the rest goes on.
          if (!isUntrusted(thrown) || needed.includes(folder)) throw thrown;
          logger.warn(thrown.message);
        });
      }
      const finished = await marks.finish();
      if (finished > 0) logger.warn(`Looked after ${finished} interrupted move(s).`);
      for (const folder of written) await removeDraughts(root, join(root.path, folder));
    },
    inspect: () => inspectRoot(root),
    list: lister.list,
    look: lister.look,
    remember: lister.remember,
    readBytes,
    async read(folder, path, picked) {
      const seen = await lister.look(folder, path);
      const bytes = seen === undefined ? undefined : await readBytes(folder, path);
      if (seen === undefined || bytes === undefined) return undefined;
      // The trace must be of the bytes that were read, also when the file changed since it was looked at.
      const file = { ...seen, contentHash: sha256(bytes), size: bytes.length };
      const text = decodeFile(bytes);
      if (text === undefined) return { file, reading: unreadable };
      const { reading, media: names } = readRecently(file.contentHash, text.text, basename(path), picked);
      if (reading.kind === 'not_publishable' || names.length === 0) return { file, reading };
      const found = await media.find(names, dirname(`${folder}/${path}`));
      const effect = { ...reading.effect, media: found.media };
      return { file, reading: { ...reading, effect, problems: [...reading.problems, ...found.problems] } };
    },
    readMedia: (one) => media.bytes(one),
    checkMedia: (effect) => media.check(effect),
    ...createMoves({ places, lister, marks }),
    ...createArrivals(places),
    ...createPictures({ places, writing, media, platforms, clock, readBytes, change }),
    ...edits,
  };
}

/** Hidden files a dead process left while writing. */
async function removeDraughts(root: Root, directory: string): Promise<void> {
  const names = await root.names(directory).catch((thrown: unknown) => {
    if (isUntrusted(thrown)) return [];
    throw thrown;
  });
  for (const name of names) {
    const leftover = name.startsWith(draughtPrefix) && name.endsWith('.tmp');
    if (leftover) await root.unlink(join(directory, name)).catch(() => undefined);
  }
}

const unreadable: Reading = {
  kind: 'not_publishable',
  effect: emptyEffect,
  why: 'unreadable',
  problems: [blocks('unreadable_file', 'The file is not readable as text.', 'Save it as UTF-8 text.')],
};
