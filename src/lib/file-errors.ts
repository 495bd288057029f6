/** The code of a system error, like `ENOENT`; empty for anything else. */
export function codeOf(thrown: unknown): string {
  if (thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return '';
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
