/** Nobody knows whether it went out, and a person answers by moving the file: to each folder its meaning, and no second sending. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import type { DraftState, Folder } from '../../../src/domain/lifecycle.ts';
import type { Card } from '../../../src/domain/card.ts';
import type { DraftVerb } from '../../../src/domain/decision.ts';
import type { Outcome } from '../../../src/domain/outcome.ts';
import { blocks } from '../../../src/domain/problem.ts';
import { readRecord } from '../../../src/ledger/record.ts';
import { sends } from '../../support/fake-executor.ts';
import { until } from '../../support/until.ts';
import { breachesOf, checkCards, quiet } from '../../support/walk-checks.ts';
import { createWatchedWorld } from '../../support/watched-world.ts';
import type { WatchedWorld } from '../../support/watched-world.ts';

const name = 'LINKEDIN_unsure.md';
const content = '---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nUnsure.\n';

/** @param left whether it really went out, which only the far side knows */
async function unknown(t: TestContext, left: boolean): Promise<WatchedWorld> {
  const world = await createWatchedWorld(t, { holdSeconds: 0 });
  world.executor.next(async (effect, run, send) => {
    await run.commit();
    if (left) send(effect);
    return { kind: 'unknown', problem: blocks('outcome_unknown', 'No answer.', 'Look.') };
  }, sends);
  world.write(`Pending_Approval/${name}`, content);
  await world.rescan();
  await world.card(name, 'asks');
  world.move(`Pending_Approval/${name}`, `Approved/${name}`);
  await world.rescan();
  await world.card(name, 'unknown');
  await until(() => world.exists(`In_Progress/${name}`), 'the file lies in In_Progress');
  return world;
}

/** Everything came to rest: what is on record, in the folders and on the cards agrees, and so much went out. */
async function agrees(world: WatchedWorld, sent: number): Promise<void> {
  await quiet(world);
  assert.deepEqual(await breachesOf(world, { written: [{ mark: 'Unsure.', least: 1, most: 1 }] }), []);
  await checkCards(world);
  world.checkOrder();
  assert.equal(world.executor.effects.length, sent);
}

type Answer = {
  readonly to: Folder;
  readonly verb: DraftVerb;
  readonly state: DraftState;
  readonly home: Folder;
  readonly mood: Card['mood'];
  /** What the attempt turns out to be. */
  readonly outcome: Outcome['kind'];
};

const answers: readonly Answer[] = [
  {
    to: 'Pending_Approval',
    verb: 'not_happened',
    state: 'pending',
    home: 'Pending_Approval',
    mood: 'asks',
    outcome: 'refused',
  },
  {
    to: 'Approved',
    verb: 'not_happened',
    state: 'pending',
    home: 'Pending_Approval',
    mood: 'asks',
    outcome: 'refused',
  },
  { to: 'Done', verb: 'happened', state: 'done', home: 'Done', mood: 'done', outcome: 'posted' },
  { to: 'Rejected', verb: 'leave', state: 'failed', home: 'Failed', mood: 'failed', outcome: 'unknown' },
  { to: 'Failed', verb: 'leave', state: 'failed', home: 'Failed', mood: 'failed', outcome: 'unknown' },
];

describe('a move by hand of what may have gone out', () => {
  for (const { to, verb, state, home, mood, outcome } of answers) {
    for (const left of [true, false]) {
      it(`to ${to} says ${verb}, whether it had left (${left}) or not: nothing leaves by that`, async (t) => {
        const world = await unknown(t, left);
        world.move(`In_Progress/${name}`, `${to}/${name}`);
        await world.rescan();
        await world.card(name, mood);
        await until(() => world.exists(`${home}/${name}`), `the file lies in ${home}`);
        await agrees(world, left ? 1 : 0);
        assert.equal(world.executor.runs.length, 1, 'it was not tried once more');
        const { drafts, decisions, attempts } = readRecord(world.ledgerFile);
        assert.deepEqual(
          drafts.map((draft) => [draft.state, draft.file.folder]),
          [[state, home]],
        );
        assert.deepEqual(
          decisions.map((decision) => [decision.verb, decision.actor.source]),
          [
            ['approve', 'vault'],
            [verb, 'vault'],
          ],
        );
        assert.deepEqual(
          attempts.map((attempt) => attempt.outcome),
          [outcome],
        );
      });
    }
  }
});

describe('after the answer', () => {
  for (const to of ['Pending_Approval', 'Approved'] as const) {
    it(`by a move to ${to} it leaves with a new approval, and once`, async (t) => {
      const world = await unknown(t, false);
      world.move(`In_Progress/${name}`, `${to}/${name}`);
      await world.rescan();
      const open = await world.card(name, 'asks');
      await until(() => world.exists(`Pending_Approval/${name}`), 'the file is back');
      assert.equal((await world.tap(open, 'approve')).kind, 'accepted');
      await world.card(name, 'done');
      await agrees(world, 1);
      assert.equal(new Set(world.executor.runs.map(({ key }) => key)).size, 2, 'under the new approval');
    });
  }

  for (const to of ['Rejected', 'Failed'] as const) {
    it(`by a move to ${to} the card says to look at the account, and only a move back asks again`, async (t) => {
      const world = await unknown(t, false);
      world.move(`In_Progress/${name}`, `${to}/${name}`);
      await world.rescan();
      const card = await world.card(name, 'failed');
      assert.match(JSON.stringify(card.problems), /it was left at that.+Look at the account before sending it again/);
      await agrees(world, 0);
      world.move(`Failed/${name}`, `Pending_Approval/${name}`);
      await world.rescan();
      await world.card(name, 'asks');
      await agrees(world, 0);
    });
  }

  it('a second move says what a move from there says: out of Done into Approved sends nothing', async (t) => {
    const world = await unknown(t, true);
    world.move(`In_Progress/${name}`, `Done/${name}`);
    await world.rescan();
    await world.card(name, 'done');
    await agrees(world, 1);
    world.move(`Done/${name}`, `Approved/${name}`);
    await world.pass(1_000);
    await world.rescan();
    await until(() => world.exists(`Done/${name}`), 'it is back in Done');
    await agrees(world, 1);
  });
});
