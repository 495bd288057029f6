import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { openLedger } from '../../../src/ledger/ledger.ts';
import { migrate, readMigrations } from '../../../src/ledger/migrate.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { temporaryFolder } from './folder.ts';

void test('a ledger from before: what waited still waits in its order with its tries, and what was done counts as done', async (t) => {
  const file = join(await temporaryFolder(t), 'ledger.db');
  const db = new Database(file);
  assert.equal(migrate(db, readMigrations().slice(0, 9)), 'ready');
  // Ids of updates begin anew at random after a quiet week: the order is that in which they came.
  db.exec(`INSERT INTO inbox (channel, id, payload, state, tries, settled_at) VALUES
      ('phone', 900000000007, 'seven', 'waiting', 1, NULL),
      ('phone', 8, '', 'done', 0, ${Date.now()}),
      ('phone', 9, 'nine', 'waiting', 0, NULL),
      ('other', 9, 'elsewhere', 'waiting', 0, NULL);
    INSERT INTO inbox_offsets VALUES ('phone', 10)`);
  db.close();

  const opened = await openLedger({ file, clock: systemClock, logger: silentLogger });
  assert(opened.kind === 'open', JSON.stringify(opened));
  t.after(() => opened.ledger.close());
  const inbox = opened.ledger.inbox('phone');
  const receivedAt = undefined;
  assert.equal(await inbox.cursor(), '10');
  assert.deepEqual(await inbox.waiting(), [
    { id: '900000000007', payload: 'seven', receivedAt, tries: 1 },
    { id: '9', payload: 'nine', receivedAt, tries: 0 },
  ]);
  const again = { id: '8', payload: 'eight', receivedAt: new Date() };
  await inbox.store([again, { ...again, id: '1', payload: 'new' }], '11');
  assert.deepEqual(
    (await inbox.waiting()).map(({ id }) => id),
    ['900000000007', '9', '1'],
  );
  assert.equal(await opened.ledger.inbox('other').cursor(), undefined);
});
