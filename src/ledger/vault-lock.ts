/**
 * One process per vault. A SQLite file opened exclusively is the lock: the operating system drops it with its holder,
 * also after `kill -9`, so there is nothing stale to clean up; a number in a file alone could be anybody's by now.
 *
 * Two locks are held. The one in DATA_DIR keeps a second process off this ledger. The one in the user's home, named
 * after the vault, keeps off a process with another DATA_DIR on the same vault. Neither lies in the vault: it may be
 * synced, and locks don't work there. Another user or another machine on the vault is not noticed here.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import Database, { SqliteError } from 'better-sqlite3';
import type { Clock } from '../lib/clock.ts';
import { sha256 } from '../lib/hash.ts';
import type { Logger } from '../lib/logger.ts';
import { realPath } from '../lib/real-path.ts';
import { messageOf } from '../lib/words.ts';
import type { Refused } from './database.ts';

export type VaultLock =
  | { readonly kind: 'held'; readonly release: () => void }
  /** `pid` 0 and `since` empty when the holder's note can't be read. */
  | { readonly kind: 'taken'; readonly pid: number; readonly since: string };

/**
 * A home that can't be written costs only the second lock, with a warning; without the first there is no start.
 *
 * @param parts.dir DATA_DIR
 * @param parts.userDir where the lock named after the vault lies, for tests
 */
export function acquireVaultLock(parts: {
  readonly dir: string;
  readonly vaultPath: string;
  readonly pid: number;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly userDir?: string;
}): VaultLock | Refused {
  const holder = { pid: parts.pid, since: parts.clock.now().toISOString() };
  let first: VaultLock;
  try {
    first = acquire(parts.dir, 'instance', holder);
  } catch (thrown) {
    return {
      kind: 'refused',
      what: `No lock can be made in ${parts.dir}: ${messageOf(thrown)}`,
      remedy: 'Give the user who runs this the right to write there, or set DATA_DIR to another folder.',
    };
  }
  if (first.kind === 'taken') return first;

  try {
    // Two ways to one vault are one vault.
    const name = `vault-${sha256(realPath(parts.vaultPath)).slice(0, 16)}`;
    const second = acquire(parts.userDir ?? join(homedir(), '.countersign'), name, holder);
    if (second.kind === 'held') {
      return {
        kind: 'held',
        release() {
          second.release();
          first.release();
        },
      };
    }
    first.release();
    return second;
  } catch (thrown) {
    parts.logger.warn(`A second process with another DATA_DIR on this vault would go unnoticed: ${messageOf(thrown)}`);
    return first;
  }
}

function acquire(dir: string, name: string, holder: { readonly pid: number; readonly since: string }): VaultLock {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const note = join(dir, `${name}.holder.json`);
  const db = new Database(join(dir, `${name}.lock`), { timeout: 0 });
  try {
    // Nothing is ever written to it; the open transaction is the lock.
    db.exec('BEGIN EXCLUSIVE');
    writeFileSync(note, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  } catch (thrown) {
    db.close();
    if (thrown instanceof SqliteError && thrown.code.startsWith('SQLITE_BUSY')) return readNote(note);
    throw thrown;
  }
  return {
    kind: 'held',
    release() {
      rmSync(note, { force: true });
      db.close();
    },
  };
}

function readNote(file: string): VaultLock {
  try {
    const { pid, since } = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly pid?: unknown;
      readonly since?: unknown;
    };
    return { kind: 'taken', pid: Number(pid) || 0, since: typeof since === 'string' ? since : '' };
  } catch {
    // The holder has the lock but not yet its note.
    return { kind: 'taken', pid: 0, since: '' };
  }
}
