/**
 * Opens plain files and nothing else. A pipe opened the usual way waits for its other end for ever, and with it a thread
 * of the process; so every file is opened without waiting, and looked at again when it is open.
 */
import { constants } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { lstat, mkdir, open, stat, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { codeOf } from './file-errors.ts';
import { wantFile } from './untrusted.ts';

/**
 * `append`: at its end, made when there is none. `create`: must not exist. `anew`: a new one in the place of whatever file,
 * link or pipe lies there. `update`: read and written, made when there is none.
 */
export type Use = 'read' | 'append' | 'create' | 'anew' | 'update';

export type OpenedFile = { readonly file: FileHandle; readonly stats: BigIntStats };

/** Where files are opened. Rejects with file system errors and with `Untrusted`. */
export type Opener = {
  /** @param seen what a look without following links found there a moment ago; saves the same look once more */
  open(path: string, use: Use, mode?: number, seen?: BigIntStats): Promise<OpenedFile>;
  /** Makes what is missing of the way to a folder. Resolves to the first one made, as `mkdir` does. */
  make(folder: string): Promise<string | undefined>;
};

const flags = {
  read: constants.O_RDONLY,
  append: constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT,
  create: constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL,
  anew: constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL,
  // Never cut off by opening: what was opened may turn out to be somebody else’s.
  update: constants.O_RDWR | constants.O_CREAT,
} as const;

// Windows has none of these; there the look before is the only guard.
const neverWaits = (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);
const noLink = constants.O_NOFOLLOW ?? 0;

export type Request = {
  readonly path: string;
  /** For people. */
  readonly name: string;
  readonly use: Use;
  readonly mode?: number | undefined;
  readonly seen?: BigIntStats | undefined;
  /** Resolves when the way there may be gone, before anything is opened. Links are followed where it is left out. */
  readonly way?: Promise<void>;
  /** Called when it is open, while it is looked at. */
  readonly meanwhile?: (file: FileHandle) => void;
};

export async function openPlain({ path, name, use, mode, seen, way, meanwhile }: Request): Promise<OpenedFile> {
  const isNew = use === 'create' || use === 'anew';
  const isWritten = use !== 'read' && way !== undefined;
  const look = async () => await (way === undefined ? stat : lstat)(path, { bigint: true }).catch(absent);
  const [onWay, looked] = await Promise.allSettled([way, isNew ? undefined : (seen ?? look())]);
  // The way first: what was seen at the end of a wrong one says nothing.
  if (onWay.status === 'rejected') throw onWay.reason;
  if (looked.status === 'rejected') throw looked.reason;
  if (looked.value !== undefined) wantFile(name, looked.value, isWritten);
  const how = flags[use] | neverWaits | (way === undefined ? 0 : noLink);
  const file = await open(path, how, mode).catch(async (thrown: unknown) => {
    if (use === 'anew' && codeOf(thrown) === 'EEXIST') {
      await unlink(path);
      return await open(path, how, mode);
    }
    // What is no plain file gives a different error on each system; the words say what it is.
    const now = isNew ? undefined : await look();
    if (now !== undefined) wantFile(name, now, isWritten);
    throw thrown;
  });
  try {
    meanwhile?.(file);
    const stats = await file.stat({ bigint: true });
    wantFile(name, stats, isWritten);
    return { file, stats };
  } catch (thrown) {
    await file.close();
    throw thrown;
  }
}

/** For a file that may lie anywhere and be reached through links, because a setting says so. */
export const anywhere: Opener = {
  open: (path, use, mode) => openPlain({ path, name: path, use, mode }),
  make: (folder) => mkdir(folder, { recursive: true }),
};

/** Nothing is there. Other errors are thrown. */
export function absent(thrown: unknown): undefined {
  if (codeOf(thrown) !== 'ENOENT') throw thrown;
}

/** Stats of a place itself, no link followed; undefined when nothing can be seen there. */
export async function statsOf(path: string): Promise<BigIntStats | undefined> {
  return await lstat(path, { bigint: true }).catch(() => undefined);
}
