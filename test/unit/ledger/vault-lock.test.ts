import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { acquireVaultLock } from '../../../src/ledger/vault-lock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { until } from '../../support/until.ts';
import { createHeldClock } from '../../support/held-clock.ts';
import { temporaryFolder } from './folder.ts';

const clock = createHeldClock(new Date('2026-03-01T12:00:00.000Z'));
const child = fileURLToPath(new URL('./lock-child.ts', import.meta.url));

test('of two processes on one vault the second is told who holds it', async (t) => {
  const root = await temporaryFolder(t);
  await mkdir(join(root, 'vault'));
  await symlink(join(root, 'vault'), join(root, 'link'), 'junction');
  const acquire = (dir: string, vault: string, pid: number) =>
    acquireVaultLock({
      dir: join(root, dir),
      vaultPath: join(root, vault),
      pid,
      clock,
      logger: silentLogger,
      userDir: join(root, 'home'),
    });

  const held = acquire('data', 'vault', 11);
  assert(held.kind === 'held');
  const taken = { kind: 'taken', pid: 11, since: '2026-03-01T12:00:00.000Z' };
  assert.deepEqual(acquire('data', 'vault', 12), taken, 'same DATA_DIR, same vault');
  assert.deepEqual(acquire('data', 'other', 12), taken, 'same DATA_DIR, another vault: the ledger is one');
  assert.deepEqual(acquire('elsewhere', 'vault', 12), taken, 'another DATA_DIR, same vault');
  assert.deepEqual(acquire('elsewhere', 'link', 12), taken, 'another DATA_DIR, same vault by another way');
  const stranger = acquire('elsewhere', 'not-made-yet', 12);
  assert(stranger.kind === 'held', 'another DATA_DIR, another vault');

  held.release();
  const next = acquire('data', 'vault', 13);
  assert(next.kind === 'held');
  next.release();
  stranger.release();
  assert.deepEqual(await readdir(join(root, 'vault')), [], 'nothing of it lies in the vault');
});

test('the lock ends with its holder, also after kill -9', { timeout: 30_000 }, async (t) => {
  const root = await temporaryFolder(t);
  const holder = spawn(process.execPath, [child, root], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(holder, 'close');
  t.after(() => holder.kill('SIGKILL'));
  const [said] = (await once(holder.stdout, 'data')) as [Buffer];
  assert.equal(said.toString(), 'held\n');
  const acquire = () =>
    acquireVaultLock({
      dir: join(root, 'data'),
      vaultPath: join(root, 'vault'),
      pid: 1,
      clock,
      logger: silentLogger,
      userDir: join(root, 'home'),
    });

  const taken = acquire();
  assert(taken.kind === 'taken');
  assert.equal(taken.pid, holder.pid);
  holder.kill('SIGKILL');
  await closed;
  const held = await until(() => {
    const lock = acquire();
    return lock.kind === 'held' && lock;
  }, 'the lock is free');
  held.release();
});

test('a home that can’t be written costs only the second lock', async (t) => {
  const root = await temporaryFolder(t);
  await writeFile(join(root, 'home'), 'a file, not a folder');
  const warnings: string[] = [];
  const lock = acquireVaultLock({
    dir: join(root, 'data'),
    vaultPath: join(root, 'vault'),
    pid: 1,
    clock,
    logger: { ...silentLogger, warn: (message) => void warnings.push(message) },
    userDir: join(root, 'home'),
  });

  assert(lock.kind === 'held');
  assert.equal(warnings.length, 1);
  lock.release();
});

test('a DATA_DIR that can’t be written is refused in words', async (t) => {
  const root = await temporaryFolder(t);
  await writeFile(join(root, 'data'), 'a file, not a folder');
  const lock = acquireVaultLock({
    dir: join(root, 'data'),
    vaultPath: join(root, 'vault'),
    pid: 1,
    clock,
    logger: silentLogger,
    userDir: join(root, 'home'),
  });

  assert(lock.kind === 'refused');
  assert.match(lock.remedy, /DATA_DIR/);
});
