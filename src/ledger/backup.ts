import { chmod, open, rename, rm } from 'node:fs/promises';
import type { Database } from 'better-sqlite3';
import type { Soundness } from './soundness.ts';
import type { RunInTurn } from './turn.ts';

/**
 * The copy takes a turn like any call: SQLite can't copy while this connection is inside a transaction. It counts as
 * not closed orderly, so it is checked when it is put back. And it is checked before it is kept: a copy of a damaged
 * ledger is no way back, and must not take the place of one that is.
 *
 * @param check looks through a whole file without holding anybody up
 */
export function createBackup(
  db: Database,
  inTurn: RunInTurn,
  check: (file: string) => Promise<Soundness>,
): (file: string) => Promise<void> {
  return async (file) => {
    const part = `${file}.part`;
    await inTurn(async () => {
      // Made first so that the mode is right before anything is in it.
      await (await open(part, 'w', 0o600)).close();
      await chmod(part, 0o600);
      await db.backup(part);
    });
    const found = await check(part);
    // Left by whoever looked.
    for (const end of ['-wal', '-shm']) await rm(`${part}${end}`, { force: true });
    if (found === 'damaged') {
      await rm(part, { force: true });
      throw new Error('The copy is damaged, and so the ledger may be. The copies of other days stay.');
    }
    await rename(part, file);
  };
}
