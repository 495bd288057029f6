import { join } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import { whileBusy } from '../lib/file-errors.ts';
import type { Root } from '../lib/root.ts';
import { oneLine, unmarked } from '../lib/words.ts';
import { localDate, localSeconds } from '../lib/local-time.ts';

/** The two files at the vault's root that other programs read. Written whole, never half. */
export type StatusFiles = {
  /** Writes the time and the last message to `orchestrator_status.txt`. Rejects with the file system's error. */
  status(line: string): Promise<void>;
  /** Writes `orchestrator_report.json`. Rejects with the file system's error. */
  report(values: Readonly<Record<string, unknown>>): Promise<void>;
};

export function createStatusFiles(parts: { root: Root; clock: Clock }): StatusFiles {
  const { root, clock } = parts;
  let last: Promise<unknown> = Promise.resolve();

  const write = (name: string, content: string): Promise<void> => {
    // One after the other, so that an older state never lands on a newer one.
    const done = last.then(() => replaceFile(root, name, content));
    last = done.catch(() => undefined);
    return done;
  };

  return {
    status(line) {
      const now = clock.now();
      return write(
        'orchestrator_status.txt',
        `Last update: ${localDate(now)}T${localSeconds(now)}\n${oneLine(unmarked(line), 500)}\n`,
      );
    },
    report: (values) => write('orchestrator_report.json', `${JSON.stringify(values, undefined, 2)}\n`),
  };
}

async function replaceFile(root: Root, name: string, content: string): Promise<void> {
  const draught = join(root.path, `.${name}.${process.pid}.tmp`);
  try {
    const { file } = await root.open(draught, 'anew');
    try {
      await file.writeFile(content);
    } finally {
      await file.close();
    }
    await whileBusy(() => root.rename(draught, join(root.path, name)));
  } catch (thrown) {
    await root.unlink(draught).catch(() => undefined);
    throw thrown;
  }
}
