import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { createDailyBackup } from '../../../src/ledger/daily-backup.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { createHeldClock } from '../../support/held-clock.ts';
import { until } from '../../support/until.ts';
import { temporaryFolder } from './folder.ts';

it('makes one copy a day and keeps seven', async (t) => {
  const folder = join(await temporaryFolder(t), 'backups');
  const clock = createHeldClock(new Date('2026-03-01T12:00:00'));
  let made = 0;
  const backup = async (file: string) => {
    made += 1;
    if (made === 1) throw new Error('the disk is full');
    writeFileSync(file, 'copy');
  };
  const backups = createDailyBackup({ backup, folder, clock, logger: silentLogger });
  backups.start();
  await clock.advance(60_000);
  await until(() => clock.waiting() === 1, 'it looks again in an hour');
  for (let hour = 0; hour < 24 * 9; hour += 1) {
    await clock.advance(3_600_000);
    await until(() => clock.waiting() === 1, 'it looks again in an hour');
  }
  await backups.stop();
  assert.equal(made, 11);
  assert.deepEqual([readdirSync(folder).length, readdirSync(folder).toSorted()[0]], [7, 'ledger-2026-03-04.db']);
});
