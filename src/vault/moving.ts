import { lstat } from 'node:fs/promises';
import type { link } from 'node:fs/promises';
import { moveTo } from '../lib/move-file.ts';
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
 * @param at gives the absolute target for a name
 * @param mark notes that the move to this name begins; the returned function takes the note away
 * @param makeLink for tests of file systems without hard links
 */
export async function moveFile(
  from: string,
  name: string,
  at: (name: string) => string,
  mark: (name: string) => Promise<() => Promise<void>>,
  makeLink?: typeof link,
): Promise<Moved> {
  for (let n = 1; n <= mostNames; n += 1) {
    const tried = numbered(name, n);
    const to = at(tried);
    // Asked before the mark is set, so that a mark never names a file that was there before.
    if ((await lstat(to).catch(() => undefined)) !== undefined) continue;
    const unmark = await mark(tried);
    try {
      const result = await moveTo(from, to, makeLink);
      if (result !== 'taken') return result === 'moved' ? { kind: 'moved', name: tried } : { kind: 'gone' };
    } finally {
      await unmark();
    }
  }
  return { kind: 'taken' };
}
