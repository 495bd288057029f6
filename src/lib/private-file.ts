import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from './file-errors.ts';

/**
 * Writes a file only its owner may read, complete or not at all, also when the power is cut. The folder is made, for its
 * owner alone.
 */
export function writePrivateFile(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const part = `${path}.part`;
  writeFileSync(part, content, { mode: 0o600 });
  // The mode above counts only when the file is new.
  chmodSync(part, 0o600);
  sync(part, 'r+');
  renameSync(part, path);
  // Windows can't; there the name is the journal's to keep.
  if (process.platform !== 'win32') sync(dirname(path), 'r');
}

function sync(path: string, flags: string): void {
  const file = openSync(path, flags);
  try {
    fsyncSync(file);
  } catch (thrown) {
    // File systems over a network can't sync folders.
    if (!['EINVAL', 'ENOTSUP', 'ENOSYS'].includes(codeOf(thrown))) throw thrown;
  } finally {
    closeSync(file);
  }
}

/** The secret kept in `path`; made with `make` when there is none yet. */
export function keptSecret(path: string, make: () => string): string {
  try {
    const kept = readFileSync(path, 'utf8').trim();
    if (kept !== '') return kept;
  } catch (thrown) {
    if (codeOf(thrown) !== 'ENOENT') throw thrown;
  }
  return renewSecret(path, make);
}

/** A fresh secret in `path`; the one from before is gone. */
export function renewSecret(path: string, make: () => string): string {
  const fresh = make();
  writePrivateFile(path, `${fresh}\n`);
  return fresh;
}
