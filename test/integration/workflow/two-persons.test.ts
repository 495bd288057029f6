/** Two people must approve exactly the same before it leaves: whoever they are, in whatever order, whatever comes between. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Card } from '../../../src/domain/card.ts';
import { readRecord } from '../../../src/ledger/record.ts';
import { unsupported } from '../../../src/workflow/audit/chat.ts';
import { unmarked } from '../../../src/lib/words.ts';
import { sends } from '../../support/fake-executor.ts';
import { agrees, asked, bob, dora, given, name, post, two } from '../../support/two-persons.ts';
import { until } from '../../support/until.ts';
import { breachesOf, quiet } from '../../support/walk-checks.ts';
import { createWorld, sara } from '../../support/workflow-world.ts';

describe('two people must approve', () => {
  it('leaves after the second one, and the card names the first meanwhile', async (t) => {
    const world = await createWorld(t, two);
    const card = await asked(world);
    assert.equal(card.standing, 'Waiting for you · needs 2 approvals');
    const first = await world.tap(card, 'approve', sara);
    assert.deepEqual(
      [first.kind, first.say],
      ['accepted', 'Approved: 1 of 2. One more person must approve it before it leaves.'],
    );
    const half = await given(world, 1);
    assert.match(unmarked(half.standing), /^1 of 2 · approved by Sara at /);
    assert.ok(half.verbs.includes('approve') && half.verbs.includes('undo'));
    await world.pass(60_000);
    assert.ok(world.exists(`Pending_Approval/${name}`), 'it stays a question');
    assert.equal((await world.tap(half, 'approve', dora)).kind, 'accepted');
    await agrees(world, 1);
    assert.match(unmarked((await world.card(name, 'done')).standing), /approved by Sara at .+ and by Dora at /);
  });

  it('counts one person once, from two devices, two cards and after a restart', async (t) => {
    const world = await createWorld(t, two);
    const card = await asked(world);
    const verdicts = await Promise.all([world.tap(card, 'approve', sara), world.tap(card, 'approve', sara)]);
    assert.deepEqual(verdicts.map(({ kind }) => kind).sort(), ['accepted', 'refused']);
    await world.stop();
    await world.start();
    const again = await world.tap(await given(world, 1), 'approve', { ...sara, name: 'Somebody else' });
    assert.match(again.say, /You approved this already\. One more person must approve it too\./);
    await agrees(world, 0);
    assert.equal((await given(world, 1)).mood, 'asks');
  });

  it('two in the same instant: both count and it leaves once', async (t) => {
    const world = await createWorld(t, two);
    const card = await asked(world);
    const taps = [world.tap(card, 'approve', sara), world.tap(card, 'approve', bob), world.tap(card, 'approve', dora)];
    const verdicts = await Promise.all(taps);
    assert.equal(verdicts.filter(({ kind }) => kind === 'accepted').length, 2, JSON.stringify(verdicts));
    await agrees(world, 1);
  });

  it('approved by one, edited, approved by another: only one counts', async (t) => {
    const world = await createWorld(t, two);
    const card = await asked(world);
    await world.tap(card, 'approve', sara);
    assert.equal((await world.tap(card, 'edit', bob, 'Two.')).kind, 'accepted');
    const changed = await until(() => {
      const now = world.chat.card(card.key);
      return now?.text === 'Two.' ? now : undefined;
    }, 'the new text is shown');
    assert.equal(changed.approvals?.given, 0);
    assert.match((await world.tap(changed, 'approve', bob)).say, /1 of 2/);
    await agrees(world, 0);
    // And back to the text Sara had approved: she has to look again.
    await world.tap(await given(world, 1), 'edit', bob, 'One.');
    assert.match((await world.tap(await given(world, 0), 'approve', bob)).say, /1 of 2/);
    await agrees(world, 0);
  });

  it('a change of the file and back again starts over too', async (t) => {
    const world = await createWorld(t, two);
    const card = await asked(world);
    await world.tap(card, 'approve', sara);
    for (const text of ['Two.', 'One.']) {
      world.write(`Pending_Approval/${name}`, post.replace('One.', text));
      await world.rescan();
      await until(() => world.chat.card(card.key)?.text === text, `the card shows ${text}`);
    }
    assert.match((await world.tap(await given(world, 0), 'approve', dora)).say, /1 of 2/);
    await agrees(world, 0);
  });

  it('an approved one that is changed while it waits needs both again', async (t) => {
    const world = await createWorld(t, { ...two, holdSeconds: 10 });
    const card = await asked(world);
    await world.tap(card, 'approve', sara);
    await world.tap(card, 'approve', bob);
    await until(() => world.exists(`Approved/${name}`), 'it waits');
    for (const [place, text] of [
      ['Approved', 'Two.'],
      ['Pending_Approval', 'One.'],
    ] as const) {
      world.write(`${place}/${name}`, post.replace('One.', text));
      await world.rescan();
      await until(() => world.chat.card(card.key)?.text === text, `the card shows ${text}`);
    }
    assert.equal((await given(world, 0)).revision, card.revision);
    await agrees(world, 0);
  });

  it('one rejection rejects, and whoever asks again needs both', async (t) => {
    const world = await createWorld(t, two);
    const card = await asked(world);
    await world.tap(card, 'approve', sara);
    assert.equal((await world.tap(card, 'reject', bob)).kind, 'accepted');
    await world.card(name, 'rejected');
    await world.tap(card, 'undo', bob);
    assert.equal((await given(world, 0)).mood, 'asks');
    await agrees(world, 0);
  });

  for (const who of [sara, dora]) {
    it(`undo by ${who.name} takes back what was approved so far`, async (t) => {
      const world = await createWorld(t, two);
      const card = await asked(world);
      await world.tap(card, 'approve', sara);
      assert.equal((await world.tap(await given(world, 1), 'undo', who)).kind, 'accepted');
      const open = await given(world, 0);
      assert.ok(!open.verbs.includes('undo'));
      assert.equal((await world.tap(open, 'undo', who)).kind, 'refused');
      assert.match((await world.tap(open, 'approve', bob)).say, /1 of 2/);
      await agrees(world, 0);
    });
  }

  it('later starts over: what comes back is a new question', async (t) => {
    const world = await createWorld(t, two);
    const card = await asked(world);
    await world.tap(card, 'approve', sara);
    const at = new Date(world.clock.now().getTime() + 3_600_000).toISOString();
    assert.equal((await world.tap(card, 'postpone', bob, at)).kind, 'accepted');
    await world.card(name, 'later');
    await world.pass(3_700_000);
    assert.equal((await given(world, 0)).mood, 'asks');
    await agrees(world, 0);
  });

  it('goes out at the latest time that somebody approved it for', async (t) => {
    const world = await createWorld(t, two);
    const card = await asked(world);
    const at = new Date(world.clock.now().getTime() + 7_200_000);
    await world.tap(card, 'approve', sara, at.toISOString());
    assert.match((await given(world, 1)).standing, /not before/);
    await world.tap(card, 'approve', bob);
    const draft = await until(() => world.parts().ledger.drafts.byKey(card.key), 'the draft');
    assert.equal(draft.notBefore?.getTime(), at.getTime());
    await world.pass(3_600_000);
    assert.deepEqual(world.executor.effects, []);
    await agrees(world, 1);
  });
});

describe('the number is changed at a restart', () => {
  it('raised: what was approved by one comes back and keeps that one', async (t) => {
    const rules = { approvalsNeeded: 1, holdSeconds: 3_600 };
    const world = await createWorld(t, rules);
    const card = await asked(world);
    await world.tap(card, 'approve', sara);
    await world.card(name, 'waits');
    await world.stop();
    world.rules.approvalsNeeded = 2;
    await world.start();
    const half = await given(world, 1);
    assert.match(half.problems.map(({ what }) => what).join(), /It needs 2 approvals and has 1, so it did not leave/);
    assert.ok(world.exists(`Pending_Approval/${name}`));
    await world.tap(half, 'approve', dora);
    await agrees(world, 1);
  });

  it('lowered: nothing leaves by itself, the next tap is enough', async (t) => {
    const world = await createWorld(t, two);
    const card = await asked(world);
    await world.tap(card, 'approve', sara);
    await given(world, 1);
    await world.stop();
    world.rules.approvalsNeeded = 1;
    await world.start();
    await quiet(world);
    assert.deepEqual(world.executor.effects, []);
    const open = await world.card(name, 'asks');
    assert.equal((await world.tap(open, 'approve', sara)).kind, 'accepted');
    await quiet(world);
    assert.deepEqual(await breachesOf(world), []);
    assert.equal(world.executor.effects.length, 1);
  });
});

describe('the last gate', () => {
  it('holds what has too few approvals on record, whatever was found before', async (t) => {
    const world = await createWorld(t, { ...two, approvalsNeeded: 1 });
    const card = await asked(world);
    let asks = 0;
    world.executor.next(async (...run) => {
      asks += 1;
      // Between the preparation and the point of no return.
      world.rules.approvalsNeeded = 2;
      return await sends(...run);
    }, sends);
    await world.tap(card, 'approve', sara);
    const half = await given(world, 1);
    assert.equal(asks, 1);
    assert.deepEqual(world.executor.effects, []);
    await world.tap(half, 'approve', bob);
    await quiet(world);
    // The first attempt began when one was enough: each is held against the number it says itself.
    assert.deepEqual(await breachesOf(world), []);
    assert.equal(world.executor.effects.length, 1);
  });

  it('the audit finds an attempt that had too few, and a card that says too many', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    const card = await asked(world);
    await world.tap(card, 'approve', sara);
    await world.card(name, 'done');
    await quiet(world);
    assert.deepEqual(
      (await breachesOf(world, { approvalsNeeded: 2 })).map(({ code }) => code),
      ['too_few'],
    );
    const record = readRecord(world.ledgerFile);
    const boast = (count: number): Card => ({ ...card, approvals: { given: count, needed: 3 } });
    assert.equal(unsupported(boast(1), record), undefined);
    assert.equal(unsupported(boast(2), record), 'fewer approvals than it says');
  });
});
