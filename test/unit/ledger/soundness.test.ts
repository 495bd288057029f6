import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDatabase } from '../../../src/ledger/database.ts';
import { openLedger } from '../../../src/ledger/ledger.ts';
import { checkBeside } from '../../../src/ledger/soundness.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { createHeldClock } from '../../support/held-clock.ts';

const partsOf = (file: string) => ({ file, afterMs: 0, clock: systemClock, logger: silentLogger });

test('a large ledger is checked beside the running program', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-sound-'));
  // The check doesn't keep a process alive by itself.
  const alive = setInterval(() => undefined, 1_000);
  t.after(() => {
    clearInterval(alive);
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, 'ledger.db');
  const opened = openDatabase(file);
  assert.equal(opened.kind, 'open');
  if (opened.kind === 'open') {
    const fill = opened.db.prepare(`INSERT INTO flags (name, value) VALUES (?, ?)`);
    for (let n = 0; n < 200; n += 1) fill.run(`flag-${n}`, 'x'.repeat(500));
    assert.equal(await checkBeside(partsOf(file)).result, 'sound');
    opened.db.close();
  }
  const bytes = readFileSync(file);
  bytes.fill(0xff, 4096 * 20, bytes.length - 4096);
  writeFileSync(file, bytes);
  assert.equal(await checkBeside(partsOf(file)).result, 'damaged');
  assert.equal(await checkBeside(partsOf(join(folder, 'missing.db'))).result, 'unknown');
});

test('a check that is stopped before it began reads nothing', async () => {
  const check = checkBeside({ ...partsOf('/nowhere/ledger.db'), afterMs: 60_000 });
  await check.stop();
  assert.equal(await check.result, 'unknown');
});

test('after a crash a large ledger is left alone for three seconds', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-sound-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'ledger.db');
  const made = openDatabase(file);
  assert.ok(made.kind === 'open');
  made.db.prepare(`INSERT INTO flags (name, value) VALUES ('large', ?)`).run('x'.repeat(17_000_000));
  // Not the orderly way.
  made.db.close();
  const clock = createHeldClock(new Date('2026-03-02T10:00:00Z'));
  const opened = await openLedger({ file, clock, logger: silentLogger });
  assert.ok(opened.kind === 'open');
  await clock.advance(2_999);
  assert.equal(clock.waiting(), 1);
  await clock.advance(1);
  assert.equal(clock.waiting(), 0);
  await opened.ledger.close();
});
