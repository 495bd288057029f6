import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createWorld } from '../../support/workflow-world.ts';
import { blocks } from '../../../src/domain/problem.ts';
import { sha256 } from '../../../src/lib/hash.ts';
import { until } from '../../support/until.ts';
import type { World } from '../../support/workflow-world.ts';

const name = 'LINKEDIN_move.md';
const content = '---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nMoved about.\n';

const asked = async (world: World, place = `Pending_Approval/${name}`) => {
  world.write(place, content);
  await world.rescan();
  return await world.card(name, 'asks');
};

const unknown = async (world: World) => {
  world.executor.next(async (_, run) => {
    await run.commit();
    return { kind: 'unknown', problem: blocks('outcome_unknown', 'No answer.', 'Look.') };
  });
  await asked(world);
  world.move(`Pending_Approval/${name}`, `Approved/${name}`);
  await world.rescan();
  await world.card(name, 'unknown');
  await until(() => world.exists(`In_Progress/${name}`), 'the file lies in In_Progress');
};

describe('moves by hand', () => {
  it('takes a move to Rejected as a rejection, also out of Approved', async (t) => {
    const world = await createWorld(t);
    await asked(world);
    world.move(`Pending_Approval/${name}`, `Approved/${name}`);
    await world.rescan();
    await world.card(name, 'waits');
    world.move(`Approved/${name}`, `Rejected/${name}`);
    await world.rescan();
    await world.card(name, 'rejected');
    await world.pass(60_000);
    assert.equal(world.executor.runs.length, 0);
  });

  it('takes a move back to Pending_Approval as taking the approval back', async (t) => {
    const world = await createWorld(t);
    await asked(world);
    world.move(`Pending_Approval/${name}`, `Approved/${name}`);
    await world.rescan();
    await world.card(name, 'waits');
    world.move(`Approved/${name}`, `Pending_Approval/${name}`);
    await world.rescan();
    await world.card(name, 'asks');
    await world.pass(60_000);
    assert.equal(world.executor.runs.length, 0);
  });

  it('takes a move to Done as taken care of: nothing leaves', async (t) => {
    const world = await createWorld(t);
    await asked(world);
    world.move(`Pending_Approval/${name}`, `Done/${name}`);
    await world.rescan();
    assert.match((await world.card(name, 'done')).standing, /Nothing was sent from here/);
    await world.pass(60_000);
    assert.equal(world.executor.runs.length, 0);
  });

  it('undoes what has no meaning, and says so', async (t) => {
    const world = await createWorld(t);
    const card = await asked(world);
    world.move(`Pending_Approval/${name}`, `In_Progress/${name}`);
    await world.rescan();
    await until(() => world.exists(`Pending_Approval/${name}`), 'the file is back');
    await until(
      () => world.chat.card(card.key)?.problems.some((p) => p.what.includes('Only Countersign')),
      'the card says so',
    );
    world.move(`Pending_Approval/${name}`, `Failed/${name}`);
    await world.rescan();
    await until(() => world.exists(`Pending_Approval/${name}`), 'the file is back again');
  });

  it('never sends again what lies in Approved once more after it went out', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    await asked(world);
    world.move(`Pending_Approval/${name}`, `Approved/${name}`);
    await world.rescan();
    await world.card(name, 'done');
    await until(async () => {
      const [draft] = await world.parts().ledger.drafts.settled(1);
      return (
        draft?.file.contentHash === sha256(world.read(`Done/${name}`)) && world.read(`Done/${name}`).includes('sent_at')
      );
    }, 'it is done and the result is in the file');
    world.move(`Done/${name}`, `Approved/${name}`);
    // We wrote into it a moment ago by the held clock, so it counts as being written.
    await world.pass(1_000);
    await world.rescan();
    await until(() => world.exists(`Done/${name}`), 'it is back in Done');
    await world.pass(60_000);
    assert.equal(world.executor.effects.length, 1);
    world.move(`Done/${name}`, `Pending_Approval/${name}`);
    await world.rescan();
    await world.card(name, 'asks');
    assert.equal(world.executor.effects.length, 1);
  });

  it('asks before sending a copy of what went out', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    await asked(world);
    world.move(`Pending_Approval/${name}`, `Approved/${name}`);
    await world.rescan();
    await world.card(name, 'done');
    await until(() => world.exists(`Done/${name}`), 'it is done');
    world.write('Approved/LINKEDIN_copy.md', content);
    await world.rescan();
    const card = await world.card('LINKEDIN_copy.md', 'asks');
    assert.ok(card.problems.some((problem) => problem.code === 'duplicate'));
    await world.pass(60_000);
    assert.equal(world.executor.effects.length, 1);
  });

  it('takes the answer to an unknown outcome from a move', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    await unknown(world);
    world.move(`In_Progress/${name}`, `Done/${name}`);
    await world.rescan();
    await world.card(name, 'done');
    assert.equal(world.executor.runs.length, 1);
  });

  it('come too late for what is past its point of no return, and the chat says so', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let isPast = false;
    world.executor.next(async (effect, run, send) => {
      await run.commit();
      isPast = true;
      await finished;
      send(effect);
      return { kind: 'posted', evidence: { link: '', messageId: '', note: 'ok' } };
    });
    await asked(world);
    world.move(`Pending_Approval/${name}`, `Approved/${name}`);
    await world.rescan();
    await world.card(name, 'works');
    await until(() => isPast, 'it is past the point of no return');
    world.move(`In_Progress/${name}`, `Rejected/${name}`);
    await world.rescan();
    await until(() => world.exists(`In_Progress/${name}`), 'the file is back');
    await until(() => world.chat.notes.some(({ text }) => /^Too late for .*Rejected/.test(text)), 'the chat says it');
    finish();
    await world.card(name, 'done');
    await until(() => world.exists(`Done/${name}`), 'it is done');
    assert.equal(world.executor.effects.length, 1);
  });

  it('undoes moves into Approved when only the chat counts', async (t) => {
    const world = await createWorld(t, { policy: 'chat', holdSeconds: 0 });
    await asked(world);
    world.move(`Pending_Approval/${name}`, `Approved/${name}`);
    await world.rescan();
    await until(() => world.exists(`Pending_Approval/${name}`), 'the file is back');
    await world.pass(60_000);
    assert.equal(world.executor.runs.length, 0);
    assert.equal((await world.tap(await world.card(name, 'asks'), 'approve')).kind, 'accepted');
    await world.card(name, 'done');
  });

  it('keeps a draft through renaming, editing and the folder of its domain', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    const card = await asked(world, `Pending_Approval/social/${name}`);
    world.move(`Pending_Approval/social/${name}`, 'Pending_Approval/social/LINKEDIN_renamed.md');
    await world.rescan();
    const renamed = await world.card('LINKEDIN_renamed.md', 'asks');
    assert.equal(renamed.key, card.key);
    assert.equal((await world.tap(renamed, 'approve')).kind, 'accepted');
    await until(() => world.exists('Done/social/LINKEDIN_renamed.md'), 'the sub-folder is kept');
  });

  it('calls a deleted file gone after a while, and knows it again when it comes back', async (t) => {
    const world = await createWorld(t);
    const card = await asked(world);
    world.move(`Pending_Approval/${name}`, `../${name}`);
    await world.rescan();
    assert.equal(world.chat.card(card.key)?.mood, 'asks');
    await world.pass(6_000);
    await world.rescan();
    await world.card(name, 'gone');
    world.move(`../${name}`, `Pending_Approval/${name}`);
    await world.rescan();
    assert.equal((await world.card(name, 'asks')).key, card.key);
  });

  it('ignores copies that sync tools make of a conflict', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    world.write('Approved/LINKEDIN_a.sync-conflict-20260219-143000-ABCDEFG.md', content);
    world.write('Approved/.LINKEDIN_hidden.md', content);
    await world.rescan();
    await world.pass(60_000);
    assert.equal(world.executor.runs.length, 0);
    assert.equal(world.chat.cards.size, 0);
  });

  it('keeps two drafts apart when one is moved to the place the other had', async (t) => {
    const world = await createWorld(t, { holdSeconds: 10, policy: 'any' });
    world.write('Approved/n.md', content);
    world.write('Pending_Approval/n.md', content.replace('Moved about', 'Other words'));
    await world.rescan();
    world.move('Approved/n.md', 'Pending_Approval/social/n.md');
    world.move('Pending_Approval/n.md', 'Approved/n.md');
    // The hold of the first runs out before anybody looked.
    await world.pass(11_000);
    await until(() => !world.exists('Approved/n.md') || world.executor.runs.length > 0, 'it is decided', 300).catch(
      () => undefined,
    );
    await world.rescan();
    await world.rescan();
    const open = await world.parts().ledger.drafts.open();
    const places = open.map(({ file }) => `${file.folder}/${file.path}`);
    assert.deepEqual(places, [...new Set(places)]);
  });
});
