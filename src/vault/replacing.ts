import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { whileBusy } from '../lib/file-errors.ts';
import { absent, statsOf } from '../lib/plain-file.ts';
import type { Root } from '../lib/root.ts';
import { syncFolder } from '../lib/sync-folder.ts';

export type Replacement = {
  readonly root: Root;
  readonly bytes: Uint8Array;
  /** A hidden name beside the file, another one each time. */
  readonly draught: () => string;
  /** Writes a synced file under a new name. */
  readonly write: (draught: string, bytes: Uint8Array, mode: number) => Promise<void>;
  /** For tests of what happens in the very instant of the rename. */
  readonly rename?: Root['rename'];
};

/**
 * Puts other bytes in a file's place by rename. A person may move the file away or save it in the instant between our
 * last look and the rename, and no call of the system asks and renames in one. So the old file is kept open: what it
 * looks like afterwards tells what we have really replaced, and a wrong replacement is taken back.
 */
export async function replaceFile(
  path: string,
  isExpected: (old: Uint8Array) => boolean,
  by: Replacement,
): Promise<boolean> {
  const { root } = by;
  const opened = await root.open(path, 'read').catch(absent);
  if (opened === undefined) return false;
  const { file: old, stats } = opened;
  const draught = by.draught();
  try {
    await by.write(draught, by.bytes, Number(stats.mode) & 0o777);
    if (!isExpected(await bytesOf(old)) || !(await isAt(path, old))) return false;
    // Windows renames over no file that is open. There the instant between look and rename stays.
    if (process.platform === 'win32') await old.close();
    const ours = await statsOf(draught);
    await whileBusy(() => (by.rename ?? root.rename)(draught, path));
    if (process.platform === 'win32') return true;
    if (!(await isReplaced(path, old, isExpected, ours?.ino, by))) return false;
    await syncFolder(dirname(path));
    return true;
  } finally {
    await root.unlink(draught).catch(() => undefined);
    await old.close();
  }
}

async function isReplaced(
  path: string,
  old: FileHandle,
  isExpected: (old: Uint8Array) => boolean,
  ours: bigint | undefined,
  by: Replacement,
): Promise<boolean> {
  const { nlink, mode } = await old.stat();
  const bytes = await bytesOf(old);
  if (nlink === 0 && isExpected(bytes)) return true;
  // Somebody has put a third file there meanwhile: it stays.
  if (ours === undefined || (await statsOf(path))?.ino !== ours) return false;
  if (nlink > 0) {
    if (!(await countsNames(by.root, by.draught()))) return true;
    // It lives on under the name it was given; ours would be a second copy.
    await by.root.unlink(path);
    return false;
  }
  const saved = by.draught();
  await by.write(saved, bytes, mode & 0o777);
  await by.root.rename(saved, path);
  return false;
}

/** Network folders keep a hidden name for a file that is open: there a name left over proves nothing. */
async function countsNames(root: Root, probe: string): Promise<boolean> {
  const { file } = await root.open(probe, 'create');
  try {
    await root.unlink(probe);
    return (await file.stat()).nlink === 0;
  } finally {
    await file.close();
  }
}

const isAt = async (path: string, file: FileHandle): Promise<boolean> => {
  const [there, here] = await Promise.all([statsOf(path), file.stat({ bigint: true })]);
  return there !== undefined && there.ino === here.ino && there.dev === here.dev;
};

async function bytesOf(file: FileHandle): Promise<Buffer> {
  const { size } = await file.stat();
  const buffer = Buffer.alloc(size);
  const { bytesRead } = await file.read(buffer, 0, size, 0);
  return buffer.subarray(0, bytesRead);
}
