/** The newest edit can be taken back with one tap, as long as nothing happened since: the text of before is asked anew. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import type { Actor } from '../../../src/domain/actor.ts';
import type { Card } from '../../../src/domain/card.ts';
import type { Verdict } from '../../../src/domain/decision.ts';
import { createMortality } from '../../support/mortal.ts';
import { until } from '../../support/until.ts';
import { breachesOf, quiet } from '../../support/walk-checks.ts';
import { createWorld, sara } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const name = 'LINKEDIN_a.md';
const file = `Pending_Approval/${name}`;
const post = (text: string) => `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n${text}\n`;
const editor: Actor = { source: 'chat', id: '5', name: 'Eddi' };
const viewer: Actor = { source: 'chat', id: '6', name: 'Vera' };

const why = (verdict: Verdict): string => (verdict.kind === 'refused' ? verdict.why : verdict.kind);

/** The card once it asks about this text. */
const shows = (world: World, text: string): Promise<Card> =>
  until(
    () => [...world.chat.cards.values()].find((card) => card.text === text && card.mood === 'asks'),
    `the card says ${text}`,
  );

async function asked(world: World, text = 'We open on Sunday.'): Promise<Card> {
  world.write(file, post(text));
  await world.rescan();
  return await shows(world, text);
}

async function edited(world: World, text = 'thanks!'): Promise<Card> {
  const card = await asked(world);
  assert.equal(card.verbs.includes('restore'), false);
  await world.tap(card, 'edit', sara, text);
  return await shows(world, text);
}

describe('an edit', () => {
  it('is taken back: the text of before is in the file, on the card with what changed, and approved anew', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    const card = await edited(world);
    assert.ok(card.verbs.includes('restore'));
    assert.equal((await world.tap(card, 'restore')).kind, 'accepted');
    const back = await shows(world, 'We open on Sunday.');
    assert.equal(world.read(file), post('We open on Sunday.'));
    assert.deepEqual(back.changes, [
      { kind: 'removed', text: 'thanks!' },
      { kind: 'added', text: 'We open on Sunday.' },
    ]);
    assert.equal(back.verbs.includes('restore'), false, 'it is not taken back again');
    assert.equal(why(await world.tap(card, 'approve')), 'stale', 'the card of the edit counts no more');
    assert.equal((await world.tap(back, 'approve')).kind, 'accepted');
    await world.card(name, 'done');
    await until(async () => (await breachesOf(world)).length === 0, 'folders, record and cards tell one truth');
  });

  it('can be taken back by an editor and by nobody who only looks', async (t) => {
    const world = await createWorld(t);
    const card = await edited(world);
    assert.equal(why(await world.tap(card, 'restore', viewer)), 'not_allowed');
    assert.equal((await world.tap(card, 'restore', editor)).kind, 'accepted');
    await shows(world, 'We open on Sunday.');
  });

  it('is not taken back by the button of an earlier one', async (t) => {
    const world = await createWorld(t);
    const first = await edited(world, 'One.');
    await world.tap(first, 'edit', sara, 'Two.');
    const second = await shows(world, 'Two.');
    assert.equal(why(await world.tap(first, 'restore')), 'stale');
    assert.equal((await world.tap(second, 'restore')).kind, 'accepted');
    const back = await shows(world, 'One.');
    assert.equal(back.verbs.includes('restore'), false);
    assert.equal(why(await world.tap(back, 'restore')), 'stale', 'nobody may send it all the same');
    assert.equal(world.read(file), post('One.'));
  });

  it('is not taken back over a change by hand, nor after a decision', async (t) => {
    const world = await createWorld(t, { holdSeconds: 60 });
    const card = await edited(world, 'One.');
    world.write(file, post('By hand.'));
    await world.rescan();
    const byHand = await shows(world, 'By hand.');
    assert.equal(byHand.verbs.includes('restore'), false);
    assert.equal(why(await world.tap(card, 'restore')), 'stale');
    assert.equal(why(await world.tap(byHand, 'restore')), 'stale');
    await world.tap(byHand, 'approve');
    assert.equal(why(await world.tap(await world.card(name, 'waits'), 'restore')), 'decided');
  });

  it('is taken back though somebody said something since', async (t) => {
    const world = await createWorld(t);
    const card = await edited(world);
    await world.tap(card, 'comment', viewer, 'That was no text.');
    assert.equal((await world.tap(card, 'restore')).kind, 'accepted');
    await shows(world, 'We open on Sunday.');
  });

  it('is not taken back once somebody approved it', async (t) => {
    const world = await createWorld(t, { approvalsNeeded: 2 });
    const card = await edited(world);
    await world.tap(card, 'approve');
    const half = await until(async () => {
      const now = await world.door().card(card.key);
      return now?.approvals?.given === 1 ? now : undefined;
    }, 'one of two');
    assert.equal(half.verbs.includes('restore'), false);
    assert.equal(why(await world.tap(half, 'restore')), 'stale');
  });

  it('is taken back once, however often the tap is delivered and at whichever write we die', async (t) => {
    let deaths = 0;
    for (const side of ['before', 'after'] as const) {
      for (let write = 1; await dies(t, write, side); write += 1) deaths += 1;
    }
    assert.ok(deaths >= 6, `only ${deaths} deaths`);
  });
});

/** @returns false when the tap was answered before the death */
async function dies(t: TestContext, write: number, side: 'before' | 'after'): Promise<boolean> {
  const world = await createWorld(t);
  const { key, revision } = await edited(world);
  await world.stop();
  const mortality = createMortality({ write, side });
  mortality.spare();
  await world.start(mortality);
  const tap = () => world.door().decide({ actor: sara, id: 'one', key, revision, verb: 'restore' });
  mortality.arm();
  const told = await Promise.race([tap(), mortality.dead.then(() => 'dead' as const)]);
  if (told !== 'dead' && !mortality.isDead()) {
    mortality.spare();
    return false;
  }
  await world.kill();
  await world.start();
  await quiet(world);
  const words = `killed ${side} write ${write}`;
  assert.ok([post('thanks!'), post('We open on Sunday.')].includes(world.read(file)), `${words}: half a file`);
  assert.equal((await tap()).kind, 'accepted', words);
  await shows(world, 'We open on Sunday.');
  assert.equal(world.read(file), post('We open on Sunday.'), words);
  const draft = await world.parts().ledger.drafts.byKey(key);
  const decisions = await world.parts().ledger.decisions.of(draft?.id ?? '');
  assert.deepEqual(
    decisions.map(({ verb }) => verb),
    ['edit', 'restore'],
    words,
  );
  await world.stop();
  return true;
}
