import { dirname, join } from 'node:path';
import { codeOf, hasNoLinks } from '../lib/file-errors.ts';
import type { Root } from '../lib/root.ts';
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
export function createWriting(parts: { root: Root; number: () => number; now: () => Date }): Writing {
  const { root } = parts;
  const hidden = (path: string) => join(dirname(path), `${draughtPrefix}${process.pid}-${parts.number()}.tmp`);
  const write = async (path: string, bytes: Uint8Array, mode?: number): Promise<void> => {
    const { file } = await root.open(path, 'create', mode);
    try {
      await file.writeFile(bytes);
      // A modification time a moment ago lets the settling rule see that the file arrived whole.
      const past = new Date(parts.now().getTime() - 50);
      await file.utimes(past, past);
      await file.sync();
    } finally {
      await file.close();
    }
  };
  return {
    async create(path, bytes) {
      const draught = hidden(path);
      try {
        await write(draught, bytes);
        await root.link(draught, path);
        await syncFolder(dirname(path));
        return true;
      } catch (thrown) {
        if (codeOf(thrown) === 'EEXIST') return false;
        if (!hasNoLinks(thrown)) throw thrown;
        return await createInPlace(root, path, (target) => write(target, bytes));
      } finally {
        await root.unlink(draught).catch(() => undefined);
      }
    },
    replace: (path, bytes, isExpected) =>
      replaceFile(path, isExpected, {
        root,
        draught: () => hidden(path),
        write,
        bytes,
      }),
  };
}

/** For file systems without hard links: exclusive, and taken away again when it can't be finished. */
async function createInPlace(root: Root, path: string, write: (path: string) => Promise<void>): Promise<boolean> {
  try {
    await write(path);
    await syncFolder(dirname(path));
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return false;
    await root.unlink(path).catch(() => undefined);
    throw thrown;
  }
}
