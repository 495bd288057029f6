/** Two things in the same instant: one wins, it is on record first, and every card tells the truth. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Card } from '../../../src/domain/card.ts';
import type { DraftVerb, Verdict } from '../../../src/domain/decision.ts';
import { sends } from '../../support/fake-executor.ts';
import { until } from '../../support/until.ts';
import { breachesOf, checkCards, quiet } from '../../support/walk-checks.ts';
import { createWatchedWorld } from '../../support/watched-world.ts';
import type { WatchedWorld } from '../../support/watched-world.ts';
import { sara } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const name = 'n.md';
const post = `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nOne.\n`;
const bob = { source: 'desk', id: '9', name: 'Bob' };

const asked = async (world: World): Promise<Card> => {
  world.write(`Pending_Approval/${name}`, post);
  await world.rescan();
  return await world.card(name, 'asks');
};
const verbsOnRecord = async (world: World, card: Card): Promise<readonly DraftVerb[]> => {
  const draft = await world.parts().ledger.drafts.byKey(card.key);
  return (await world.parts().ledger.decisions.of(draft?.id ?? '')).map(({ verb }) => verb);
};
const accepted = (verdicts: readonly Verdict[]) => verdicts.filter(({ kind }) => kind === 'accepted').length;
/** Everything has come to rest, all that can be seen agrees, and no card was ahead of the record on the way. */
const agrees = async (world: WatchedWorld) => {
  await quiet(world);
  assert.deepEqual(await breachesOf(world), []);
  await checkCards(world);
  world.checkOrder();
};

describe('in the same instant', () => {
  for (const order of [
    ['approve', 'reject'],
    ['reject', 'approve'],
  ] as const) {
    it(`${order[0]} and ${order[1]} from two phones: the first one counts, the other is told so`, async (t) => {
      const world = await createWatchedWorld(t, { holdSeconds: 0 });
      const card = await asked(world);
      const verdicts = await Promise.all([world.tap(card, order[0], sara), world.tap(card, order[1], bob)]);
      const wins = verdicts[0]?.kind === 'accepted' ? order[0] : order[1];
      // An approval that has not left yet may still be rejected: then both count, in their order.
      const overruled = accepted(verdicts) === 2;
      assert.ok(overruled ? order[0] === 'approve' : accepted(verdicts) === 1, JSON.stringify(verdicts));
      await agrees(world);
      assert.deepEqual(await verbsOnRecord(world, card), overruled ? ['approve', 'reject'] : [wins]);
      assert.equal(world.executor.effects.length, wins === 'approve' && !overruled ? 1 : 0);
    });
  }

  it('two phones approve: it goes out once', async (t) => {
    const world = await createWatchedWorld(t, { holdSeconds: 0 });
    const card = await asked(world);
    const taps = [sara, bob, sara, bob].map((who) => world.tap(card, 'approve', who));
    assert.equal(accepted(await Promise.all(taps)), 1);
    await agrees(world);
    assert.equal(world.executor.effects.length, 1);
  });

  it('the card appears and is tapped', async (t) => {
    const world = await createWatchedWorld(t, { holdSeconds: 0 });
    world.write(`Pending_Approval/${name}`, post);
    const looking = world.rescan();
    const card = await until(() => [...world.chat.cards.values()][0], 'the first card is shown');
    const verdict = await world.tap(card, 'approve');
    await looking;
    assert.equal(verdict.kind, 'accepted', verdict.say);
    await agrees(world);
    assert.equal(world.executor.effects.length, 1);
  });

  for (const folder of ['Approved', 'Rejected', 'Done'] as const) {
    it(`a tap on Approve, and the file is moved by hand to ${folder}`, async (t) => {
      const world = await createWatchedWorld(t, { holdSeconds: 0 });
      const card = await asked(world);
      const tapped = world.tap(card, 'approve');
      world.move(`Pending_Approval/${name}`, `${folder}/${name}`);
      const [verdict] = await Promise.all([tapped, world.rescan()]);
      await world.rescan();
      await agrees(world);
      const sent = world.executor.effects.length;
      if (folder === 'Approved') assert.equal(sent, 1);
      else assert.ok(sent === 0 || verdict.kind === 'accepted', 'nothing leaves without a decision that counts');
    });
  }

  for (const folder of ['Approved', 'Rejected', 'Done'] as const) {
    for (const first of ['the tap', 'the move'] as const) {
      it(`a tap on Reject, and the file is moved by hand to ${folder}; ${first} is seen first`, async (t) => {
        const world = await createWatchedWorld(t, { holdSeconds: 0 });
        const card = await asked(world);
        if (first === 'the move') world.move(`Pending_Approval/${name}`, `${folder}/${name}`);
        const looked = first === 'the move' ? world.rescan() : undefined;
        const tapped = world.tap(card, 'reject');
        if (first === 'the tap') world.move(`Pending_Approval/${name}`, `${folder}/${name}`);
        const [verdict] = await Promise.all([tapped, looked ?? world.rescan()]);
        await world.rescan();
        await agrees(world);
        const rejected = verdict.kind === 'accepted';
        assert.equal(world.executor.effects.length, folder === 'Approved' && !rejected ? 1 : 0, verdict.say);
        const verbs = await verbsOnRecord(world, card);
        // Whoever is told "rejected" is on record with it, and what was done by hand does not turn it round.
        if (rejected) assert.equal(verbs.at(-1), 'reject');
        assert.equal(verbs.filter((verb) => verb === 'reject').length, folder === 'Approved' && !rejected ? 0 : 1);
      });
    }
  }
});

