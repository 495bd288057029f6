/** One human with ids in several chats is one person, wherever people are counted (promise P1). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Actor } from '../../../src/domain/actor.ts';
import type { Identities } from '../../../src/domain/approver.ts';
import { readRecord } from '../../../src/ledger/record.ts';
import { auditReal } from '../../../src/workflow/audit/real.ts';
import { surveyVault } from '../../../src/vault/survey.ts';
import { asked, bob, dora, given, name, two } from '../../support/two-persons.ts';
import { until } from '../../support/until.ts';
import { breachesOf, quiet } from '../../support/walk-checks.ts';
import { createWorld, sara } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

/** Sara writes from two chats, and sits at the machine. */
const identities: Identities = new Map([
  ['chat:7', 'Sara'],
  ['desk:9', 'Sara'],
  ['owner', 'Sara'],
]);
const saraAtDesk: Actor = { ...dora, name: 'Sara' };
const sent = (world: World) => world.executor.effects.length;
const codes = async (world: World, of: Identities) =>
  (await breachesOf(world, { approvalsNeeded: 2, identities: of })).map(({ code }) => code);

describe('one person in two chats, where two must approve', () => {
  it('counts once: nothing leaves, and the second chat is told so', async (t) => {
    const world = await createWorld(t, { ...two, identities });
    const card = await asked(world);
    await world.tap(card, 'approve', sara);
    const again = await world.tap(await given(world, 1), 'approve', saraAtDesk);
    assert.equal(again.say, 'You approved this already. One more person must approve it too.');
    await world.pass(60_000);
    await quiet(world);
    assert.equal(sent(world), 0);
    assert.equal((await world.tap(await given(world, 1), 'approve', bob)).kind, 'accepted');
    await quiet(world);
    assert.equal(sent(world), 1);
    assert.deepEqual(await codes(world, identities), []);
  });

  it('counts once when both taps come in the same instant', async (t) => {
    const world = await createWorld(t, { ...two, identities });
    const card = await asked(world);
    const verdicts = await Promise.all([world.tap(card, 'approve', sara), world.tap(card, 'approve', saraAtDesk)]);
    assert.deepEqual(verdicts.map(({ kind }) => kind).sort(), ['accepted', 'refused']);
    await quiet(world);
    assert.equal(sent(world), 0);
  });

  it('counts once when she moves the file by hand after her tap', async (t) => {
    const world = await createWorld(t, { ...two, identities });
    await world.tap(await asked(world), 'approve', sara);
    await given(world, 1);
    world.move(`Pending_Approval/${name}`, `Approved/${name}`);
    await world.rescan();
    await until(() => world.exists(`Pending_Approval/${name}`), 'the file is back');
    await quiet(world);
    assert.equal(sent(world), 0);
  });

  it('takes back from one chat what was approved in the other', async (t) => {
    const world = await createWorld(t, { ...two, identities });
    await world.tap(await asked(world), 'approve', sara);
    assert.equal((await world.tap(await given(world, 1), 'undo', saraAtDesk)).kind, 'accepted');
    await given(world, 0);
    await world.tap(await given(world, 0), 'approve', bob);
    await quiet(world);
    assert.equal(sent(world), 0, 'hers does not count any more');
  });

  it('is two where nobody says that the ids are one person’s', async (t) => {
    const world = await createWorld(t, two);
    const card = await asked(world);
    await world.tap(card, 'approve', sara);
    await world.tap(await given(world, 1), 'approve', saraAtDesk);
    await quiet(world);
    assert.equal(sent(world), 1);
    assert.deepEqual(await codes(world, new Map()), []);
  });

  it('is asked anew when that is said between the approval and the sending', async (t) => {
    const world = await createWorld(t, { ...two, holdSeconds: 3_600 });
    const card = await asked(world);
    await world.tap(card, 'approve', sara);
    await world.tap(await given(world, 1), 'approve', saraAtDesk);
    await world.card(name, 'waits');
    await world.stop();
    world.rules.identities = identities;
    await world.start();
    await world.pass(3_700_000);
    await quiet(world);
    assert.equal(sent(world), 0);
    assert.match((await given(world, 1)).problems.map(({ what }) => what).join(), /needs 2 approvals and has 1/);
  });
});

describe('the audit of one person in two chats', () => {
  it('finds what left with one person, and on a real vault says that the list may be newer', async (t) => {
    const world = await createWorld(t, two);
    const card = await asked(world);
    await world.tap(card, 'approve', sara);
    await world.tap(await given(world, 1), 'approve', saraAtDesk);
    await quiet(world);
    assert.deepEqual(await codes(world, identities), ['too_few']);
    const facts = {
      files: await surveyVault(world.vaultPath),
      record: readRecord(world.ledgerFile),
      approvers: world.parts().approvers,
      approvalsNeeded: 2,
      isRunning: true,
      waiting: new Set<string>(),
    };
    const real = auditReal({ ...facts, identities });
    assert.deepEqual([real.breaches, real.explained.map(({ by }) => by)], [[], ['identities']]);
    assert.deepEqual(auditReal({ ...facts, identities: new Map() }).explained, [], 'old records stay right');
  });
});
