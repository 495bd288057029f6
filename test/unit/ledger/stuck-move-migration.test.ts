import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { openLedger } from '../../../src/ledger/ledger.ts';
import { migrate, readMigrations } from '../../../src/ledger/migrate.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { temporaryFolder } from './folder.ts';

const troubled = (id: string, trouble: string) => `
  INSERT INTO drafts (id, key, state, folder, path, name, content_hash, inode, size, mtime_ms, platform, account, trouble,
    created_at, updated_at)
  VALUES ('${id}', 'key-${id}', 'done', 'Approved', '${id}.md', '${id}.md', '${id}', '1:${id}', 1, 1, 'p', 'a', ${trouble}, 1, 1);`;
const because = (what: string) =>
  `'${JSON.stringify({ code: 'unreachable', what, remedy: 'Mend it.', severity: 'warns' })}'`;

void test('a ledger from before: a file that can’t be moved is known by its words once more, and then by its code', async (t) => {
  const file = join(await temporaryFolder(t), 'ledger.db');
  const db = new Database(file);
  assert.equal(migrate(db, readMigrations().slice(0, 8)), 'ready');
  db.exec(troubled('stuck', because('The file can’t be moved to Done: The vault is read-only.')));
  db.exec(troubled('other', because('The site could not be reached.')));
  db.exec(troubled('well', 'NULL'));
  db.close();

  const opened = await openLedger({ file, clock: systemClock, logger: silentLogger });
  assert(opened.kind === 'open', JSON.stringify(opened));
  t.after(() => opened.ledger.close());
  const troubleOf = async (id: string) => (await opened.ledger.drafts.byId(id))?.trouble;
  assert.deepEqual(await troubleOf('stuck'), {
    code: 'stuck_move',
    what: 'The file can’t be moved to Done: The vault is read-only.',
    remedy: 'Mend it.',
    severity: 'warns',
  });
  assert.equal((await troubleOf('other'))?.code, 'unreachable');
  assert.equal(await troubleOf('well'), undefined);
});
