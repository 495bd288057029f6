/** Two people must approve: by hand, after failures, and beside people with other roles. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Card } from '../../../src/domain/card.ts';
import { sends } from '../../support/fake-executor.ts';
import { agrees, asked, bob, dora, editor, given, name, post, two, viewer } from '../../support/two-persons.ts';
import { until } from '../../support/until.ts';
import { quiet } from '../../support/walk-checks.ts';
import { createWorld, sara } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

/** Both approve it, and whether it left nobody can tell. */
async function nobodyKnows(world: World, card: Card): Promise<void> {
  const problem = { code: 'outcome_unknown', what: 'The page died.', remedy: '', severity: 'blocks' } as const;
  world.executor.next(async (_, run) => {
    await run.commit();
    return { kind: 'unknown', problem };
  }, sends);
  await world.tap(card, 'approve', sara);
  await world.tap(card, 'approve', bob);
}

describe('a file moved by hand, when two must approve', () => {
  it('is one approval: the file goes back, and says what is missing', async (t) => {
    const world = await createWorld(t, two);
    const card = await asked(world);
    world.move(`Pending_Approval/${name}`, `Approved/${name}`);
    await world.rescan();
    const back = await given(world, 1);
    assert.match(back.standing, /^1 of 2 · approved by hand at /);
    assert.match(
      back.problems.map(({ what }) => what).join(),
      /Moved back from Approved: It needs 2 approvals and has 1/,
    );
    assert.ok(world.exists(`Pending_Approval/${name}`));
    // The same person again, on any of their ways in, is still one.
    world.move(`Pending_Approval/${name}`, `Approved/${name}`);
    await world.rescan();
    await until(() => world.exists(`Pending_Approval/${name}`), 'it is back again');
    await agrees(world, 0);
    assert.equal((await world.tap(await given(world, 1), 'approve', sara)).kind, 'accepted');
    await agrees(world, 1);
    assert.equal(card.key.length, 10);
  });

  it('is the second one where somebody in the chat was the first', async (t) => {
    const world = await createWorld(t, two);
    const card = await asked(world);
    await world.tap(card, 'approve', sara);
    await given(world, 1);
    world.move(`Pending_Approval/${name}`, `Approved/${name}`);
    await agrees(world, 1);
  });

  it('counts for nothing when the text changed with the move: nobody saw that one', async (t) => {
    const world = await createWorld(t, two);
    const card = await asked(world);
    await world.tap(card, 'approve', sara);
    await given(world, 1);
    world.move(`Pending_Approval/${name}`, `Approved/${name}`);
    world.write(`Approved/${name}`, post.replace('One.', 'Two.'));
    await agrees(world, 0);
    assert.equal((await given(world, 0)).text, 'Two.');
  });

  it('a new file put into Approved is one approval of one, where the policy lets it', async (t) => {
    const world = await createWorld(t, { ...two, policy: 'any' });
    world.write(`Approved/${name}`, post);
    await agrees(world, 0);
    assert.match((await given(world, 1)).standing, /by hand/);
  });
});

describe('after it did not go out, when two must approve', () => {
  it('a failure that both approved may be tried again by one', async (t) => {
    const world = await createWorld(t, two);
    const card = await asked(world);
    const problem = { code: 'refused_by_platform', what: 'No.', remedy: '', severity: 'blocks' } as const;
    world.executor.next(async () => ({ kind: 'refused', problem }), sends);
    await world.tap(card, 'approve', sara);
    await world.tap(card, 'approve', bob);
    const failed = await world.card(name, 'failed');
    assert.equal((await world.tap(failed, 'retry', dora)).say, 'Trying once more.');
    await agrees(world, 1);
  });

  it('trying again does not get around the time that another approved it for', async (t) => {
    const world = await createWorld(t, two);
    const card = await asked(world);
    const at = new Date(world.clock.now().getTime() + 7_200_000);
    await world.tap(card, 'approve', sara, at.toISOString());
    await world.tap(card, 'approve', bob);
    await world.card(name, 'waits');
    assert.equal((await world.tap(card, 'retry', bob)).kind, 'accepted');
    await world.pass(3_600_000);
    assert.deepEqual(world.executor.effects, []);
    await agrees(world, 1);
  });

  it('nobody knew and it was left: trying again asks both', async (t) => {
    const world = await createWorld(t, two);
    const card = await asked(world);
    await nobodyKnows(world, card);
    const unknown = await world.card(name, 'unknown');
    await world.tap(unknown, 'leave', bob);
    const left = await world.card(name, 'failed');
    assert.match((await world.tap(left, 'retry', sara)).say, /may have left at .* asks once more/);
    const open = await given(world, 0);
    await until(() => world.exists(`Pending_Approval/${name}`), 'it is a question again');
    assert.match(open.risks.join(), /may have left/);
    assert.equal((await world.tap(open, 'approve', sara)).kind, 'asks');
    assert.match((await world.sure(open, 'approve', sara)).say, /1 of 2/);
    assert.equal((await world.sure(await given(world, 1), 'approve', dora)).kind, 'accepted');
    await agrees(world, 1);
  });

  it('it did not happen: both are asked again', async (t) => {
    const world = await createWorld(t, two);
    const card = await asked(world);
    await nobodyKnows(world, card);
    await world.tap(await world.card(name, 'unknown'), 'not_happened', bob);
    const open = await given(world, 0);
    assert.match((await world.tap(open, 'approve', bob)).say, /1 of 2/);
    await world.tap(open, 'approve', sara);
    await agrees(world, 1);
  });
});

describe('people with other roles', () => {
  it('an editor edits and decides nothing; a viewer only looks', async (t) => {
    const world = await createWorld(t, two);
    const card = await asked(world);
    for (const verb of ['approve', 'reject', 'postpone', 'undo', 'retry'] as const) {
      for (const who of [editor, viewer]) {
        const verdict = await world.tap(card, verb, who);
        assert.deepEqual([verdict.kind, verdict.kind === 'refused' && verdict.why], ['refused', 'not_allowed'], verb);
      }
    }
    assert.equal((await world.tap(card, 'edit', viewer, 'Mine.')).kind, 'refused');
    assert.equal((await world.tap(card, 'edit', editor, 'Two.')).kind, 'accepted');
    assert.deepEqual(
      [editor, viewer].map((who) => world.door().may(who, 'look').kind),
      ['allowed', 'allowed'],
    );
    assert.equal((await world.door().pause(editor)).kind, 'refused');
    await agrees(world, 0);
  });

  it('an edit by an editor takes an approval back', async (t) => {
    const world = await createWorld(t, { holdSeconds: 60 });
    const card = await asked(world);
    await world.tap(card, 'approve', sara);
    await world.card(name, 'waits');
    assert.equal((await world.tap(card, 'edit', editor, 'Two.')).kind, 'accepted');
    await quiet(world);
    assert.deepEqual(world.executor.effects, []);
    assert.equal((await world.card(name, 'asks')).text, 'Two.');
  });
});
