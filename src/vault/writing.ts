import { link, open, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf, hasNoLinks } from '../lib/file-errors.ts';
import { syncFolder } from '../lib/sync-folder.ts';
import { replaceFile } from './replacing.ts';

/** Beginning of the names of files we are still writing; hidden, so nobody takes them for drafts. */
export const draughtPrefix = '.countersign-';

/**
 * Writes whole files: first under a hidden name, synced, then under the real one. Leaves no half file behind, neither
 * when the disk is full nor when the process dies (a hidden leftover is removed at the next start).
 */
export type Writing = {
  /** Under a name that must not exist. `false`: the name is taken. Throws file system errors. */
  create(path: string, bytes: Uint8Array): Promise<boolean>;
  /**
   * Over a file whose bytes are the expected ones. `false`: it was changed, moved or removed, up to the very instant of
   * the replacement; then nothing has changed. Throws file system errors.
   */
  replace(path: string, bytes: Uint8Array, isExpected: (old: Uint8Array) => boolean): Promise<boolean>;
};

/** @param number gives a different number each time, for the hidden names */
export function createWriting(parts: { number: () => number; now: () => Date }): Writing {
  const hidden = (path: string) => join(dirname(path), `${draughtPrefix}${process.pid}-${parts.number()}.tmp`);
  const write = async (path: string, bytes: Uint8Array, flag: string, mode?: number): Promise<void> => {
    const handle = await open(path, flag, mode);
    try {
      await handle.writeFile(bytes);
      // A modification time a moment ago lets the settling rule see that the file arrived whole.
      const past = new Date(parts.now().getTime() - 50);
      await handle.utimes(past, past);
      await handle.sync();
    } finally {
      await handle.close();
    }
  };
  return {
    async create(path, bytes) {
      const draught = hidden(path);
      try {
        await write(draught, bytes, 'wx');
        await link(draught, path);
        await syncFolder(dirname(path));
        return true;
      } catch (thrown) {
        if (codeOf(thrown) === 'EEXIST') return false;
        if (!hasNoLinks(thrown)) throw thrown;
        return await createInPlace(path, (target) => write(target, bytes, 'wx'));
      } finally {
        await unlink(draught).catch(() => undefined);
      }
    },
    replace: (path, bytes, isExpected) =>
      replaceFile(path, isExpected, {
        draught: () => hidden(path),
        write: (draught, content, mode) => write(draught, content, 'wx', mode),
        bytes,
      }),
  };
}

/** For file systems without hard links: exclusive, and taken away again when it can't be finished. */
async function createInPlace(path: string, write: (path: string) => Promise<void>): Promise<boolean> {
  try {
    await write(path);
    await syncFolder(dirname(path));
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return false;
    await unlink(path).catch(() => undefined);
    throw thrown;
  }
}
