import type { BigIntStats } from 'node:fs';
import { dirname } from 'node:path';
import { finishMove, moveTo } from '../lib/move-file.ts';
import { statsOf } from '../lib/plain-file.ts';
import type { Root } from '../lib/root.ts';
import { syncFolder } from '../lib/sync-folder.ts';
import { numbered } from './names.ts';

/** `taken`: all names we tried exist. Other file system errors are thrown. */
export type Moved =
  | { readonly kind: 'moved'; readonly name: string }
  | { readonly kind: 'gone' }
  | { readonly kind: 'taken' };

const mostNames = 1_000;

/**
 * Moves a file without ever writing over another one; a name that is taken gets a number.
 *
 * @param root what both names lie below
 * @param at gives the absolute target for a name
 * @param mark notes that the move to this name begins; the returned function takes the note away
 * @param makeLink for tests of file systems without hard links
 */
export async function moveFile(
  root: Root,
  from: string,
  name: string,
  at: (name: string) => string,
  mark: (name: string) => Promise<() => Promise<void>>,
  makeLink?: Root['link'],
): Promise<Moved> {
  for (let n = 1; n <= mostNames; n += 1) {
    const tried = numbered(name, n);
    const to = at(tried);
    // Asked before the mark is set, so that a mark never names a file that was there before.
    const there = await statsOf(to);
    const begun = there !== undefined && (await isSame(from, there));
    if (there !== undefined && !begun) continue;
    // One name, not two: it lies there already, and to take the first name away would be to delete it.
    if (begun && (from === to || there.nlink === 1n)) return { kind: 'moved', name: tried };
    const unmark = await mark(tried);
    try {
      const result = begun ? await finishMove(root, from, to) : await moveTo(root, from, to, makeLink);
      if (result === 'gone') return { kind: 'gone' };
      if (result === 'moved') {
        // Before anybody puts the new place on record: after a power cut a file at its old place would seem moved by hand.
        await syncFolder(dirname(to));
        await syncFolder(dirname(from));
        return { kind: 'moved', name: tried };
      }
    } finally {
      await unmark();
    }
  }
  return { kind: 'taken' };
}

/**
 * The file has this name already: an earlier move got its new name and could not take the old one away, nor undo it. A
 * further name would make two files of one.
 */
async function isSame(from: string, there: BigIntStats): Promise<boolean> {
  const here = await statsOf(from);
  return here !== undefined && here.ino === there.ino && here.dev === there.dev;
}
