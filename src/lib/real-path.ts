import { readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { codeOf } from './file-errors.ts';

/**
 * Where a path leads: links resolved, also when the last parts don't exist yet, or a link leads to what is not there.
 * Changes nothing. Throws file system errors other than "is not there", e.g. for links that go round in a circle.
 */
export function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch (thrown) {
    const isMissing = ['ENOENT', 'ENOTDIR'].includes(codeOf(thrown));
    if (dirname(path) === path || !isMissing) throw thrown;
    const folder = realPath(dirname(path));
    const target = linkAt(path);
    return target === undefined ? join(folder, basename(path)) : realPath(resolve(folder, target));
  }
}

function linkAt(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
