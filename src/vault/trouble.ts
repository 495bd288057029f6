import { blocks } from '../domain/problem.ts';
import type { Problem } from '../domain/problem.ts';

/** The code of a file system error, or '' for anything else. */
export function codeOf(thrown: unknown): string {
  if (thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return '';
}

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
  const code = codeOf(thrown);
  const [what, remedy] = words[code] ?? [
    `The vault can't be written${code === '' ? '' : ` (${code})`}.`,
    'Look at the vault folder and its disk.',
  ];
  return blocks('unreachable', what, remedy);
}

/** Codes that say "this file system has no hard links", as opposed to "not now" or "not allowed here". */
export const hasNoLinks = (thrown: unknown): boolean =>
  ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK', 'EINVAL'].includes(codeOf(thrown));

/** Runs an act again a few times while another program (an editor, a virus scanner) holds the file for a moment. */
export async function whileBusy<T>(act: () => Promise<T>, pauseMs = 20): Promise<T> {
  const transient = process.platform === 'win32' ? ['EBUSY', 'EPERM', 'EACCES'] : ['EBUSY'];
  for (let pause = pauseMs; ; pause *= 2) {
    try {
      return await act();
    } catch (thrown) {
      if (pause > pauseMs * 32 || !transient.includes(codeOf(thrown))) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
