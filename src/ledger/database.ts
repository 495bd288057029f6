/**
 * The connection. What must stay true: WAL, and every commit synced. better-sqlite3 is built to drop to
 * `synchronous=NORMAL` with the first statement of a WAL database unless told otherwise, and then a power cut takes
 * back commits that were answered; so FULL is set first and read back after a statement has run.
 */
import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database, { type Database as Db, SqliteError } from 'better-sqlite3';
import { messageOf } from '../lib/words.ts';
import { migrate, readMigrations } from './migrate.ts';

export type Refused = { readonly kind: 'refused'; readonly what: string; readonly remedy: string };

export type OpenDatabase = {
  readonly kind: 'open';
  readonly db: Db;
  /** The last stop was not ours and the file is too large to be checked before the start. */
  readonly unchecked: boolean;
};

/** Up to this size a check takes a fraction of a second; in bytes. */
const checkedAtOnce = 16_000_000;

/** Opens the file, or says in words why it can't be used. Makes it (0600) and its folder (0700) when missing. */
export function openDatabase(file: string): OpenDatabase | Refused {
  let db: Db | undefined;
  try {
    prepareFile(file);
    // Writers are only us; the wait covers a look by another tool, and it blocks everything, so it is short.
    db = new Database(file, { timeout: 1000 });
    const state = setUp(db, file);
    if (typeof state === 'string') return { kind: 'open', db, unchecked: state === 'unchecked' };
    db.close();
    return state;
  } catch (thrown) {
    db?.close();
    return toRefused(file, thrown);
  }
}

/** Marks the close as orderly, so that the next start needs no check, and closes. */
export function closeDatabase(db: Db): void {
  db.exec('UPDATE closing SET clean = 1');
  db.close();
}

function prepareFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    // `wx` touches no existing file: closing a descriptor of an open SQLite file would drop its locks.
    closeSync(openSync(file, 'wx', 0o600));
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) throw thrown;
    // The files SQLite puts beside it take over its mode.
    chmodSync(file, 0o600);
  }
}

function setUp(db: Db, file: string): Refused | 'checked' | 'unchecked' {
  db.exec('PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON');
  if (db.pragma('journal_mode = WAL', { simple: true }) !== 'wal') return unsafeDisk(file);
  db.exec('PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY');
  const known = readMigrations();
  if (migrate(db, known) === 'newer') return newer(file);

  const { clean } = db.prepare<{ readonly clean: number }>('SELECT clean FROM closing').get() ?? { clean: 0 };
  const full = 2;
  if (db.pragma('synchronous', { simple: true }) !== full) return unsafeDisk(file);
  // Only after a stop that was not ours, and a large file beside the running program: history must not cost a start.
  const small = statSync(file).size <= checkedAtOnce;
  if (clean === 0 && small && db.pragma('quick_check(1)', { simple: true }) !== 'ok') return damaged(file);
  db.exec('UPDATE closing SET clean = 0');
  return clean === 0 && !small ? 'unchecked' : 'checked';
}

const refused = (what: string, remedy: string): Refused => ({ kind: 'refused', what, remedy });

const damaged = (file: string) =>
  refused(
    `The ledger ${file} is damaged.`,
    'Put a backup in its place, together with no -wal and -shm file beside it, and start again.',
  );

const newer = (file: string) =>
  refused(`The ledger ${file} was written by a newer version.`, 'Start the newer version again, or put a backup back.');

const unsafeDisk = (file: string) =>
  refused(
    `The ledger ${file} can't be kept safe from a power cut where it is.`,
    'Set DATA_DIR to a folder on a local disk, not on a network drive or in a synced folder.',
  );

/** The one place that sorts what SQLite and the file system throw while opening. */
function toRefused(file: string, thrown: unknown): Refused {
  const code =
    thrown instanceof SqliteError || (thrown instanceof Error && 'code' in thrown) ? String(thrown.code) : '';
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) return damaged(file);
  if (code.startsWith('SQLITE_BUSY')) {
    return refused(`Another program holds the ledger ${file}.`, 'Close that program and start again.');
  }
  if (code.startsWith('SQLITE_FULL') || code === 'ENOSPC') {
    return refused(`The disk of the ledger ${file} is full.`, 'Make room on the disk and start again.');
  }
  if (/^(SQLITE_(CANTOPEN|READONLY|PERM)|E(ACCES|PERM|ROFS|ISDIR|NOTDIR|EXIST))/.test(code)) {
    return refused(
      `The ledger ${file} can't be opened for writing (${code}).`,
      'Give the user who runs this the right to write there, or set DATA_DIR to another folder.',
    );
  }
  return refused(`The ledger ${file} can't be opened: ${messageOf(thrown)}`, 'Mend the cause and start again.');
}
