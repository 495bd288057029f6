import { lstat, open, rename, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf, whileBusy } from '../lib/file-errors.ts';
import { syncFolder } from '../lib/sync-folder.ts';
import { reading } from './regular-file.ts';

export type Replacement = {
  readonly bytes: Uint8Array;
  /** A hidden name beside the file, another one each time. */
  readonly draught: () => string;
  /** Writes a synced file under a new name. */
  readonly write: (draught: string, bytes: Uint8Array, mode: number) => Promise<void>;
  /** For tests of what happens in the very instant of the rename. */
  readonly rename?: typeof rename;
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
  const old = await open(path, reading).catch((thrown: unknown) => {
    if (codeOf(thrown) === 'ENOENT') return undefined;
    throw thrown;
  });
  if (old === undefined) return false;
  const draught = by.draught();
  try {
    const mode = (await old.stat()).mode & 0o777;
    await by.write(draught, by.bytes, mode);
    if (!isExpected(await bytesOf(old)) || !(await isAt(path, old))) return false;
    // Windows renames over no file that is open. There the instant between look and rename stays.
    if (process.platform === 'win32') await old.close();
    const ours = (await lstat(draught, { bigint: true })).ino;
    await whileBusy(() => (by.rename ?? rename)(draught, path));
    if (process.platform === 'win32') return true;
    if (!(await isReplaced(path, old, isExpected, ours, by))) return false;
    await syncFolder(dirname(path));
    return true;
  } finally {
    await unlink(draught).catch(() => undefined);
    await old.close();
  }
}

async function isReplaced(
  path: string,
  old: FileHandle,
  isExpected: (old: Uint8Array) => boolean,
  ours: bigint,
  by: Replacement,
): Promise<boolean> {
  const { nlink, mode } = await old.stat();
  const bytes = await bytesOf(old);
  if (nlink === 0 && isExpected(bytes)) return true;
  // Somebody has put a third file there meanwhile: it stays.
  if ((await lstat(path, { bigint: true }).catch(() => undefined))?.ino !== ours) return false;
  if (nlink > 0) {
    if (!(await countsNames(by.draught()))) return true;
    // It lives on under the name it was given; ours would be a second copy.
    await unlink(path);
    return false;
  }
  const saved = by.draught();
  await by.write(saved, bytes, mode & 0o777);
  await rename(saved, path);
  return false;
}

/** Network folders keep a hidden name for a file that is open: there a name left over proves nothing. */
async function countsNames(probe: string): Promise<boolean> {
  const file = await open(probe, 'wx');
  try {
    await unlink(probe);
    return (await file.stat()).nlink === 0;
  } finally {
    await file.close();
  }
}

const isAt = async (path: string, file: FileHandle): Promise<boolean> => {
  const [there, here] = await Promise.all([
    lstat(path, { bigint: true }).catch(() => undefined),
    file.stat({ bigint: true }),
  ]);
  return there !== undefined && there.ino === here.ino && there.dev === here.dev;
};

async function bytesOf(file: FileHandle): Promise<Buffer> {
  const { size } = await file.stat();
  const buffer = Buffer.alloc(size);
  const { bytesRead } = await file.read(buffer, 0, size, 0);
  return buffer.subarray(0, bytesRead);
}
