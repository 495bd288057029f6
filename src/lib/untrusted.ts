/**
 * What lies at a place is not what should lie there: a link, a pipe, a folder instead of a file. An expected thing, told
 * in words for people, thrown like the errors of the file system because it comes up among them. Nothing was read from
 * there and nothing written.
 */
import type { BigIntStats } from 'node:fs';
import { codeOf } from './file-errors.ts';
import { strange, unmarked } from './words.ts';

/** `what` sets strangers' words apart; the message doesn't. */
export type Untrusted = Error & { readonly code: string; readonly what: string; readonly remedy: string };

const untrustedCode = 'EUNTRUSTED';

export const isUntrusted = (thrown: unknown): thrown is Untrusted =>
  codeOf(thrown) === untrustedCode && thrown instanceof Error && 'what' in thrown && 'remedy' in thrown;

const untrusted = (what: string, remedy: string): Untrusted =>
  Object.assign(new Error(unmarked(`${what} ${remedy}`)), { code: untrustedCode, what, remedy });

type Stats = Pick<BigIntStats, 'isFile' | 'isDirectory' | 'isSymbolicLink' | 'isFIFO' | 'isSocket' | 'nlink'>;

/** Throws when it is no folder. `name` is for people. */
export function wantFolder(name: string, stats: Stats): void {
  if (!stats.isDirectory()) {
    throw untrusted(
      `${shown(name)} is ${kindOf(stats)}; a folder is wanted there.`,
      `Put a folder in its place${later}`,
    );
  }
}

/**
 * Throws when it is no plain file, and when it is to be written to and has a second name: what is written here would
 * change a file that may lie anywhere.
 */
export function wantFile(name: string, stats: Stats, isWritten: boolean): void {
  if (!stats.isFile()) {
    throw untrusted(`${shown(name)} is ${kindOf(stats)}; a plain file is wanted there.`, `Take it away${later}`);
  }
  if (isWritten && stats.nlink > 1n) {
    throw untrusted(
      `${shown(name)} also exists under another name (a hard link), and what is written here would change that too.`,
      `Put a copy in its place${later}`,
    );
  }
}

/** It was one file when we looked and another one when we had opened it. */
export const replacedMeanwhile = (name: string): Untrusted =>
  untrusted(`${shown(name)} was replaced while it was opened.`, 'It is tried again by itself.');

const later = ': it goes on by itself.';

const shown = (name: string): string => strange(name, 120);

function kindOf(stats: Stats): string {
  if (stats.isSymbolicLink()) return 'a link to another place';
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFile()) return 'a file';
  if (stats.isFIFO()) return 'a pipe';
  return stats.isSocket() ? 'a socket' : 'a device';
}
