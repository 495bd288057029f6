import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { unmarked } from '../../../src/lib/words.ts';
import { createWorld, sara } from '../../support/workflow-world.ts';
import { until } from '../../support/until.ts';

const name = 'LINKEDIN_news.md';
const pending = `Pending_Approval/${name}`;
const post = (text: string) => `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n${text}\n`;

async function createAsking(t: Parameters<typeof createWorld>[0], rules: Parameters<typeof createWorld>[1] = {}) {
  const world = await createWorld(t, rules);
  world.write(pending, post('We are open on Sunday.'));
  await world.rescan();
  const card = await world.card(name, 'asks');
  const at = (ms: number) => new Date(world.clock.now().getTime() + ms).toISOString();
  return { world, card, at };
}

const hour = 3_600_000;

describe('a draft that is put off', () => {
  it('goes quiet and comes back as a new card at its time, not before', async (t) => {
    const { world, card, at } = await createAsking(t);
    const before = world.chat.sent();
    assert.equal((await world.tap(card, 'postpone', sara, at(hour))).kind, 'accepted');
    const quiet = await world.card(name, 'later');
    assert.match(unmarked(quiet.standing), /^Put off by Sara at .* until /);
    assert.equal(world.chat.sent(), before, 'no new message');
    await world.pass(hour - 60_000);
    await world.rescan();
    assert.equal((await world.card(name, 'later')).key, card.key);
    await world.pass(61_000);
    await world.card(name, 'asks');
    assert.equal(world.chat.sent(), before + 1);
    await world.pass(hour);
    assert.equal(world.chat.sent(), before + 1, 'once');
    assert.equal(world.executor.effects.length, 0);
    assert.ok(world.exists(pending));
  });

  it('comes back also when everything was off at its time', async (t) => {
    const { world, card, at } = await createAsking(t);
    await world.tap(card, 'postpone', sara, at(hour));
    await world.card(name, 'later');
    await world.stop();
    const before = world.chat.sent();
    await world.pass(3 * hour);
    await world.start();
    await world.card(name, 'asks');
    await until(() => world.chat.sent() === before + 1, 'a new card was sent');
  });

  it('can be woken, approved, edited and rejected meanwhile', async (t) => {
    const { world, card, at } = await createAsking(t);
    await world.tap(card, 'postpone', sara, at(hour));
    const quiet = await world.card(name, 'later');
    assert.deepEqual(quiet.verbs, ['approve', 'edit', 'reject', 'undo']);
    assert.equal((await world.tap(quiet, 'undo')).kind, 'accepted');
    const asks = await world.card(name, 'asks');
    const again = await world.tap(asks, 'undo');
    assert.equal(again.kind === 'refused' && again.why, 'decided');
    await world.tap(asks, 'postpone', sara, at(hour));
    assert.equal((await world.tap(await world.card(name, 'later'), 'approve')).kind, 'accepted');
    await world.pass(10_500);
    await world.card(name, 'done');
    const sent = world.chat.sent();
    await world.pass(2 * hour);
    assert.equal(world.chat.sent(), sent);
  });

  it('names a time to come, or nothing changes', async (t) => {
    const { world, card, at } = await createAsking(t);
    for (const wrong of ['', 'soon', at(-1_000), '9', at(500 * 24 * hour)]) {
      const verdict = await world.tap(card, 'postpone', sara, wrong);
      assert.equal(verdict.kind === 'refused' && verdict.why, 'bad_text', wrong);
      if (wrong === '') continue;
      assert.equal((await world.tap(card, 'approve', sara, wrong)).kind, 'refused', wrong);
    }
    assert.equal((await world.card(name, 'asks')).revision, card.revision);
  });
});

describe('an approval for a time', () => {
  it('says on the card when it leaves, leaves then and not before, also over a restart', async (t) => {
    const { world, card, at } = await createAsking(t);
    const verdict = await world.tap(card, 'approve', sara, at(2 * hour));
    assert.match(verdict.say, /^Approved\. Goes out at .*Undo until then/);
    const waits = await world.card(name, 'waits');
    assert.match(waits.standing, /goes out at/);
    assert.deepEqual(waits.verbs, ['undo']);
    await world.pass(hour);
    await world.stop();
    await world.start();
    await world.pass(hour - 60_000);
    assert.equal(world.executor.effects.length, 0);
    await world.pass(61_000);
    await world.card(name, 'done');
    assert.equal(world.executor.effects.length, 1);
  });

  it('can be undone until then, and the text that is changed meanwhile is asked anew', async (t) => {
    const { world, card, at } = await createAsking(t);
    await world.tap(card, 'approve', sara, at(2 * hour));
    await until(() => world.exists(`Approved/${name}`), 'the file lies in Approved');
    assert.equal((await world.tap(await world.card(name, 'waits'), 'undo')).kind, 'accepted');
    await until(() => world.exists(pending), 'the file is back');
    const asks = await world.card(name, 'asks');
    await world.tap(asks, 'approve', sara, at(2 * hour));
    await until(() => world.exists(`Approved/${name}`), 'the file lies in Approved again');
    world.write(`Approved/${name}`, post('Something else.'));
    await world.rescan();
    await world.card(name, 'asks');
    await world.pass(3 * hour);
    assert.equal(world.executor.effects.length, 0);
  });
});
