import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { commandIn as command } from '../support/command.ts';
import { createProductWorld } from '../support/product-world.ts';
import { until } from '../support/until.ts';

const post = (words: string) => `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n${words}\n`;
describe('a restart', () => {
  it('loses nothing: cards, taps made meanwhile, holds and drafts go on', async (t) => {
    const world = await createProductWorld(t, { holdSeconds: 2 });
    world.drop('Pending_Approval/LINKEDIN_one.md', post('Number one.'));
    world.drop('Pending_Approval/LINKEDIN_two.md', post('Number two.'));
    const one = await world.message('Number one.', 'Approve');
    const two = await world.message('Number two.', 'Approve');
    world.owner.tap(one.id, { label: 'Approve' });
    await world.message('Approved by Olive', 'Undo');
    await world.kill();
    // While it is down: a tap, and a file.
    world.owner.tap(two.id, { label: 'Approve' });
    world.drop('Pending_Approval/LINKEDIN_three.md', post('Number three.'));
    await world.start();
    await world.message('Number three.', 'Approve');
    await world.file('Done', 'LINKEDIN_one.md');
    await world.file('Done', 'LINKEDIN_two.md');
    assert.deepEqual(
      world.site
        .posts()
        .map(({ text }) => text)
        .toSorted(),
      ['Number one.', 'Number two.'],
    );
    const cards = world.owner.messages().filter(({ text }) => text.includes('Number one.'));
    assert.equal(cards.length, 1, 'the card was rewritten, not sent again');
  });

  it('stops cleanly within ten seconds when told to', async (t) => {
    const world = await createProductWorld(t);
    const before = Date.now();
    assert.equal(await world.stop(), 0);
    assert.ok(Date.now() - before < 10_000);
    const report = JSON.parse(world.read('orchestrator_report.json')) as { running: boolean };
    assert.equal(report.running, false);
  });
});

describe('operations', () => {
  it('refuses a second process on the vault and names the first, also with other data', async (t) => {
    const world = await createProductWorld(t);
    for (const more of [{}, { DATA_DIR: join(world.home, 'other') }]) {
      const { code, said } = await world.second(more);
      assert.equal(code, 1);
      assert.match(said, new RegExp(`process ${world.pid()}\\b`));
    }
  });

  it('reports wrong settings all at once and touches nothing', async (t) => {
    const world = await createProductWorld(t);
    const { code, said } = await world.second({ VAULT_PATH: 'elsewhere', CHECK_INTERVAL: 'x', WEB_PORT: '-1' });
    assert.equal(code, 1);
    assert.match(said, /CHECK_INTERVAL.*\n.*WEB_PORT/);
    assert.ok(!readdirSync(world.home).includes('elsewhere'));
  });

  it('is steered from the command line through the same door', async (t) => {
    const world = await createProductWorld(t, { holdSeconds: 30 });
    world.drop('Pending_Approval/LINKEDIN_cli.md', post('By command.'));
    await world.message('By command.', 'Approve');
    assert.match((await command(world, 'pending')).said, /LinkedIn post[\s\S]*By command\./);
    const approved = await command(world, 'approve', 'LINKEDIN_cli.md');
    assert.equal(approved.code, 0, approved.said);
    await world.message('Approved by you (command line)', 'Undo');
    assert.equal((await command(world, 'pause')).code, 0);
    await world.message('everything is paused');
    assert.match((await command(world, 'status')).said, /PAUSED/);
    assert.equal((await command(world, 'resume')).code, 0);
    const rejected = await command(world, 'reject', 'LINKEDIN_cli.md', 'not', 'now');
    assert.equal(rejected.code, 0, rejected.said);
    await world.file('Rejected', 'LINKEDIN_cli.md');
    assert.equal((await command(world, 'approve', 'nothing.md')).code, 2);
    const doctor = await command(world, 'doctor');
    assert.equal(doctor.code, 0, doctor.said);
    assert.match(doctor.said, /✓ telegram/);
    const audit = await command(world, 'doctor', '--audit');
    assert.match(audit.said, /✓ Audit of 1 drafts, 1 files and 0 attempts: every promise holds/);
    const verify = await command(world, 'verify');
    assert.equal(verify.code, 0, verify.said);
    assert.match(verify.said, /2 lines, the chain is whole/);
    assert.match(
      world.read('Logs/record.log'),
      / \| reject \| LINKEDIN_cli\.md \| by you \(command line\) \(cli:owner\) \| /,
    );
  });

  it('keeps files and addresses for people and programs that watch it', async (t) => {
    const world = await createProductWorld(t);
    const { url } = world.note();
    await until(
      () => /^Last update: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\n/.test(world.read('orchestrator_status.txt')),
      'the status file is written',
    );
    const report = JSON.parse(world.read('orchestrator_report.json')) as Record<string, unknown>;
    for (const key of [
      'timestamp',
      'running',
      'last_gmail_check',
      'last_approval_check',
      'processed_files_count',
      'pending_approval_count',
      'approved_count',
      'done_count',
    ]) {
      assert.ok(key in report, key);
    }
    const logs = readdirSync(join(world.vaultPath, 'Logs')).filter((name) => /^orchestrator_\d{8}\.log$/.test(name));
    assert.equal(logs.length, 1);
    assert.match(world.read(`Logs/${logs[0]}`), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d - MasterOrchestrator - INFO - /m);
    assert.equal((await fetch(`${url}/healthz`)).status, 200);
    assert.match(await (await fetch(`${url}/metrics`)).text(), /countersign_drafts\{state="pending"\} 0/);
    assert.equal((await fetch(`${url}/`)).status, 401);
  });

  it('lets no secret into vault, chat, log or output', async (t) => {
    const world = await createProductWorld(t, { holdSeconds: 0 });
    world.drop('Pending_Approval/LINKEDIN_secret.md', post('Nothing secret here.'));
    const card = await world.message('Nothing secret', 'Approve');
    world.owner.tap(card.id, { label: 'Approve' });
    await world.file('Done', 'LINKEDIN_secret.md');
    await world.message('Posted on LinkedIn');
    const token = world.note().token;
    const shown = JSON.stringify(world.owner.messages()) + world.output() + everythingIn(world.vaultPath);
    for (const secret of [...world.secrets, token].filter((one) => one !== '')) assert.ok(!shown.includes(secret));
  });

  it('lets the rest go on while the chat is down, and catches up', async (t) => {
    const world = await createProductWorld(t, { holdSeconds: 0 });
    world.telegram.fault({ method: '*', kind: 'drop_before' });
    world.drop('Pending_Approval/LINKEDIN_down.md', post('While you were away.'));
    await until(() => world.list('Pending_Approval').length === 1, 'the draft is there');
    const approved = await until(
      async () => {
        const answer = await command(world, 'approve', 'LINKEDIN_down.md');
        return answer.code === 0 ? answer : undefined;
      },
      'the command line approves it',
      60_000,
    );
    assert.match(approved.said, /Approved/);
    await world.file('Done', 'LINKEDIN_down.md');
    assert.match((await command(world, 'status')).said, /telegram\s+troubled/);
    world.telegram.heal();
    await world.message('Posted on LinkedIn');
  });
});

/** The product goes on writing while we read: a file that is gone again has its bytes under another name. */
function everythingIn(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .map((path) => {
      try {
        return statSync(path).isFile() ? readFileSync(path, 'latin1') : '';
      } catch (thrown) {
        if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return '';
        throw thrown;
      }
    })
    .join('\n');
}
