import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { emptyEffect } from '../../../src/domain/effect.ts';
import type { Effect } from '../../../src/domain/effect.ts';
import { openLedger } from '../../../src/ledger/ledger.ts';
import { likenessHash } from '../../../src/ledger/likeness.ts';
import { migrate, readMigrations } from '../../../src/ledger/migrate.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { temporaryFolder } from './folder.ts';

const effect: Effect = { ...emptyEffect, platform: 'p', action: 'post', account: 'a', text: 'One.' };
/** As a version that knew fewer fields wrote it. */
const stored = JSON.stringify({ platform: 'p', action: 'post', account: 'a', text: 'One.' });

const old = (id: string, state: string, layout: string) => `
  INSERT INTO drafts (id, key, state, folder, path, name, content_hash, inode, size, mtime_ms, revision, platform,
    account, created_at, updated_at)
  VALUES ('${id}', 'key-${id}', '${state}', 'Done', '${id}.md', '${id}.md', '${id}', '1:${id}', 1, 1, 'r', 'p', 'a', 1, 1);
  INSERT INTO revisions (draft_id, hash, effect, problems, original, layout, at)
  VALUES ('${id}', 'r', '${stored}', '[]', '', '{"kind":"${layout}"}', 1);
  INSERT INTO decisions (id, draft_id, revision, verb, actor_source, actor_id, actor_name, at, reason)
  VALUES ('e-${id}', '${id}', 'r', 'approve', 'chat', '7', 'Sara', 1, '');`;
const tried = (id: string, number: number, outcome: string, committed: string, words: string) => `
  INSERT INTO attempts (id, draft_id, number, decision_id, revision, phase, started_at, committed_at, ended_at, outcome, words)
  VALUES ('t-${id}${number}', '${id}', ${number}, 'e-${id}', 'r', 'ended', 1, ${committed}, 2, '${outcome}', '${words}');`;

test('a ledger from before: what left and what waits is known by what it says, and old buttons fit nothing', async (t) => {
  const file = join(await temporaryFolder(t), 'ledger.db');
  const db = new Database(file);
  assert.equal(migrate(db, readMigrations().slice(0, 5)), 'ready');
  const now = Date.now();
  db.exec(old('left', 'done', 'draft') + tried('left', 1, 'retry_later', 'NULL', 'Everything is paused.'));
  db.exec(tried('left', 2, 'posted', String(now), ''));
  db.exec(old('waits', 'pending', 'draft'));
  db.exec(old('unread', 'pending', 'unclear'));
  db.close();

  const opened = await openLedger({ file, clock: systemClock, logger: silentLogger });
  assert(opened.kind === 'open', JSON.stringify(opened));
  t.after(() => opened.ledger.close());
  const { drafts, revisions, decisions, attempts } = opened.ledger;
  const likeness = likenessHash(effect);

  const left = await attempts.leftAlike(likeness, new Date(now - 1_000));
  assert.deepEqual(
    left.map(({ draftId, certain }) => [draftId, certain]),
    [['left', true]],
  );
  assert.deepEqual(
    (await drafts.alike(likeness, 'left')).map(({ id }) => id),
    ['waits'],
    'what was not read as a draft is like nothing',
  );
  const marks = await Promise.all(['left', 'waits', 'unread'].map(async (id) => (await revisions.find(id, 'r'))?.mark));
  for (const mark of marks) assert.match(mark ?? '', /^[0-9a-f]{20}$/);
  assert.equal(new Set(marks).size, 3);
  assert.deepEqual(
    (await attempts.of('left')).map(({ held }) => held),
    [true, false],
  );
  assert.equal((await decisions.of('left'))[0]?.knew, undefined, 'nobody was asked then');
});
