/** The composition root itself: what begins in which order. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as rest } from 'node:timers/promises';
import { createApp } from '../../src/app/index.ts';
import type { App } from '../../src/app/index.ts';
import { readConfig } from '../../src/config/index.ts';
import { linkedin } from '../../src/executors/platforms.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { createFakeExecutor, sends } from '../support/fake-executor.ts';
import { until } from '../support/until.ts';

const draft = 'LINKEDIN_news.md';

test('a start finishes what was approved meanwhile before it looks for anything new', async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'countersign-app-'));
  const vault = join(home, 'vault');
  const environment = { VAULT_PATH: vault, DATA_DIR: join(home, 'state'), WEB_PORT: '0', HOLD_SECONDS: '0' };
  const config = readConfig(environment, home);
  assert.ok(config.kind === 'settings');
  const executor = createFakeExecutor(linkedin);
  let app: App | undefined;
  const start = async () => {
    const made = await createApp(config.settings, {
      clock: systemClock,
      random: systemRandom,
      pid: process.pid,
      version: 'test',
      environment: {},
      echo: () => undefined,
      show: () => undefined,
      uptimeMs: () => performance.now(),
      memoryBytes: () => 0,
      executors: async () => [executor],
    });
    assert.ok(made.kind === 'app', JSON.stringify(made));
    app = made.app;
    await app.start();
  };
  const mayLeave = Promise.withResolvers<void>();
  t.after(async () => {
    mayLeave.resolve();
    await app?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  await start();
  writeFileSync(join(vault, 'Pending_Approval', draft), '---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nNews.\n');
  await until(async () => (await app?.door.cards(9))?.some(({ mood }) => mood === 'asks'), 'the draft asks');
  await app?.stop();
  renameSync(join(vault, 'Pending_Approval', draft), join(vault, 'Approved', draft));
  writeFileSync(join(vault, 'Inbox', 'note.txt'), 'Call Sara.');
  executor.next(async (effect, run, send) => {
    await mayLeave.promise;
    return await sends(effect, run, send);
  });

  // A file that was written just now is left alone for a moment in any case.
  await rest(1_000);
  const isUp = start();
  await until(() => executor.runs.length === 1, 'it is carried out');
  // Shorter than a start waits for what takes long, and longer than a watcher needs.
  await rest(500);
  assert.ok(existsSync(join(vault, 'Inbox', 'note.txt')), 'nothing new is looked for meanwhile');
  mayLeave.resolve();
  await isUp;
  await until(() => readdirSync(join(vault, 'Needs_Action')).some((name) => name.endsWith('.md')), 'now it is');
  await until(() => existsSync(join(vault, 'Done', draft)), 'the draft is done');
  assert.equal(executor.effects.length, 1);
});
