import { mkdir, open, readdir, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import { localSeconds } from '../lib/local-time.ts';
import { unmarked } from '../lib/words.ts';
import { largestMedia, readRegular } from './regular-file.ts';

/** What one attempt leaves behind under `Logs/runs/<attempt>/`: a log and screenshots. */
export type RunFiles = {
  open(attemptId: string): Promise<RunLog>;
  /** Names of the kept files, sorted; empty when there is nothing. */
  files(attemptId: string): Promise<readonly string[]>;
  read(attemptId: string, name: string): Promise<Uint8Array | undefined>;
};

export type RunLog = {
  /** Adds a line; returns at once. Must carry no secrets. */
  log(line: string): void;
  /** Keeps a file beside the log; resolves when written. Rejects for a name that isn't [a-z0-9-]+\.[a-z]+. */
  keep(name: string, bytes: Uint8Array): Promise<void>;
  /** Resolves when every line is written, or can't be. */
  close(): Promise<void>;
};

const idForm = /^[a-z0-9-]{1,64}$/;
const nameForm = /^[a-z0-9-]{1,80}\.[a-z]{1,8}$/;

/** @param mask takes secrets out of every line */
export function createRunFiles(parts: { vaultPath: string; clock: Clock; mask?: (text: string) => string }): RunFiles {
  const { vaultPath, clock, mask = (text: string) => text } = parts;
  const runs = join(vaultPath, 'Logs', 'runs');
  const folderOf = async (attemptId: string): Promise<string | undefined> => {
    if (!idForm.test(attemptId)) return undefined;
    const folder = join(runs, attemptId);
    // A link put in the way must not lead reading elsewhere.
    const real = await realpath(folder).catch(() => undefined);
    return real === undefined || real !== join(await realpath(vaultPath), 'Logs', 'runs', attemptId)
      ? undefined
      : folder;
  };

  return {
    async open(attemptId) {
      if (!idForm.test(attemptId)) throw new TypeError('not the id of an attempt');
      const folder = join(runs, attemptId);
      await mkdir(folder, { recursive: true });
      const file = await open(join(folder, 'log.txt'), 'a');
      let last: Promise<unknown> = Promise.resolve();
      return {
        log(line) {
          const entry = `${localSeconds(clock.now())} ${mask(unmarked(line)).replaceAll(/[\r\n\u2028\u2029]+/g, '\\n')}\n`;
          // A full disk must not stop an attempt that has passed its point of no return.
          last = last.then(() => file.appendFile(entry)).catch(() => undefined);
        },
        async keep(name, bytes) {
          if (!nameForm.test(name) || name === 'log.txt') throw new TypeError('not a name for a kept file');
          await writeFile(join(folder, name), bytes);
        },
        async close() {
          await last;
          await file.close();
        },
      };
    },
    async files(attemptId) {
      const folder = await folderOf(attemptId);
      const names = folder === undefined ? [] : await readdir(folder);
      return names.filter((name) => nameForm.test(name)).toSorted();
    },
    async read(attemptId, name) {
      const folder = nameForm.test(name) ? await folderOf(attemptId) : undefined;
      return folder === undefined ? undefined : await readRegular(join(folder, name), largestMedia);
    },
  };
}
