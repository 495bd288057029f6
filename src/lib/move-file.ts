import { copyFile, link, lstat, open, unlink } from 'node:fs/promises';
import { constants } from 'node:fs';
import { codeOf, hasNoLinks, whileBusy } from './file-errors.ts';

/**
 * Moves a file without ever writing over another one: a second name (link), then the first one away (unlink). A plain
 * rename would silently destroy a file of the same name. Without hard links it is copied, synced and taken away.
 * Throws other file system errors, leaving the file where it was.
 *
 * @param makeLink for tests of file systems without hard links
 * @returns `gone`: there is no such file any more; `taken`: the new name exists
 */
export async function moveTo(
  from: string,
  to: string,
  makeLink: typeof link = link,
): Promise<'moved' | 'gone' | 'taken'> {
  try {
    await whileBusy(() => makeLink(from, to));
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return 'taken';
    if (codeOf(thrown) === 'ENOENT') return 'gone';
    if (hasNoLinks(thrown)) return await copyTo(from, to);
    throw thrown;
  }
  return await finishMove(from, to);
}

/**
 * The second half of a move: removes the first name, but only while it is the same file: an editor may have
 * put a new version there meanwhile.
 */
export async function finishMove(from: string, to: string): Promise<'moved' | 'gone'> {
  const [first, second] = await Promise.all([lstat(from).catch(() => undefined), lstat(to).catch(() => undefined)]);
  if (second === undefined) return 'gone';
  if (first === undefined) return await withoutFirst(to);
  if (first.ino !== second.ino || first.dev !== second.dev) {
    await unlink(to);
    return 'gone';
  }
  try {
    await whileBusy(() => unlink(from));
    return 'moved';
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return await withoutFirst(to);
    await unlink(to).catch(() => undefined);
    throw thrown;
  }
}

/** The first name vanished: moved by somebody else (then the file has another name and ours must go) or deleted. */
async function withoutFirst(to: string): Promise<'moved' | 'gone'> {
  if ((await lstat(to)).nlink === 1) return 'moved';
  await unlink(to);
  return 'gone';
}

async function copyTo(from: string, to: string): Promise<'moved' | 'gone' | 'taken'> {
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL);
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return 'taken';
    if (codeOf(thrown) === 'ENOENT') return 'gone';
    await unlink(to).catch(() => undefined);
    throw thrown;
  }
  try {
    const copy = await open(to, 'r+');
    try {
      await copy.sync();
    } finally {
      await copy.close();
    }
    await whileBusy(() => unlink(from));
    return 'moved';
  } catch (thrown) {
    await unlink(to).catch(() => undefined);
    throw thrown;
  }
}
