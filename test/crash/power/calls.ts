/** What strace wrote down about files: every call that changes something, in the order in which they came to their end. */

/** Calls that change a file, a folder, or what of them survives. */
export const fileCalls = [
  'openat',
  'close',
  'write',
  'writev',
  'pwrite64',
  'pwritev',
  'ftruncate',
  'fsync',
  'fdatasync',
  'rename',
  'renameat2',
  'link',
  'linkat',
  'unlink',
  'unlinkat',
  'mkdir',
  'rmdir',
  'copy_file_range',
  'sendfile',
] as const;

export type Call = {
  readonly name: string;
  /** What stands between the brackets, its strings still in hexadecimal. */
  readonly words: string;
  readonly result: number;
};

/** @returns the calls that came to their end, and those under way when the process died */
export function readCalls(log: string): { readonly calls: readonly Call[]; readonly cutOff: readonly string[] } {
  const calls: Call[] = [];
  const begun = new Map<string, string>();
  for (const line of log.split('\n')) {
    const [, thread = '', said = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (said.endsWith('<unfinished ...>')) {
      begun.set(thread, said.slice(0, -'<unfinished ...>'.length).trimEnd());
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(said);
    const whole = resumed === null ? said : `${begun.get(thread) ?? ''}${resumed[1]}`;
    if (resumed !== null) begun.delete(thread);
    const [, name, words, result] = /^(\w+)\((.*)\) += (-?\d+)/.exec(whole) ?? [];
    if (name !== undefined && words !== undefined) calls.push({ name, words, result: Number(result) });
  }
  return { calls, cutOff: [...begun.values()] };
}

const unhex = (hex: string): Buffer => Buffer.from(hex.replaceAll('\\x', ''), 'hex');

/** The strings of a call, decoded, in order. */
export const stringsOf = (words: string): readonly Buffer[] =>
  [...words.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex = '']) => unhex(hex));

export type Descriptor = { readonly number: number; readonly path: string };

/** Its file descriptors, in order, each with the path it had. */
export const descriptorsOf = (words: string): readonly Descriptor[] =>
  [...words.matchAll(/(?<![\w"])(\d+|AT_FDCWD)<((?:\\x[0-9a-f]{2})*)[^>]*>/g)].map(([, number = '', hex = '']) => ({
    number: number === 'AT_FDCWD' ? -1 : Number(number),
    path: unhex(hex).toString('utf8'),
  }));

/** Path of a descriptor in what strace gives as the result of a call. */
export const numbersAtEnd = (words: string): readonly number[] =>
  [...words.matchAll(/, (\d+)/g)].map(([, number]) => Number(number));
