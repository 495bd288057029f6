import assert from 'node:assert/strict';
import { mkdtemp, mkdir, readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { createRoot } from '../../../src/lib/root.ts';
import type { Folder } from '../../../src/domain/lifecycle.ts';
import { createDayLog } from '../../../src/vault/day-log.ts';
import { createFolderWatch } from '../../../src/vault/folder-watch.ts';
import { createRunFiles } from '../../../src/vault/run-files.ts';
import { createStatusFiles } from '../../../src/vault/status-files.ts';
import { createHeldClock } from '../../support/held-clock.ts';
import { until } from '../../support/until.ts';

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'files-'));
  t.after(() => rm(path, { recursive: true, force: true }));
  return path;
}

test('the status files are as other programs expect them', async (t) => {
  const path = await folder(t);
  const clock = createHeldClock(new Date(2026, 1, 19, 14, 30, 0));
  const files = createStatusFiles({ root: createRoot(path), clock });
  await Promise.all([
    files.status('old'),
    files.status('✓ Gmail check completed\nforged'),
    files.report({ running: true }),
  ]);
  const status = await readFile(join(path, 'orchestrator_status.txt'), 'utf8');
  assert.equal(status, 'Last update: 2026-02-19T14:30:00\n✓ Gmail check completed forged\n');
  assert.deepEqual(JSON.parse(await readFile(join(path, 'orchestrator_report.json'), 'utf8')), { running: true });
  assert.equal((await readdir(path)).length, 2);
});

test('the log has one line per entry, masked, in the file of its day', async (t) => {
  const path = await folder(t);
  const clock = createHeldClock(new Date(2026, 1, 19, 23, 59, 59));
  const echoed: string[] = [];
  const mask = (text: string) => text.replaceAll('hunter22', '***');
  const file = join(path, 'Logs', 'orchestrator.log');
  const log = createDayLog({
    place: createRoot(path),
    file,
    level: 'INFO',
    clock,
    mask,
    echo: (line) => echoed.push(line),
  });
  log.debug('not this');
  log.info('password hunter22\nforged line');
  await clock.advance(1_000);
  log.error('it failed', new Error('because'));
  await log.flush();
  const text = (day: string) => readFile(join(path, 'Logs', `orchestrator_${day}.log`), 'utf8');
  assert.equal(
    await text('20260219'),
    '2026-02-19 23:59:59 - MasterOrchestrator - INFO - password ***\\nforged line\n',
  );
  assert.equal(await text('20260220'), '2026-02-20 00:00:00 - MasterOrchestrator - ERROR - it failed (because)\n');
  assert.equal(echoed.length, 2);
  await log.close();
});

test('a log that can’t be written stops nobody, and nothing said is lost', async (t) => {
  const path = await folder(t);
  const clock = createHeldClock(new Date(2026, 1, 19, 12, 0, 0));
  const file = join(path, 'a', 'o.log');
  const log = createDayLog({ place: createRoot(path), file, level: 'DEBUG', clock, mask: (text) => text });
  await writeFile(join(path, 'a'), 'a file where the folder should be');
  log.info('one');
  await log.flush();
  await rm(join(path, 'a'));
  log.info('two');
  await log.close();
  assert.match(await readFile(join(path, 'a', 'o_20260219.log'), 'utf8'), /INFO - one\n.*INFO - two\n$/);
});

test('an attempt leaves a log and pictures, and nothing else can be read through it', async (t) => {
  const path = await folder(t);
  const files = createRunFiles({
    root: createRoot(path),
    clock: systemClock,
    mask: (text) => text.replaceAll('hunter22', '***'),
  });
  const run = await files.open('run1');
  run.log('opened with hunter22\nforged');
  await run.keep('after-post.png', Buffer.from('picture'));
  await assert.rejects(run.keep('../evil.png', Buffer.from('x')));
  await run.close();
  assert.deepEqual(await files.files('run1'), ['after-post.png', 'log.txt']);
  assert.match(
    Buffer.from((await files.read('run1', 'log.txt')) ?? []).toString(),
    /^\d\d:\d\d:\d\d opened with \*\*\*\\nforged\n$/,
  );
  await writeFile(join(path, 'secret.txt'), 'secret');
  await symlink(path, join(path, 'Logs', 'runs', 'linked'));
  await symlink(join(path, 'secret.txt'), join(path, 'Logs', 'runs', 'run1', 'secret.txt'));
  for (const [id, name] of [
    ['linked', 'secret.txt'],
    ['run1', 'secret.txt'],
    ['..', 'a.txt'],
    ['run1', '../../../secret.txt'],
  ] as const) {
    assert.equal(await files.read(id, name), undefined);
  }
  assert.deepEqual(await files.files('nothing'), []);
});

test('the folder watch hints at each folder in which something happened', async (t) => {
  const path = await folder(t);
  for (const name of ['Pending_Approval', 'Approved', 'Done']) await mkdir(join(path, name));
  await writeFile(join(path, 'Pending_Approval', 'a.md'), 'x');
  const hints: Folder[] = [];
  const folders: readonly Folder[] = ['Pending_Approval', 'Approved'];
  const watch = createFolderWatch({
    vaultPath: path,
    folders,
    onHint: (name) => hints.push(name),
    logger: silentLogger,
  });
  t.after(() => watch.stop());
  await watch.start();
  assert.equal(hints.length, 0);
  await rename(join(path, 'Pending_Approval', 'a.md'), join(path, 'Approved', 'a.md'));
  await until(() => folders.every((name) => hints.includes(name)), 'both folders are told');
  await mkdir(join(path, 'Approved', 'email'));
  await writeFile(join(path, 'Approved', 'email', 'b.md'), 'x');
  await until(() => hints.length > 2, 'the sub-folder is told');
  await watch.stop();
  const count = hints.length;
  await writeFile(join(path, 'Approved', 'c.md'), 'x');
  assert.equal(hints.length, count);
});

test('a folder watch that is stopped while it starts ends both', async (t) => {
  const path = await folder(t);
  await mkdir(join(path, 'Approved'));
  const hints: Folder[] = [];
  const watch = createFolderWatch({
    vaultPath: path,
    folders: ['Approved'],
    onHint: (name) => hints.push(name),
    logger: silentLogger,
  });
  const starting = watch.start();
  await watch.stop();
  await starting;
  await writeFile(join(path, 'Approved', 'a.md'), 'x');
  assert.deepEqual(hints, []);
});
