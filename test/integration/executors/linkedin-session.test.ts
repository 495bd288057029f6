import assert from 'node:assert/strict';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { createFakeRun } from '../../support/fake-run.ts';
import { createLinkedinExecutor } from '../../../src/executors/linkedin/executor.ts';
import { createLinkedinWorld, member, postOf } from '../../support/linkedin-world.ts';
import { until } from '../../support/until.ts';
import { loginLinkedin } from '../../../src/executors/linkedin/login.ts';

type World = Awaited<ReturnType<typeof createLinkedinWorld>>;

const within = async (config: Parameters<typeof createLinkedinWorld>[0], test: (world: World) => Promise<void>) => {
  const world = await createLinkedinWorld(config);
  try {
    await test(world);
  } finally {
    await world.close();
  }
};

const logins = (world: World) => world.site.requests().filter(({ path }) => path.includes('login-submit')).length;
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const link = (world: World, waitMs = 5000) => loginLinkedin({ ...world.parts, waitMs, say: () => undefined });

it('a login by hand is kept: the next post needs no password', () =>
  within({}, async (world) => {
    assert.deepEqual(await link(world), { kind: 'linked', handle: member.handle, name: member.name });
    const outcome = await world.executor.carryOut(postOf('Kept.'), createFakeRun().run);
    assert.equal(outcome.kind, 'posted', JSON.stringify(outcome));
    assert.equal(logins(world), 1);
  }));

it('a lost browser profile is restored from the encrypted copy', () =>
  within({}, async (world) => {
    await link(world);
    await rm(world.parts.config.profileDir, { recursive: true });
    const outcome = await world.executor.carryOut(postOf('Restored.'), createFakeRun().run);
    assert.equal(outcome.kind, 'posted', JSON.stringify(outcome));
    assert.equal(logins(world), 1);
  }));

it('what lies beside the profile is readable by its owner only and holds no cookie in the clear', () =>
  within({}, async (world) => {
    await link(world);
    const folder = join(world.folder, 'browser');
    const names = (await readdir(folder)).toSorted();
    assert.deepEqual(names, ['linkedin', 'linkedin-identity.json', 'linkedin-session.enc', 'session.key']);
    for (const name of names) assert.equal((await stat(join(folder, name))).mode & 0o077, 0, name);
    assert.doesNotMatch(await readFile(join(folder, 'linkedin-session.enc'), 'latin1'), /li_at/);
  }));

it('without an address the linked member is the account, and nothing is linked before', () =>
  within({ email: '', password: '' }, async (world) => {
    assert.equal(world.executor.account, '');
    assert.deepEqual(
      world.executor.missing().map(({ code }) => code),
      ['platform_not_set_up'],
    );
    const outcome = await world.executor.carryOut({ ...postOf('No.'), account: '' }, createFakeRun().run);
    assert.equal(outcome.kind, 'needs_login', JSON.stringify(outcome));
    assert.equal(logins(world), 0);
  }));

it('a login that nobody makes ends with words', () =>
  within({ email: '', password: '' }, async (world) => {
    const linked = await link(world, 600);
    assert.equal(linked.kind === 'not_linked' && linked.problem.code, 'needs_login');
  }));

it('a code that is wanted asks for the person', () =>
  within({}, async (world) => {
    world.site.scenario({ session: 'code' });
    const outcome = await world.executor.carryOut(postOf('No.'), createFakeRun().run);
    assert.equal(outcome.kind === 'needs_login' && outcome.problem.code, 'checkpoint', JSON.stringify(outcome));
  }));

it('a browser that starts and then says nothing is given up in time, and gone after the stop', () =>
  within({ waits: { step: 250 } }, async (world) => {
    const mute = join(world.folder, 'mute-browser');
    const pidFile = join(world.folder, 'pid');
    await writeFile(mute, `#!/bin/sh\necho $$ > '${pidFile}'\nexec sleep 600\n`, { mode: 0o755 });
    const executor = createLinkedinExecutor({
      ...world.parts,
      config: { ...world.parts.config, browserPath: mute },
    });
    try {
      const outcome = await executor.carryOut(postOf('Not now.'), createFakeRun().run);
      assert.equal(outcome.kind === 'retry_later' && outcome.problem.code, 'no_browser', JSON.stringify(outcome));
    } finally {
      await executor.stop();
    }
    const pid = Number(await readFile(pidFile, 'utf8'));
    await until(() => !isAlive(pid), 'the mute browser is gone');
  }));

it('a profile that is open elsewhere is tried again later', () =>
  within({}, async (world) => {
    const other = createLinkedinExecutor(world.parts);
    let second: unknown;
    try {
      const run = createFakeRun({
        commit: async () => {
          second = await other.carryOut(postOf('Second.'), createFakeRun().run);
          return { kind: 'go' };
        },
      });
      assert.equal((await world.executor.carryOut(postOf('First.'), run.run)).kind, 'posted');
      assert.match(JSON.stringify(second), /"retry_later".*open somewhere else/);
      assert.deepEqual(world.texts(), ['First.']);
    } finally {
      await other.stop();
    }
  }));

it('a browser that is not there is said so', () =>
  within({ browserPath: '/nowhere/chrome' }, async (world) => {
    const outcome = await world.executor.carryOut(postOf('No.'), createFakeRun().run);
    assert.equal(outcome.kind === 'refused' && outcome.problem.code, 'no_browser', JSON.stringify(outcome));
  }));
