import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { unmarked } from '../../../src/lib/words.ts';
import { createWorld, sara, stranger } from '../../support/workflow-world.ts';
import { until } from '../../support/until.ts';

const post = (text: string) => `---\ntype: linkedin_post\naction: post_update\n---\n\n## LinkedIn Post\n\n${text}\n`;
const pending = 'Pending_Approval/LINKEDIN_news.md';
const name = 'LINKEDIN_news.md';

describe('the flow of one draft', () => {
  it('asks, is approved by a tap, waits for the hold, goes out once, and says so', async (t) => {
    const world = await createWorld(t);
    world.write(pending, post('We are open on Sunday.'));
    await world.rescan();
    const card = await world.card(name, 'asks');
    assert.equal(card.text, 'We are open on Sunday.');
    assert.deepEqual(card.verbs, ['approve', 'edit', 'reject', 'postpone']);

    const verdict = await world.tap(card, 'approve');

    assert.equal(verdict.kind, 'accepted');
    await until(() => world.exists('Approved/LINKEDIN_news.md'), 'the file lies in Approved');
    assert.deepEqual((await world.card(name, 'waits')).verbs, ['undo']);
    await world.pass(9_000);
    assert.equal(world.executor.effects.length, 0);
    await world.pass(1_500);
    await world.card(name, 'done');
    assert.deepEqual(
      world.executor.effects.map((effect) => effect.text),
      ['We are open on Sunday.'],
    );
    await until(() => world.exists('Done/LINKEDIN_news.md'), 'the file lies in Done');
    await until(() => world.chat.notes.length === 1, 'the chat was told');
    assert.match(world.chat.notes[0]?.text ?? '', /Posted on LinkedIn/);
    assert.deepEqual(
      world.chat.notes[0]?.links.map((link) => link.label),
      ['Open post', 'Log'],
    );
    await until(() => world.read('Done/LINKEDIN_news.md').includes('sent_link:'), 'the result is in the file');
  });

  it('goes out after a move by hand just the same', async (t) => {
    const world = await createWorld(t);
    world.write(pending, post('By hand.'));
    await world.rescan();
    await world.card(name, 'asks');
    world.move(pending, 'Approved/LINKEDIN_news.md');
    await world.rescan();
    await world.card(name, 'waits');
    await world.pass(10_500);
    await world.card(name, 'done');
    assert.deepEqual(
      world.executor.effects.map((effect) => effect.text),
      ['By hand.'],
    );
  });

  it('asks when it is put straight into Approved: whoever drafts must not be able to approve', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    world.write('Approved/LINKEDIN_news.md', post('Straight.'));
    await world.rescan();
    const card = await world.card(name, 'asks');
    assert.match(card.problems.map(({ code, what }) => `${code} ${what}`).join(), /^never_seen .*never waited/);
    assert.ok(world.exists(pending));
    await world.pass(60_000);
    assert.equal(world.executor.runs.length, 0);
    await world.tap(card, 'approve');
    await world.card(name, 'done');
  });

  it('goes out when it is put straight into Approved where the policy lets it', async (t) => {
    const world = await createWorld(t, { policy: 'any' });
    world.write('Approved/LINKEDIN_news.md', post('Straight.'));
    await world.rescan();
    await world.card(name, 'waits');
    await world.pass(10_500);
    await world.card(name, 'done');
    assert.equal(world.executor.effects.length, 1);
  });

  it('does not trust what lay in Approved before the very first start', async (t) => {
    const world = await createWorld(t);
    await world.parts().ledger.flags.set('rescanned', 'no');
    world.write('Approved/LINKEDIN_news.md', post('Old.'));
    await world.rescan();
    const card = await world.card(name, 'asks');
    assert.match(card.problems[0]?.what ?? '', /before I was started/);
    assert.ok(world.exists(pending));
  });

  it('is undone by a tap while the hold runs', async (t) => {
    const world = await createWorld(t);
    world.write(pending, post('Oops.'));
    await world.rescan();
    await world.tap(await world.card(name, 'asks'), 'approve');
    const held = await world.card(name, 'waits');
    await until(() => world.exists('Approved/LINKEDIN_news.md'), 'the file lies in Approved');
    assert.equal((await world.tap(held, 'undo')).kind, 'accepted');
    await until(() => world.exists(pending), 'the file is back');
    await world.pass(60_000);
    assert.equal(world.executor.effects.length, 0);
    await world.card(name, 'asks');
  });

  it('is rejected by a tap', async (t) => {
    const world = await createWorld(t);
    world.write(pending, post('No.'));
    await world.rescan();
    assert.equal((await world.tap(await world.card(name, 'asks'), 'reject')).kind, 'accepted');
    await world.card(name, 'rejected');
    await until(() => world.exists('Rejected/LINKEDIN_news.md'), 'the file lies in Rejected');
  });

  it('sends the edited text only, and only after it was approved anew', async (t) => {
    const world = await createWorld(t);
    world.write(pending, post('First version.'));
    await world.rescan();
    const first = await world.card(name, 'asks');
    assert.equal((await world.tap(first, 'edit', sara, 'Second version.\n\nWith two paragraphs.')).kind, 'accepted');
    await until(() => world.chat.card(first.key)?.text.startsWith('Second'), 'the card shows the new text');
    const second = await world.card(name, 'asks');
    assert.notEqual(second.revision, first.revision);
    assert.deepEqual(second.changes, [
      { kind: 'removed', text: 'First version.' },
      { kind: 'added', text: 'Second version.' },
      { kind: 'added', text: 'With two paragraphs.' },
    ]);
    assert.deepEqual(first.changes, []);
    assert.match(world.read(pending), /type: linkedin_post/);

    const old = await world.tap(first, 'approve');
    assert.equal(old.kind === 'refused' && old.why, 'stale');
    assert.equal((await world.tap(second, 'approve')).kind, 'accepted');
    await world.card(name, 'waits');
    await world.pass(10_500);
    await world.card(name, 'done');
    assert.deepEqual(
      world.executor.effects.map((effect) => effect.text),
      ['Second version.\n\nWith two paragraphs.'],
    );
  });

  it('sends a new card after a tap on an old one', async (t) => {
    const world = await createWorld(t);
    world.write(pending, post('One.'));
    await world.rescan();
    const first = await world.card(name, 'asks');
    world.write(pending, post('Two.'));
    await world.rescan();
    await until(() => world.chat.card(first.key)?.text === 'Two.', 'the card follows the file');
    const before = world.chat.sent();
    const verdict = await world.tap(first, 'approve');
    assert.equal(verdict.kind === 'refused' && verdict.why, 'stale');
    await until(() => world.chat.sent() === before + 1, 'a new card was sent');
  });

  it('refuses strangers, whatever name they carry', async (t) => {
    const world = await createWorld(t);
    world.write(pending, post('Mine.'));
    await world.rescan();
    const verdict = await world.tap(await world.card(name, 'asks'), 'approve', stranger);
    assert.equal(verdict.kind === 'refused' && verdict.why, 'not_allowed');
    await world.pass(60_000);
    assert.ok(world.exists(pending));
    assert.equal(world.executor.runs.length, 0);
  });

  it('tells the second of two people who decided first', async (t) => {
    const world = await createWorld(t);
    world.write(pending, post('Race.'));
    await world.rescan();
    const card = await world.card(name, 'asks');
    const [first, second] = await Promise.all([
      world.tap(card, 'approve'),
      world.tap(card, 'reject', { source: 'chat', id: '8', name: 'Tom' }),
    ]);
    assert.equal(first.kind, 'accepted');
    // Reject of something on hold is allowed: it can't hurt. Then nothing may leave.
    assert.equal(second.kind, 'accepted');
    await world.pass(60_000);
    assert.equal(world.executor.effects.length, 0);
    const third = await world.tap(card, 'approve');
    assert.equal(third.kind, 'refused');
    assert.match(unmarked(third.say), /Already rejected by Tom/);
  });

  it('goes back to the question when the file changes after the approval', async (t) => {
    const world = await createWorld(t);
    world.write(pending, post('Approved text.'));
    await world.rescan();
    await world.tap(await world.card(name, 'asks'), 'approve');
    await until(() => world.exists('Approved/LINKEDIN_news.md'), 'the file lies in Approved');
    world.write('Approved/LINKEDIN_news.md', post('Another text.'));
    await world.pass(10_500);
    const card = await world.card(name, 'asks');
    assert.equal(card.text, 'Another text.');
    assert.match(card.problems[0]?.what ?? '', /changed after it was approved/);
    assert.equal(world.executor.effects.length, 0);
  });
});
