/**
 * Names the newest attempt that passed its point of no return, outside the ledger and before anything leaves. The log of
 * decisions gets its line only when an attempt is over: a process that died in between, and a ledger that was put back
 * from a copy made before, would know nothing of it, and send again what was sent.
 */
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from '../lib/file-errors.ts';
import { syncFolder, syncMade } from '../lib/sync-folder.ts';

export type LastCommit = {
  /** Undefined when there is none, or half of one: then nothing left for it yet. Throws other file system errors. */
  read(): Promise<string | undefined>;
  /** Resolves when a power cut can’t take it back. Throws file system errors. */
  write(attemptId: string): Promise<void>;
};

/** Written in one piece over the last one, so that there is no moment without either. */
const length = 80;

/** @param file absolute path */
export function createLastCommit(file: string): LastCommit {
  return {
    async read() {
      const handle = await open(file, 'r').catch(absent);
      if (handle === undefined) return undefined;
      try {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
        const text = buffer.toString('utf8', 0, bytesRead);
        return text.length === length && text.endsWith('\n') ? text.trim() : undefined;
      } finally {
        await handle.close();
      }
    },
    async write(attemptId) {
      const folder = dirname(file);
      await syncMade(await mkdir(folder, { recursive: true }), folder);
      const there = await open(file, 'r+').catch(absent);
      const handle = there ?? (await open(file, 'w'));
      try {
        await handle.write(`${attemptId.padEnd(length - 1)}\n`, 0);
        await handle.sync();
      } finally {
        await handle.close();
      }
      if (there === undefined) await syncFolder(folder);
    },
  };
}

function absent(thrown: unknown): undefined {
  if (codeOf(thrown) !== 'ENOENT') throw thrown;
}
