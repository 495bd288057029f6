/** `npm run doctor -- --audit` on a stopped vault: what is a breach, what something allowed explains, and what it says. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import Database from 'better-sqlite3';
import { examine } from '../../../src/cli/doctor.ts';
import { configOf, createPaper, createStoppedWorld, post } from '../../support/stopped-world.ts';
import { until } from '../../support/until.ts';
import { quiet } from '../../support/walk-checks.ts';
import { createWorld, sara } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

async function audited(world: World, more: Readonly<Record<string, string>> = {}) {
  const paper = createPaper();
  const code = await examine(configOf(world, more), world.home, {}, paper.print, true);
  return { code, said: paper.text() };
}

/** A chat at which nothing listens: the audit alone counts. */
const silent = { TELEGRAM_BOT_TOKEN: '1:x', TELEGRAM_API_ROOT: 'http://127.0.0.1:9' };

/** As somebody with a tool for databases would. */
function tamper({ ledgerFile }: World, sql: string): void {
  const db = new Database(ledgerFile);
  try {
    db.exec(sql);
  } finally {
    db.close();
  }
}

describe('the audit of a stopped vault finds nothing', () => {
  it('after a stop in good order, and ends with 0', async (t) => {
    const { code, said } = await audited(await createStoppedWorld(t));
    assert.match(said, /✓ Audit of 2 drafts, 2 files and 1 attempts: every promise holds/);
    assert.doesNotMatch(said, /Countersign is stopped:/);
    assert.equal(code, 0, said);
  });

  it('when the one who approved was paired and stands in no settings', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    await world.parts().ledger.flags.set('paired:telegram', '700100');
    world.write('Pending_Approval/n.md', post('One.'));
    await world.rescan();
    const paired = { source: 'telegram', id: '700100', name: 'Olive' };
    assert.equal((await world.tap(await world.card('n.md', 'asks'), 'approve', paired)).kind, 'accepted');
    await quiet(world);
    await world.stop();
    const unpaired = await audited(world);
    assert.match(unpaired.said, /! Attempt 1 of .+ was approved by telegram:700100/);
    assert.match((await audited(world, silent)).said, /✓ Audit of 1 drafts, .+: every promise holds/);
  });
});

describe('the audit of a stopped vault says, and calls no breach,', () => {
  it('what people did in the folders meanwhile', async (t) => {
    const world = await createStoppedWorld(t);
    world.write('Pending_Approval/new.md', post('New.'));
    world.move('Pending_Approval/asks.md', 'Rejected/asks.md');
    const { code, said } = await audited(world);
    assert.equal(code, 0, said);
    assert.match(said, /! Pending_Approval\/new\.md is no draft on record\n +→ Countersign is stopped: it was moved/);
    assert.match(said, /! Pending_Approval\/asks\.md of pending draft \w+ is not there/);
    assert.match(said, /✓ Audit of .+: nothing contradicts a promise for sure/);
    await world.start();
    await quiet(world);
    await world.stop();
    assert.match((await audited(world)).said, /every promise holds/, 'the next start settles it');
  });

  it('a file whose name would be a finding of its own', async (t) => {
    const world = await createStoppedWorld(t);
    world.write('Pending_Approval/a\n✓ Every promise holds.md', post('New.'));
    assert.doesNotMatch((await audited(world)).said, /^✓ Every promise/m);
  });

  it('a file that was edited', async (t) => {
    const world = await createStoppedWorld(t);
    world.write('Pending_Approval/asks.md', post('Edited.'));
    assert.match((await audited(world)).said, /! Pending_Approval\/asks\.md says something else than the record/);
  });

  it('a card that the chat did not get any more', async (t) => {
    const world = await createStoppedWorld(t);
    await world.start();
    world.chat.down(true);
    world.move('Pending_Approval/asks.md', 'Rejected/asks.md');
    await world.rescan();
    await until(() => world.second.cards.size === 2, 'the other chat is up');
    await world.stop();
    const { code, said } = await audited(world);
    assert.equal(code, 0, said);
    assert.match(said, /! chat does not show the card of asks\.md/);
  });

  it('who approved and may not any more, and a number that was raised', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    world.write('Pending_Approval/n.md', post('One.'));
    await world.rescan();
    await world.tap(await world.card('n.md', 'asks'), 'approve', sara);
    await quiet(world);
    await world.stop();
    const people = { TELEGRAM_APPROVERS: '1,2', TELEGRAM_CHAT_ID: '1', APPROVALS_NEEDED: '2' };
    const { said } = await audited(world, { ...silent, ...people });
    assert.doesNotMatch(said, /✗ P/);
    assert.match(said, /! Attempt 1 of .+ was approved by chat:7\n +→ That person may not decide now/);
    assert.match(said, /! Attempt 1 of .+ began with 1 of 2 approvals\n +→ APPROVALS_NEEDED asks for more now/);
  });

  it('no more than twenty of them one by one', async (t) => {
    const world = await createStoppedWorld(t);
    for (let n = 0; n < 23; n += 1) world.write(`Pending_Approval/new-${n}.md`, post(`New ${n}.`));
    const { said } = await audited(world);
    assert.equal(said.match(/is no draft on record/g)?.length, 20);
    assert.match(said, /! … and 3 more like these/);
  });
});

describe('the audit of a stopped vault names as a breach, and ends with 1,', () => {
  it('an attempt that no approval stands behind', async (t) => {
    const world = await createStoppedWorld(t);
    tamper(world, `DROP TRIGGER decisions_hold; UPDATE decisions SET verb = 'reject'`);
    const { code, said } = await audited(world);
    assert.equal(code, 1);
    assert.match(
      said,
      /✗ P1: Attempt 1 of draft \w+ has no approval on record\n +→ Look at the draft and at the account/,
    );
    assert.match(said, /thing\(s\) to mend\./);
    assert.doesNotMatch(said, /✓ Audit/);
  });

  it('a card of what is over that says something else, and no job that would mend it', async (t) => {
    const world = await createStoppedWorld(t);
    const lie = `UPDATE cards SET wanted = json_set(wanted, '$.mood', 'asks') WHERE wanted LIKE '%sent.md%'`;
    tamper(world, lie);
    const { code, said } = await audited(world);
    assert.equal(code, 1);
    assert.match(said, /✗ P4: chat, sent\.md: it says asks, the record done/);
    tamper(world, `INSERT INTO jobs (kind, key, serial_key, run_at) SELECT 'settle', id, id, 0 FROM drafts`);
    const left = await audited(world);
    assert.equal(left.code, 0, left.said);
    assert.match(left.said, /! chat, sent\.md: it says asks, the record done/);
  });

  it('that the ledger can’t be read', async (t) => {
    const world = await createStoppedWorld(t);
    for (const end of ['-wal', '-shm']) rmSync(`${world.ledgerFile}${end}`, { force: true });
    writeFileSync(join(world.home, 'ledger.db'), 'no ledger at all, but long enough to be looked at'.repeat(100));
    const { code, said } = await audited(world);
    assert.equal(code, 1);
    assert.match(said, /✗ The audit could not be carried out: /);
  });
});