describe('when it is about to leave', () => {
  it('the file is edited while the hold runs: it is asked again and the old text never leaves', async (t) => {
    const world = await createWatchedWorld(t, { holdSeconds: 10 });
    const card = await asked(world);
    await world.tap(card, 'approve');
    await until(() => world.exists(`Approved/${name}`), 'it waits');
    world.write(`Approved/${name}`, post.replace('One.', 'Two.'));
    await world.pass(10_500);
    await world.rescan();
    await agrees(world);
    assert.deepEqual(world.executor.effects, []);
    assert.equal((await world.card(name, 'asks')).text, 'Two.');
  });

  it('a reply with another text while the hold runs: it is asked again and the old text never leaves', async (t) => {
    const world = await createWatchedWorld(t, { holdSeconds: 10 });
    await world.tap(await asked(world), 'approve');
    await until(() => world.exists(`Approved/${name}`), 'it waits');
    const verdict = await world.tap(await world.card(name, 'waits'), 'edit', bob, 'Two.');
    assert.equal(verdict.kind, 'accepted', verdict.say);
    await world.pass(10_500);
    await agrees(world);
    assert.deepEqual(world.executor.effects, []);
    const open = await world.card(name, 'asks');
    assert.equal(open.text, 'Two.');
    assert.ok(world.read(`Pending_Approval/${name}`).includes('Two.'));
    await world.tap(open, 'approve');
    await world.card(name, 'waits');
    await agrees(world);
    assert.deepEqual(
      world.executor.effects.map(({ text }) => text),
      ['Two.'],
    );
    assert.deepEqual(await verbsOnRecord(world, open), ['approve', 'edit', 'approve']);
  });

  it('a reply with another text in the instant in which the hold ends: one of the two, never both', async (t) => {
    const world = await createWatchedWorld(t, { holdSeconds: 10 });
    await world.tap(await asked(world), 'approve');
    const card = await world.card(name, 'waits');
    const [verdict] = await Promise.all([world.tap(card, 'edit', bob, 'Two.'), world.pass(10_500)]);
    await agrees(world);
    const edited = verdict.kind === 'accepted';
    assert.deepEqual(
      world.executor.effects.map(({ text }) => text),
      edited ? [] : ['One.'],
    );
    assert.equal((await world.card(name, edited ? 'asks' : 'done')).text, edited ? 'Two.' : 'One.');
  });

  it('undo against the point of no return: either it is back or it went out, and whoever tapped knows which', async (t) => {
    const world = await createWatchedWorld(t, { holdSeconds: 0 });
    const card = await asked(world);
    let undone: Promise<Verdict> | undefined;
    world.executor.next(async (...given) => {
      // At the very moment the attempt asks for its commit.
      undone = world.tap(world.chat.card(card.key) ?? card, 'undo', bob);
      return await sends(...given);
    }, sends);
    await world.tap(card, 'approve');
    await until(() => undone !== undefined, 'the undo is tapped');
    const verdict = await undone;
    await agrees(world);
    assert.equal(world.executor.effects.length, verdict?.kind === 'accepted' ? 0 : 1);
    if (verdict?.kind === 'refused') assert.equal(verdict.why, 'too_late');
  });
});
