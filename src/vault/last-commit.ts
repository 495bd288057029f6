/**
 * Names the newest attempt that passed its point of no return, outside the ledger and before anything leaves. The log of
 * decisions gets its line only when an attempt is over: a process that died in between, and a ledger that was put back
 * from a copy made before, would know nothing of it, and send again what was sent.
 */
import { dirname, join } from 'node:path';
import { absent } from '../lib/plain-file.ts';
import type { Root } from '../lib/root.ts';
import { syncFolder, syncMade } from '../lib/sync-folder.ts';

export type LastCommit = {
  /** Undefined when there is none, or half of one: then nothing left for it yet. Throws other file system errors. */
  read(): Promise<string | undefined>;
  /** Resolves when a power cut can’t take it back. Throws file system errors. */
  write(attemptId: string): Promise<void>;
};

/** Written in one piece over the last one, so that there is no moment without either. */
const length = 80;

export function createLastCommit(root: Root): LastCommit {
  const path = join(root.path, 'Logs', '.last-commit');
  return {
    async read() {
      const opened = await root.open(path, 'read').catch(absent);
      if (opened === undefined) return undefined;
      try {
        const { buffer, bytesRead } = await opened.file.read(Buffer.alloc(length), 0, length, 0);
        const text = buffer.toString('utf8', 0, bytesRead);
        return text.length === length && text.endsWith('\n') ? text.trim() : undefined;
      } finally {
        await opened.file.close();
      }
    },
    async write(attemptId) {
      const folder = dirname(path);
      await syncMade(await root.make(folder), folder);
      const { file, stats } = await root.open(path, 'update');
      try {
        await file.write(`${attemptId.padEnd(length - 1)}\n`, 0);
        await file.sync();
      } finally {
        await file.close();
      }
      // New, or one whose name a death kept from being synced.
      if (stats.size === 0n) await syncFolder(folder);
    },
  };
}
