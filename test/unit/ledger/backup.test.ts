import assert from 'node:assert/strict';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { openLedger } from '../../../src/ledger/ledger.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { draftOf } from '../../contract/ledger/samples.ts';
import { temporaryFolder } from './folder.ts';

test('a backup is a whole ledger of its instant, replaces the old one, and nobody else can read it', async (t) => {
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
