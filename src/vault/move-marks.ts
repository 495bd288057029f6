import { join } from 'node:path';
import type { Folder } from '../domain/lifecycle.ts';
import { statsOf } from '../lib/plain-file.ts';
import { readRegular } from '../lib/regular-file.ts';
import { folders } from './folders.ts';
import { largestDraft } from './largest.ts';
import { isInnerPath } from './names.ts';
import type { VaultPlaces } from './places.ts';

/**
 * A note in the vault's root for the instant in which a file being moved has two names. A process killed in that
 * instant leaves the note, and the next start finishes the move; without it nobody could tell the old name from the new one.
 */
export type MoveMarks = {
  /** Sets a mark; the returned function takes it away. */
  set(from: Spot, to: Spot): Promise<() => Promise<void>>;
  /** At start: finishes moves a dead process left half done. */
  finish(): Promise<number>;
};

type Spot = { readonly folder: Folder; readonly path: string };

const prefix = '.countersign-move-';
/** Two paths and a few signs. */
const largestMark = 65_536;

/** @param number gives a different number each time */
export function createMoveMarks(places: VaultPlaces, number: () => number): MoveMarks {
  const { root } = places;
  return {
    async set(from, to) {
      const mark = join(root.path, `${prefix}${process.pid}-${number()}.json`);
      const { file } = await root.open(`${mark}.tmp`, 'anew');
      try {
        await file.writeFile(JSON.stringify({ from, to }));
      } finally {
        await file.close();
      }
      await root.rename(`${mark}.tmp`, mark);
      return () => root.unlink(mark).catch(() => undefined);
    },
    async finish() {
      const names = (await root.names(root.path)).filter((name) => name.startsWith(prefix));
      for (const name of names) {
        const mark = join(root.path, name);
        const bytes = await readRegular({ place: root, path: mark }, largestMark);
        const spots = parse(bytes?.toString('utf8') ?? '');
        if (spots !== undefined) await finishOne(places, spots);
        await root.unlink(mark).catch(() => undefined);
      }
      return names.length;
    },
  };
}

/** Same file or same bytes under both names: the old one goes. A cut-off copy: the copy goes. Otherwise nothing. */
async function finishOne(places: VaultPlaces, spots: { readonly from: Spot; readonly to: Spot }): Promise<void> {
  const { root } = places;
  const from = await places.file(spots.from.folder, spots.from.path);
  const to = await places.file(spots.to.folder, spots.to.path);
  if (from === undefined || to === undefined) return;
  const [first, second] = await Promise.all([statsOf(from), statsOf(to)]);
  if (first?.isFile() !== true || second?.isFile() !== true) return;
  if (first.ino === second.ino && first.dev === second.dev) {
    // One name, not two: to take it away would be to delete the file.
    if (from !== to && first.nlink > 1n) await root.unlink(from);
    return;
  }
  const [old, copy] = await Promise.all([
    readRegular({ place: root, path: from }, largestDraft),
    readRegular({ place: root, path: to }, largestDraft),
  ]);
  if (old === undefined || copy === undefined) return;
  if (old.equals(copy)) await root.unlink(from);
  else if (copy.length < old.length && old.subarray(0, copy.length).equals(copy)) await root.unlink(to);
}

function parse(json: string): { readonly from: Spot; readonly to: Spot } | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (!isPair(value)) return undefined;
    return isSpot(value.from) && isSpot(value.to) ? { from: value.from, to: value.to } : undefined;
  } catch {
    return undefined;
  }
}

const isPair = (value: unknown): value is { readonly from: unknown; readonly to: unknown } =>
  typeof value === 'object' && value !== null && 'from' in value && 'to' in value;

const isSpot = (value: unknown): value is Spot =>
  typeof value === 'object' &&
  value !== null &&
  'folder' in value &&
  'path' in value &&
  typeof value.folder === 'string' &&
  typeof value.path === 'string' &&
  folders.some((folder) => folder === value.folder) &&
  isInnerPath(value.path);
