import { dirname } from 'node:path';
import { codeOf, hasNoLinks, whileBusy } from './file-errors.ts';
import { statsOf } from './plain-file.ts';
import { readPieces } from './regular-file.ts';
import type { Root } from './root.ts';

/**
 * Moves a file without ever writing over another one: a second name (link), then the first one away (unlink). A plain
 * rename would silently destroy a file of the same name. Without hard links it is copied, synced and taken away.
 * Throws other file system errors, leaving the file where it was.
 *
 * @param root what both names lie below
 * @param makeLink for tests of file systems without hard links
 * @returns `gone`: there is no such file any more; `taken`: the new name exists
 */
export async function moveTo(
  root: Root,
  from: string,
  to: string,
  makeLink: Root['link'] = root.link,
): Promise<'moved' | 'gone' | 'taken'> {
  try {
    await whileBusy(() => makeLink(from, to));
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return 'taken';
    if (codeOf(thrown) === 'ENOENT') return 'gone';
    if (hasNoLinks(thrown)) return await copyTo(root, from, to);
    throw thrown;
  }
  return await finishMove(root, from, to);
}

/**
 * The second half of a move: removes the first name, but only while it is the same file: an editor may have
 * put a new version there meanwhile.
 */
export async function finishMove(root: Root, from: string, to: string): Promise<'moved' | 'gone'> {
  const [first, second] = await Promise.all([statsOf(from), statsOf(to)]);
  if (second === undefined) return 'gone';
  if (first === undefined) return await withoutFirst(root, to);
  if (first.ino !== second.ino || first.dev !== second.dev) {
    await root.unlink(to);
    return 'gone';
  }
  // Where the folder became a link in the instant of the move, the file lies elsewhere too: then its first name stays.
  await root.straight(dirname(to));
  try {
    await whileBusy(() => root.unlink(from));
    return 'moved';
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return await withoutFirst(root, to);
    await root.unlink(to).catch(() => undefined);
    throw thrown;
  }
}

/** The first name vanished: moved by somebody else (then the file has another name and ours must go) or deleted. */
async function withoutFirst(root: Root, to: string): Promise<'moved' | 'gone'> {
  const there = await statsOf(to);
  if (there === undefined) return 'gone';
  if (there.nlink === 1n) return 'moved';
  await root.unlink(to);
  return 'gone';
}

async function copyTo(root: Root, from: string, to: string): Promise<'moved' | 'gone' | 'taken'> {
  let begun = false;
  try {
    const source = await root.open(from, 'read');
    try {
      const copy = await root.open(to, 'create', Number(source.stats.mode) & 0o777);
      begun = true;
      try {
        await readPieces(source, Number.POSITIVE_INFINITY, (piece) => copy.file.writeFile(piece));
        await copy.file.sync();
      } finally {
        await copy.file.close();
      }
    } finally {
      await source.file.close();
    }
    await root.straight(dirname(to));
    await whileBusy(() => root.unlink(from));
    return 'moved';
  } catch (thrown) {
    if (begun) await root.unlink(to).catch(() => undefined);
    else if (codeOf(thrown) === 'EEXIST') return 'taken';
    else if (codeOf(thrown) === 'ENOENT') return 'gone';
    throw thrown;
  }
}
