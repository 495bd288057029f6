/** Two approvers in one group tap in the same instant: what each of them reads, what is on record, and what leaves. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import type { Person } from '../../../sandbox/telegram/index.ts';
import { createChatWorld } from '../../support/chat-world.ts';
import { until } from '../../support/until.ts';
import { decisionsOf, hasButton, keepsPromises, pending, postName, postOf } from './chat-steps.ts';

const groupId = -1_001_234_567_890;
const bobId = 700_300;

/** The world's chat becomes a group, as a group gets a new id: the bot follows it with its first card. */
async function createTeam(t: TestContext) {
  const world = await createChatWorld(t);
  const bob = world.telegram.addPerson({ id: bobId, firstName: 'Bob' });
  const group = world.telegram.addGroup({ id: groupId, title: 'Team', members: [world.owner, bob] });
  const { approvers } = world.parts();
  assert.ok(approvers instanceof Map);
  approvers.set('telegram', new Set([String(world.owner.id), String(bobId)]));
  await world.listens();
  world.telegram.fault({ method: 'sendMessage', kind: 'status', migrateTo: groupId, times: 1 });
  world.write(pending, postOf('We are open on Sunday.'));
  await world.rescan();
  const card = await until(() => group.messages().find((message) => hasButton(message, 'Approve')), 'the card');
  const crowd = { Ada: group.as(world.owner), Bob: group.as(bob) };
  /** Both taps are there before the bot hears of either. */
  const tap = async (first: readonly [Person, string], second: readonly [Person, string]) => {
    const ids = [first, second].map(([who, label]) => ({ who, id: who.tap(card.id, { label }) }));
    return await Promise.all(ids.map(({ who, id }) => until(() => who.toast(id), 'the tap is answered')));
  };
  const reads = (words: RegExp) =>
    until(async () => {
      // A group bears few messages, so the card waits longer.
      await world.pass(500);
      return group.messages().some(({ id, text }) => id === card.id && words.test(text));
    }, `the card reads ${words.source}`);
  return { world, group, tap, reads, ...crowd };
}

/** Much later. */
async function rests({ world }: Awaited<ReturnType<typeof createTeam>>, sent: number): Promise<void> {
  await world.pass(60_000);
  await world.rescan();
  await keepsPromises(world);
  assert.equal(world.executor.effects.length, sent);
  assert.equal(world.executor.runs.length, sent);
}

describe('two approvers in the same instant', () => {
  it('approve: it counts once, the second reads who was first, and it leaves once', async (t) => {
    const team = await createTeam(t);
    const [won, lost] = await team.tap([team.Bob, 'Approve'], [team.Ada, 'Approve']);
    assert.match(won?.text ?? '', /^Approved\. Goes out at /);
    assert.match(lost?.text ?? '', /^Already approved by .?Bob.? at \d\d:\d\d\.$/);
    assert.deepEqual([won?.alert, lost?.alert], [false, true]);
    assert.deepEqual(decisionsOf(team.world), ['approve Bob']);
    await team.reads(/Went out at .+ · approved by .?Bob.? at/);
    await rests(team, 1);
    assert.ok(team.world.exists(`Done/${postName}`));
  });

  it('reject and approve: the rejection counts alone, the other reads who rejected, and nothing leaves', async (t) => {
    const team = await createTeam(t);
    const [won, lost] = await team.tap([team.Bob, 'Reject'], [team.Ada, 'Approve']);
    assert.equal(won?.text, 'Rejected. Nothing will be sent.');
    assert.match(lost?.text ?? '', /^Already rejected by .?Bob.? at \d\d:\d\d\.$/);
    assert.deepEqual([won?.alert, lost?.alert], [false, true]);
    assert.deepEqual(decisionsOf(team.world), ['reject Bob']);
    await team.reads(/\nRejected by .?Bob.? at/);
    await rests(team, 0);
    assert.ok(team.world.exists(`Rejected/${postName}`));
  });

  it('approve and reject: what has not left can still be rejected, so both stand on record and nothing leaves', async (t) => {
    const team = await createTeam(t);
    const [first, second] = await team.tap([team.Ada, 'Approve'], [team.Bob, 'Reject']);
    assert.match(first?.text ?? '', /^Approved\. Goes out at /);
    assert.equal(second?.text, 'Rejected. Nothing will be sent.');
    assert.deepEqual(decisionsOf(team.world), ['approve Ada', 'reject Bob']);
    await team.reads(/\nRejected by .?Bob.? at/);
    await rests(team, 0);
    assert.ok(team.world.exists(`Rejected/${postName}`));
  });

  it('approve, and one who is not on the list taps first: only the approver counts', async (t) => {
    const team = await createTeam(t);
    const approvers = team.world.parts().approvers;
    assert.ok(approvers instanceof Map);
    approvers.set('telegram', new Set([String(team.world.owner.id)]));
    const [refused, won] = await team.tap([team.Bob, 'Reject'], [team.Ada, 'Approve']);
    assert.match(refused?.text ?? '', /not on the list of approvers/);
    assert.match(won?.text ?? '', /^Approved\. Goes out at /);
    assert.deepEqual(decisionsOf(team.world), ['approve Ada']);
    await team.reads(/Went out at .+ · approved by .?Ada.? at/);
    await rests(team, 1);
  });
});
