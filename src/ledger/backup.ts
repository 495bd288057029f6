import { chmod, open, rename } from 'node:fs/promises';
import type { Database } from 'better-sqlite3';
import type { Run } from './turn.ts';

/**
 * The copy takes a turn like any call: SQLite can't copy while this connection is inside a transaction. It counts as
 * not closed orderly, so it is checked when it is put back.
 */
export function createBackup(db: Database, inTurn: Run): (file: string) => Promise<void> {
  return (file) =>
    inTurn(async () => {
      const part = `${file}.part`;
      // Made first so that the mode is right before anything is in it.
      await (await open(part, 'w', 0o600)).close();
      await chmod(part, 0o600);
      await db.backup(part);
      await rename(part, file);
    });
}
