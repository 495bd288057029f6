import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from './file-errors.ts';

/** Writes a file only its owner may read, complete or not at all. The folder is made, for its owner alone. */
export function writePrivateFile(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const part = `${path}.part`;
  writeFileSync(part, content, { mode: 0o600 });
  // The mode above counts only when the file is new.
  chmodSync(part, 0o600);
  renameSync(part, path);
}

/** The secret kept in `path`; made with `make` when there is none yet. */
export function keptSecret(path: string, make: () => string): string {
  try {
    const kept = readFileSync(path, 'utf8').trim();
    if (kept !== '') return kept;
  } catch (thrown) {
    if (codeOf(thrown) !== 'ENOENT') throw thrown;
  }
  const fresh = make();
  writePrivateFile(path, `${fresh}\n`);
  return fresh;
}
