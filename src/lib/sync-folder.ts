import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from './file-errors.ts';

/**
 * Makes sure that the names in a folder survive a power cut: syncing a file keeps its bytes, not its name, and some file
 * systems give a moved file its old name back. Where folders can't be synced (Windows, network folders) nothing is done.
 * Throws other file system errors.
 */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const folder = await open(path, onlyFolder);
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (thrown) {
    if (!cannotSync.includes(codeOf(thrown))) throw thrown;
  }
}

// A pipe in its place would be waited for.
const onlyFolder = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;

const cannotSync = ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EISDIR', 'EPERM', 'EACCES', 'ENOENT'];

/**
 * The same after `mkdir` made folders on the way to `folder`.
 *
 * @param made the first one that was made, as `mkdir` returns it; undefined when there was nothing to make
 */
export async function syncMade(made: string | undefined, folder: string): Promise<void> {
  if (made === undefined) return;
  for (let at = folder; at.length >= made.length; at = dirname(at)) await syncFolder(dirname(at));
}
