import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { closeDatabase, openDatabase } from '../../../src/ledger/database.ts';
import { openLedger } from '../../../src/ledger/ledger.ts';
import { createTables } from '../../../src/ledger/tables.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { temporaryFolder } from './folder.ts';

const manyDone = `
  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
  INSERT INTO drafts (id, key, state, folder, path, name, content_hash, inode, size, mtime_ms, revision, platform,
    account, created_at, updated_at)
  SELECT 'id' || i, 'key' || i, 'done', 'Done', 'LINKEDIN_' || i || '.md', 'daily.md', 'hash' || (i % 10), '1:' || i,
    100, i, 'revision' || i, 'linkedin', 'me', i, i FROM n`;

test('100,000 finished drafts change nothing a user can feel', async (t) => {
  const file = join(await temporaryFolder(t), 'ledger.db');
  const prepared = openDatabase(file);
  assert(prepared.kind === 'open');
  prepared.db.exec(manyDone);
  closeDatabase(prepared.db);

  const took: Record<string, number> = {};
  // The fastest of five: the machine may be busy with other things.
  const measure = async (name: string, work: () => Promise<unknown>) => {
    const times: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const begin = performance.now();
      await work();
      times.push(performance.now() - begin);
    }
    took[name] = Math.min(...times);
  };
  const open = async () => {
    const opened = await openLedger({ file, clock: systemClock, logger: silentLogger });
    assert(opened.kind === 'open', JSON.stringify(opened));
    return opened.ledger;
  };
  await measure('start and stop', async () => (await open()).close());
  const ledger = await open();
  t.after(() => ledger.close());
  await measure('open', () => ledger.drafts.open());
  await measure('counts', () => ledger.drafts.counts());
  await measure('settled', () => ledger.drafts.settled(20));
  await measure('byPlace', () => ledger.drafts.byPlace('Done', 'LINKEDIN_5.md'));
  await measure('byTrace', () => ledger.drafts.byTrace({ contentHash: 'hash3', inode: '1:5', name: 'daily.md' }));
  t.diagnostic(
    Object.entries(took)
      .map(([name, ms]) => `${name} ${ms.toFixed(2)} ms`)
      .join(', '),
  );

  assert.equal((await ledger.drafts.counts()).done, 100_000);
  for (const [name, ms] of Object.entries(took)) {
    assert.ok(ms < (name === 'start and stop' ? 100 : 10), `${name} took ${ms} ms`);
  }
});

test('no statement of the ledger walks through a whole table', async (t) => {
  const opened = openDatabase(join(await temporaryFolder(t), 'ledger.db'));
  assert(opened.kind === 'open');
  const { db } = opened;
  t.after(() => closeDatabase(db));
  const statements: string[] = [];
  const listening: typeof db = {
    inTransaction: db.inTransaction,
    open: db.open,
    prepare(sql) {
      statements.push(sql);
      return db.prepare(sql);
    },
    exec: (sql) => db.exec(sql),
    function: (name, options, call) => db.function(name, options, call),
    pragma: (sql, options) => db.pragma(sql, options),
    transaction: (work) => db.transaction(work),
    backup: (to) => db.backup(to),
    close: () => db.close(),
  };
  createTables({ db: listening, clock: systemClock });

  // Partial indexes hold only what is open or of the last weeks, eight counters are eight rows, the rest is the statement's
  // own values.
  const short =
    /VIRTUAL TABLE|subquery|CONSTANT|draft_counts|USING (COVERING )?INDEX (drafts_open|drafts_settled|items_unfinished|undrafted_(open|untold))/;
  assert.ok(statements.length > 40, `${statements.length} statements were seen`);
  for (const sql of statements) {
    const names = [...sql.matchAll(/@(\w+)/g)].map(([, name]) => [name, '[]']);
    const values = [...sql.matchAll(/\?/g)].map(() => 1);
    const explain = db.prepare<{ readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
    const plan = names.length > 0 ? explain.all(Object.fromEntries(names)) : explain.all(...values);
    for (const { detail } of plan) {
      assert.ok(!detail.startsWith('SCAN') || short.test(detail), `${detail}\n${sql}`);
    }
    const sorts = plan.some(({ detail }) => /TEMP B-TREE FOR .*ORDER BY/.test(detail));
    // Only this one sorts, and at most 60 rows.
    if (sorts) assert.match(sql, /UNION SELECT/, `sorts all it finds:\n${sql}`);
  }
});
