/** The real process while a place of its vault is not what it seems: the rest goes on, it says so, and it obeys. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { localDate } from '../../src/lib/local-time.ts';
import { makePipe, onPosix } from '../support/odd-files.ts';
import { createProductWorld } from '../support/product-world.ts';
import type { ProductWorld } from '../support/product-world.ts';
import { until } from '../support/until.ts';

const post = (words: string) => `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n${words}\n`;
const cli = fileURLToPath(new URL('../../src/cli/index.ts', import.meta.url));

const doctor = (world: ProductWorld): Promise<string> =>
  new Promise((resolve) => {
    const env = { PATH: process.env['PATH'], VAULT_PATH: world.vaultPath, DATA_DIR: join(world.home, 'state') };
    execFile(process.execPath, [cli, 'doctor'], { cwd: world.home, env }, (_error, out, err) => resolve(out + err));
  });

const health = async (world: ProductWorld): Promise<{ status: number; words: string }> => {
  const answer = await fetch(`${world.note().url}/healthz`);
  return { status: answer.status, words: ((await answer.json()) as { words: string }).words };
};

const stopped = async (world: ProductWorld) => {
  const before = Date.now();
  const code = await world.stop();
  assert.ok(Date.now() - before < 10_000, 'within ten seconds');
  assert.equal(code, 0);
};

it(
  'with a pipe for its log: cards come, drafts leave, its health says so, it stops, and it starts',
  onPosix,
  async (t) => {
    const world = await createProductWorld(t, { holdSeconds: 0 });
    const logs = [0, 86_400_000].map((later) =>
      join(world.vaultPath, 'Logs', `orchestrator_${localDate(new Date(Date.now() + later)).replaceAll('-', '')}.log`),
    );
    for (const log of [...logs, join(world.vaultPath, 'Logs', 'record.log')]) {
      // In one step: a line may be said at any time.
      makePipe(join(world.home, 'pipe'));
      renameSync(join(world.home, 'pipe'), log);
    }
    world.drop('Pending_Approval/LINKEDIN_one.md', post('Number one.'));
    const card = await world.message('Number one.', 'Approve');
    const told = await until(async () => {
      const now = await health(world);
      return now.status === 503 && now.words.includes('record.log') && now.words.includes('The log of the day')
        ? now
        : undefined;
    }, 'the health tells both');
    assert.match(
      told.words,
      /Logs\/record\.log is a pipe; a plain file is wanted there\. Take it away: it goes on by itself\./,
    );
    assert.match(told.words, /Logs\/orchestrator_\d{8}\.log is a pipe/);
    assert.match(await doctor(world), /✗ vault: Logs\/record\.log is a pipe/);
    world.owner.tap(card.id, { label: 'Approve' });
    await world.file('Done', 'LINKEDIN_one.md');
    await stopped(world);
    assert.match(
      await doctor(world),
      /✗ Logs\/record\.log is a pipe; a plain file is wanted there\.\n +→ Take it away/,
    );
    await world.start('vault');
    world.drop('Pending_Approval/LINKEDIN_two.md', post('Number two.'));
    await world.message('Number two.', 'Approve');
    for (const log of readdirSync(join(world.vaultPath, 'Logs')).filter((name) => name.endsWith('.log')))
      rmSync(join(world.vaultPath, 'Logs', log));
    await until(async () => (await health(world)).status === 200, 'it is well again by itself');
    await until(
      () =>
        /\| approve \| LINKEDIN_one\.md .*\n.*\| passed the point of no return \| LINKEDIN_one\.md /.test(
          world.read('Logs/record.log'),
        ),
      'the log of decisions has caught up with what it could not write',
    );
    await stopped(world);
  },
);

it(
  'with a link for its Inbox: nothing outside moves or is read, and it goes on when the folder is back',
  onPosix,
  async (t) => {
    const world = await createProductWorld(t);
    const inbox = join(world.vaultPath, 'Inbox');
    const outside = join(world.home, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'secret.txt'), 'nobody’s business');
    renameSync(inbox, join(world.home, 'inbox'));
    symlinkSync(outside, inbox);
    const words = await until(async () => {
      const now = await health(world);
      return now.status === 503 ? now.words : undefined;
    }, 'the health tells it');
    assert.match(words, /Inbox is a link to another place; a folder is wanted there\. Put a folder in its place/);
    await until(
      async () => /✗ folder: The folder Inbox can’t be read: Inbox is a link/.test(await doctor(world)),
      'so does the part',
      60_000,
    );
    world.drop('Pending_Approval/LINKEDIN_one.md', post('Number one.'));
    await world.message('Number one.', 'Approve');
    assert.deepEqual(
      [readdirSync(outside), readFileSync(join(outside, 'secret.txt'), 'utf8')],
      [['secret.txt'], 'nobody’s business'],
    );
    assert.deepEqual(world.list('Needs_Action'), []);
    rmSync(inbox);
    renameSync(join(world.home, 'inbox'), inbox);
    world.drop('Inbox/note.txt', 'Call Sara.');
    await world.file('Needs_Action', 'FILE_note');
    await until(async () => (await health(world)).status === 200, 'all is well');
    await stopped(world);
  },
);
