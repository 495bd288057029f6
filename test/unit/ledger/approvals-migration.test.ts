import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { approvalsOf } from '../../../src/domain/approvals.ts';
import { openLedger } from '../../../src/ledger/ledger.ts';
import { migrate, readMigrations } from '../../../src/ledger/migrate.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { temporaryFolder } from './folder.ts';

/** A draft in this state with these decisions, all of one text, as a ledger before approvals were counted had them. */
const old = (id: string, state: string, verbs: readonly string[]) => `
  INSERT INTO drafts (id, key, state, folder, path, name, content_hash, inode, size, mtime_ms, revision, platform,
    account, created_at, updated_at)
  VALUES ('${id}', 'key-${id}', '${state}', 'Approved', '${id}.md', '${id}.md', '${id}', '1:${id}', 1, 1, 'r', 'p', 'a', 1, 1);
  INSERT INTO revisions (draft_id, hash, effect, problems, original, at) VALUES ('${id}', 'r', '{}', '[]', '', 1);
  ${verbs
    .map(
      (verb, at) =>
        `INSERT INTO decisions (id, draft_id, revision, verb, actor_source, actor_id, actor_name, at, reason)
         VALUES ('${id}${at}', '${id}', 'r', '${verb}', 'chat', '${at}', 'Sara', 1, '');`,
    )
    .join('\n')}`;

test('a ledger from before: what is approved stays approved by one, what is asked has no approval yet', async (t) => {
  const file = join(await temporaryFolder(t), 'ledger.db');
  const db = new Database(file);
  assert.equal(migrate(db, readMigrations().slice(0, 3)), 'ready');
  db.exec(old('asked', 'pending', ['approve']));
  db.exec(old('waits', 'approved', ['approve', 'approve']));
  db.exec(old('runs', 'in_progress', ['approve', 'edit', 'approve']));
  db.exec(old('over', 'done', ['approve']));
  db.exec(`INSERT INTO attempts (id, draft_id, number, decision_id, revision, phase, started_at, words)
    VALUES ('t', 'over', 1, 'over0', 'r', 'started', 1, '')`);
  db.close();

  const opened = await openLedger({ file, clock: systemClock, logger: silentLogger });
  assert(opened.kind === 'open', JSON.stringify(opened));
  t.after(() => opened.ledger.close());
  const { drafts, decisions, attempts } = opened.ledger;
  const counts = async (id: string) => {
    const draft = await drafts.byId(id);
    assert.ok(draft);
    return approvalsOf(await decisions.of(id), draft, new Map()).map((one) => one.id);
  };
  assert.deepEqual(await counts('asked'), []);
  assert.deepEqual(await counts('waits'), ['waits1']);
  assert.deepEqual(await counts('runs'), ['runs2']);
  assert.equal((await attempts.byId('t'))?.needed, 1);
});
