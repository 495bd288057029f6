import { readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Folder } from '../domain/lifecycle.ts';
import { folders } from './folders.ts';
import { isInnerPath } from './names.ts';
import type { Places } from './places.ts';
import { largestDraft, readRegular, statsOf } from './regular-file.ts';

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

/** @param number gives a different number each time */
export function createMoveMarks(places: Places, number: () => number): MoveMarks {
  return {
    async set(from, to) {
      const mark = join(places.root, `${prefix}${process.pid}-${number()}.json`);
      await writeFile(`${mark}.tmp`, JSON.stringify({ from, to }));
      await rename(`${mark}.tmp`, mark);
      return () => unlink(mark).catch(() => undefined);
    },
    async finish() {
      const names = (await readdir(places.root)).filter((name) => name.startsWith(prefix));
      for (const name of names) {
        const mark = join(places.root, name);
        const spots = parse(await readFile(mark, 'utf8').catch(() => ''));
        if (spots !== undefined) await finishOne(places, spots);
        await unlink(mark).catch(() => undefined);
      }
      return names.length;
    },
  };
}

/** Same file or same bytes under both names: the old one goes. A cut-off copy: the copy goes. Otherwise nothing. */
async function finishOne(places: Places, spots: { readonly from: Spot; readonly to: Spot }): Promise<void> {
  const from = await places.file(spots.from.folder, spots.from.path);
  const to = await places.file(spots.to.folder, spots.to.path);
  if (from === undefined || to === undefined) return;
  const [first, second] = await Promise.all([statsOf(from), statsOf(to)]);
  if (first?.isFile() !== true || second?.isFile() !== true) return;
  if (first.ino === second.ino && first.dev === second.dev) {
    await unlink(from);
    return;
  }
  const [old, copy] = await Promise.all([readRegular(from, largestDraft), readRegular(to, largestDraft)]);
  if (old === undefined || copy === undefined) return;
  if (old.equals(copy)) await unlink(from);
  else if (copy.length < old.length && old.subarray(0, copy.length).equals(copy)) await unlink(to);
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
