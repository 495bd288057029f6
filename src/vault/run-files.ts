import { join } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import { localSeconds } from '../lib/local-time.ts';
import { absent } from '../lib/plain-file.ts';
import { readRegular } from '../lib/regular-file.ts';
import type { Root } from '../lib/root.ts';
import { isUntrusted } from '../lib/untrusted.ts';
import { unmarked } from '../lib/words.ts';
import { largestMedia } from './largest.ts';

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
export function createRunFiles(parts: { root: Root; clock: Clock; mask?: (text: string) => string }): RunFiles {
  const { root, clock, mask = (text: string) => text } = parts;
  const runs = join(root.path, 'Logs', 'runs');
  const folderOf = (attemptId: string): string | undefined =>
    idForm.test(attemptId) ? join(runs, attemptId) : undefined;

  return {
    async open(attemptId) {
      const folder = folderOf(attemptId);
      if (folder === undefined) throw new TypeError('not the id of an attempt');
      await root.make(folder);
      const { file } = await root.open(join(folder, 'log.txt'), 'append');
      let last: Promise<unknown> = Promise.resolve();
      return {
        log(line) {
          const entry = `${localSeconds(clock.now())} ${mask(unmarked(line)).replaceAll(/[\r\n\u2028\u2029]+/g, '\\n')}\n`;
          // A full disk must not stop an attempt that has passed its point of no return.
          last = last.then(() => file.appendFile(entry)).catch(() => undefined);
        },
        async keep(name, bytes) {
          if (!nameForm.test(name) || name === 'log.txt') throw new TypeError('not a name for a kept file');
          const kept = await root.open(join(folder, name), 'anew');
          try {
            await kept.file.writeFile(bytes);
          } finally {
            await kept.file.close();
          }
        },
        async close() {
          await last;
          await file.close();
        },
      };
    },
    async files(attemptId) {
      const folder = folderOf(attemptId);
      const names = folder === undefined ? [] : await root.names(folder).catch(nothing);
      return names.filter((name) => nameForm.test(name)).toSorted();
    },
    async read(attemptId, name) {
      const folder = nameForm.test(name) ? folderOf(attemptId) : undefined;
      return folder === undefined
        ? undefined
        : await readRegular({ place: root, path: join(folder, name) }, largestMedia);
    },
  };
}

/** Where nothing is, or nothing that can be trusted, there is nothing to see. Other errors are thrown. */
function nothing(thrown: unknown): readonly string[] {
  if (!isUntrusted(thrown)) absent(thrown);
  return [];
}
