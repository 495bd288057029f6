import assert from 'node:assert/strict';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { closeDatabase, openDatabase } from '../../../src/ledger/database.ts';
import { openLedger } from '../../../src/ledger/ledger.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { draftOf } from '../../contract/ledger/samples.ts';
import { temporaryFolder } from './folder.ts';

/** The check of a copy doesn't keep a process alive by itself. */
function keepAlive(t: TestContext): void {
  const alive = setInterval(() => undefined, 1_000);
  t.after(() => clearInterval(alive));
}

test('a copy of a damaged ledger is not kept, and the copy that is there stays', async (t) => {
  keepAlive(t);
  const folder = await temporaryFolder(t);
  const file = join(folder, 'ledger.db');
  const copy = join(folder, 'copy.db');
  const made = openDatabase(file);
  assert(made.kind === 'open');
  const fill = made.db.prepare('INSERT INTO flags (name, value) VALUES (?, ?)');
  for (let n = 0; n < 200; n += 1) fill.run(`flag-${n}`, 'x'.repeat(500));
  closeDatabase(made.db);
  const bytes = await readFile(file);
  // One page in the middle: nothing that opening it reads.
  bytes.fill(0xff, 4096 * 50, 4096 * 51);
  await writeFile(file, bytes);
  await writeFile(copy, 'a copy of yesterday');
  const opened = await openLedger({ file, clock: systemClock, logger: silentLogger });
  assert(opened.kind === 'open', JSON.stringify(opened));
  await assert.rejects(opened.backup(copy), /The copy is damaged/);
  assert.equal(await readFile(copy, 'utf8'), 'a copy of yesterday');
  await opened.ledger.close();
  assert.deepEqual((await readdir(folder)).toSorted(), ['copy.db', 'ledger.db']);
});

test('a backup is a whole ledger of its instant, replaces the old one, and nobody else can read it', async (t) => {
  keepAlive(t);
  const folder = await temporaryFolder(t);
  const copy = join(folder, 'copy.db');
  const open = async (file: string) => {
    const opened = await openLedger({ file, clock: systemClock, logger: silentLogger });
    assert(opened.kind === 'open', JSON.stringify(opened));
    return opened;
  };
  const original = await open(join(folder, 'ledger.db'));
  await original.ledger.drafts.insert(draftOf('before'));
  await writeFile(copy, 'an old copy');

  const writing = original.ledger.tx(({ drafts }) => drafts.insert(draftOf('during')));
  await Promise.all([writing, original.backup(copy), original.ledger.drafts.insert(draftOf('after'))]);

  const mode = (await stat(copy)).mode & 0o777;
  assert.equal(mode, process.platform === 'win32' ? mode : 0o600);
  const copied = await open(copy);
  const ids = (await copied.ledger.drafts.open()).map(({ id }) => id);
  assert.deepEqual(ids, ['before', 'during']);
  await copied.ledger.close();
  await original.ledger.close();
  assert.deepEqual((await readdir(folder)).toSorted(), ['copy.db', 'ledger.db']);
});
