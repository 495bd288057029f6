import assert from 'node:assert/strict';
import { chmod, mkdir, open, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { closeDatabase, openDatabase } from '../../../src/ledger/database.ts';
import { createInboxes } from '../../../src/ledger/inbox.ts';
import { migrate } from '../../../src/ledger/migrate.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { temporaryFolder } from './folder.ts';

function mustOpen(file: string) {
  const opened = openDatabase(file);
  assert(opened.kind === 'open', JSON.stringify(opened));
  return opened.db;
}

describe('the connection', () => {
  test('every commit is synced: FULL still holds after statements, in WAL mode', async (t) => {
    const folder = await temporaryFolder(t);
    for (const round of ['new', 'opened again']) {
      const db = mustOpen(join(folder, 'ledger.db'));
      db.exec(`INSERT INTO flags VALUES ('${round}', 'x')`);
      assert.equal(db.pragma('synchronous', { simple: true }), 2, round);
      assert.equal(db.pragma('journal_mode', { simple: true }), 'wal');
      assert.equal(db.pragma('foreign_keys', { simple: true }), 1);
      assert.ok((await readdir(folder)).includes('ledger.db-wal'));
      closeDatabase(db);
    }
  });

  test('only its owner can read the file and what lies beside it', async (t) => {
    const folder = join(await temporaryFolder(t), 'state');
    const file = join(folder, 'ledger.db');
    closeDatabase(mustOpen(file));
    await chmod(file, 0o644);
    const db = mustOpen(file);
    db.exec(`INSERT INTO flags VALUES ('a', 'b')`);

    const modes = await Promise.all(
      [folder, ...['', '-wal', '-shm'].map((end) => file + end)].map(async (path) => (await stat(path)).mode & 0o777),
    );
    assert.deepEqual(modes, process.platform === 'win32' ? modes : [0o700, 0o600, 0o600, 0o600]);
    closeDatabase(db);
  });

  test('a ledger of a newer version is left alone', async (t) => {
    const file = join(await temporaryFolder(t), 'ledger.db');
    const db = mustOpen(file);
    db.exec('PRAGMA user_version = 9999');
    closeDatabase(db);

    const opened = openDatabase(file);
    assert(opened.kind === 'refused');
    assert.match(opened.what, /newer version/);
  });

  test('a file that is no ledger, or a place that is no folder, is refused in words', async (t) => {
    const folder = await temporaryFolder(t);
    const file = join(folder, 'ledger.db');
    await writeFile(file, 'Dear diary, '.repeat(1000));
    const opened = openDatabase(file);
    assert(opened.kind === 'refused');
    assert.match(opened.what, /damaged/);

    const below = openDatabase(join(file, 'ledger.db'));
    assert(below.kind === 'refused');
    assert.match(below.remedy, /DATA_DIR/);

    await mkdir(join(folder, 'folder.db'));
    assert.equal(openDatabase(join(folder, 'folder.db')).kind, 'refused');
  });

  test('damage is looked for after a stop that was not orderly, and only then', async (t) => {
    const folder = await temporaryFolder(t);
    const damagedAfter = async (name: string, close: (db: ReturnType<typeof mustOpen>) => void) => {
      const file = join(folder, name);
      const db = mustOpen(file);
      const page = db
        .prepare<{ readonly rootpage: number }>(`SELECT rootpage FROM sqlite_schema WHERE name = 'jobs'`)
        .get();
      assert(page !== undefined);
      close(db);
      const bytes = await open(file, 'r+');
      await bytes.write(Buffer.alloc(64, 0xff), 0, 64, (page.rootpage - 1) * 4096);
      await bytes.close();
      return openDatabase(file);
    };

    const unclean = await damagedAfter('unclean.db', (db) => db.close());
    assert(unclean.kind === 'refused');
    assert.match(unclean.what, /damaged/);
    const clean = await damagedAfter('clean.db', closeDatabase);
    assert(clean.kind === 'open', 'a check would cost seconds at every start');
    clean.db.close();
  });

  test('what an update said is gone once it is done; its id stays', async (t) => {
    const db = mustOpen(join(await temporaryFolder(t), 'ledger.db'));
    const inbox = createInboxes(db, systemClock)('chat');
    inbox.store([{ id: '5', payload: 'a private message', receivedAt: new Date() }], '6');
    inbox.done('5');

    const rows = db.prepare<object>('SELECT id, payload, state FROM inbox').all();
    assert.deepEqual(rows, [{ id: '5', payload: '', state: 'done' }]);
    closeDatabase(db);
  });

  test('proof can be neither deleted nor changed, whoever asks', async (t) => {
    const db = mustOpen(join(await temporaryFolder(t), 'ledger.db'));
    db.exec(`
      INSERT INTO drafts VALUES (1, 'a', 'k', 'done', 'Done', 'p', 'p', 'c', 'i', 1, 1.5, 'r', '', '', NULL, NULL, 1, 1, '', 0);
      INSERT INTO revisions VALUES ('a', 'r', '{}', '[]', '', 1, '{}', '', '');
      INSERT INTO decisions VALUES (1, 'd', 'a', 'r', 'approve', 's', 'i', 'n', 1, '', NULL, '[]');
      INSERT INTO attempts (id, draft_id, number, decision_id, revision, phase, started_at, words)
        VALUES ('t', 'a', 1, 'd', 'r', 'started', 1, '');
    `);

    for (const table of ['attempts', 'decisions', 'revisions', 'drafts']) {
      assert.throws(() => db.exec(`DELETE FROM ${table}`), /never deleted/, table);
    }
    assert.throws(() => db.exec(`UPDATE decisions SET verb = 'reject'`), /never change/);
    assert.throws(() => db.exec(`UPDATE revisions SET effect = '{"text":"other"}'`), /never changes/);
    closeDatabase(db);
  });
});

describe('migrations', () => {
  test('each is applied once, and one that fails leaves the version before it', async (t) => {
    const db = mustOpen(join(await temporaryFolder(t), 'ledger.db'));
    const base = Number(db.pragma('user_version', { simple: true }));
    const known = Array.from({ length: base }, (_, index) => ({ version: index + 1, sql: 'not applied again' }));
    const good = { version: base + 1, sql: 'CREATE TABLE more (a)' };
    const bad = { version: base + 2, sql: 'CREATE TABLE half (a); CREATE TABLE half (a)' };

    assert.equal(migrate(db, [...known, good]), 'ready');
    assert.equal(migrate(db, [...known, good]), 'ready');
    assert.throws(() => migrate(db, [...known, good, bad]));
    assert.equal(db.pragma('user_version', { simple: true }), base + 1);
    assert.equal(migrate(db, [...known, good, { version: base + 2, sql: 'CREATE TABLE half (a)' }]), 'ready');
    assert.equal(migrate(db, known), 'newer');
    closeDatabase(db);
  });
});
