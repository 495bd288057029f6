/** Errors of the file system in words that say what to do, for moves and writes in the vault. */
import { blocks } from '../domain/problem.ts';
import type { Problem } from '../domain/problem.ts';
import { codeOf } from '../lib/file-errors.ts';
import { isUntrusted } from '../lib/untrusted.ts';

const words: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  ENOSPC: ['The disk of the vault is full.', 'Make room; it goes on by itself.'],
  EDQUOT: ['The disk quota of the vault is used up.', 'Make room; it goes on by itself.'],
  EROFS: ['The vault is read-only.', 'Make the vault writable again; it goes on by itself.'],
  EACCES: ['The vault may not be written.', 'Give the account Countersign runs as the right to write there.'],
  EPERM: ['The vault may not be written.', 'Give the account Countersign runs as the right to write there.'],
  EBUSY: ['Another program holds the file open.', 'Close the file elsewhere; it is tried again by itself.'],
  ENAMETOOLONG: ['The name of the file is too long to be moved.', 'Give the file a shorter name.'],
  EIO: ['The disk of the vault reports a fault.', 'Check the disk.'],
};

/** The one translator from file system errors to our problems. */
export function vaultProblem(thrown: unknown): Problem {
  if (isUntrusted(thrown)) return blocks('unreachable', thrown.what, thrown.remedy);
  const code = codeOf(thrown);
  const [what, remedy] = words[code] ?? [
    `The vault can't be written${code === '' ? '' : ` (${code})`}.`,
    'Look at the vault folder and its disk.',
  ];
  return blocks('unreachable', what, remedy);
}
