import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createWorld, sara, stranger } from '../../support/workflow-world.ts';
import { sends } from '../../support/fake-executor.ts';
import { blocks } from '../../../src/domain/problem.ts';
import { until } from '../../support/until.ts';

const post = (text: string) => `---\ntype: linkedin_post\naction: post_update\n---\n\n## LinkedIn Post\n\n${text}\n`;
const pending = 'Pending_Approval/LINKEDIN_news.md';
const name = 'LINKEDIN_news.md';

describe('trouble on the way out', () => {
  it('tries again with growing delay when nothing left, then gives up and says so', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0, maxRetries: 2 });
    const problem = blocks('unreachable', 'The site is down.', 'Wait.');
    world.executor.next(async () => ({ kind: 'retry_later', problem }));
    world.write(pending, post('Try.'));
    await world.rescan();
    await world.tap(await world.card(name, 'asks'), 'approve');
    await until(() => world.executor.runs.length === 1, 'the first try');
    const waits = () => [...world.chat.cards.values()][0]?.problems[0]?.what.includes('down');
    await until(waits, 'the card says why it waits');
    await until(() => world.exists('Approved/LINKEDIN_news.md'), 'it waits in Approved');
    await world.pass(5_500);
    await until(() => world.executor.runs.length === 2, 'the second try');
    await until(() => world.exists('Approved/LINKEDIN_news.md') && waits(), 'it waits again');
    await world.pass(10_500);
    await world.card(name, 'failed');
    assert.equal(world.executor.runs.length, 3);
    assert.equal(new Set(world.executor.runs.map((run) => run.key)).size, 1);
    await until(() => world.exists('Failed/LINKEDIN_news.md'), 'the file lies in Failed');
    await until(
      () => world.chat.notes.some((note) => note.loud && note.text.includes('after 3 tries')),
      'the chat was told',
    );
  });

  it('never repeats what may have left; proof settles it', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    world.executor.next(async (effect, run, send) => {
      await run.commit();
      send(effect);
      throw new Error('the page died');
    });
    world.write(pending, post('Maybe.'));
    await world.rescan();
    await world.tap(await world.card(name, 'asks'), 'approve');
    const card = await world.card(name, 'unknown');
    assert.deepEqual(card.verbs, ['happened', 'not_happened', 'leave']);
    assert.ok(world.exists('In_Progress/LINKEDIN_news.md'));
    world.executor.confirms({ kind: 'happened', evidence: { link: 'https://example.com/p', messageId: '', note: '' } });
    await world.pass(6_000);
    await world.card(name, 'done');
    assert.equal(world.executor.runs.length, 1);
    assert.equal(world.executor.effects.length, 1);
  });

  it('asks a person when there is no proof, and believes them', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    world.executor.next(async (_, run) => {
      await run.commit();
      return { kind: 'unknown', problem: blocks('outcome_unknown', 'No answer.', 'Look.') };
    }, sends);
    world.write(pending, post('Who knows.'));
    await world.rescan();
    await world.tap(await world.card(name, 'asks'), 'approve');
    const card = await world.card(name, 'unknown');
    for (const ms of [6_000, 30_000, 100_000, 600_000]) await world.pass(ms);
    await until(() => world.chat.notes.some((note) => note.text.includes('can’t tell')), 'people were asked');
    assert.equal(world.executor.runs.length, 1);
    assert.equal((await world.tap(card, 'not_happened')).kind, 'accepted');
    const again = await world.card(name, 'asks');
    assert.equal((await world.tap(again, 'approve')).kind, 'accepted');
    await world.card(name, 'done');
    assert.equal(world.executor.effects.length, 1);
  });

  it('calls an attempt that was cut off after its point of no return unknown', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    world.executor.next(async (_, run) => {
      await run.commit();
      // The test may be over before this line.
      if (!run.signal.aborted) await new Promise((resolve) => run.signal.addEventListener('abort', resolve));
      throw new Error('cut off');
    });
    world.write(pending, post('Cut.'));
    await world.rescan();
    await world.tap(await world.card(name, 'asks'), 'approve');
    await until(async () => (await world.parts().ledger.drafts.open())[0]?.state === 'in_progress', 'it runs');
    const [draft] = await world.parts().ledger.drafts.open();
    assert.ok(draft);
    await until(
      async () => (await world.parts().ledger.attempts.of(draft.id))[0]?.phase === 'committed',
      'it is committed',
    );
    // The way a crash looks from the record: nothing ended.
    const { recover } = await import('../../../src/workflow/recover.ts');
    await recover(world.parts());
    assert.equal((await world.parts().ledger.drafts.byId(draft.id))?.state, 'unknown');
    assert.equal(world.executor.runs.length, 1);
  });

  it('holds what is over the limit and says when it goes', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0, policy: 'any', limits: new Map([['linkedin', 2]]) });
    for (const number of [1, 2, 3]) world.write(`Approved/LINKEDIN_${number}.md`, post(`Post ${number}.`));
    await world.rescan();
    await until(() => world.executor.effects.length === 2, 'two went out');
    const held = await until(
      () => [...world.chat.cards.values()].find((card) => card.problems[0]?.code === 'limit_reached'),
      'one is held',
    );
    assert.match(held.problems[0]?.remedy ?? '', /goes out at \d\d:\d\d/);
    await world.pass(3_500_000);
    assert.equal(world.executor.effects.length, 2);
    await world.pass(200_000);
    await until(() => world.executor.effects.length === 3, 'the third went out');
  });

  it('pauses at once, also what is about to commit, and goes on after', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    let arrive: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    let letGo: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    world.executor.next(async (effect, run, send) => {
      arrive();
      await gate;
      return await sends(effect, run, send);
    }, sends);
    world.write(pending, post('Hold it.'));
    await world.rescan();
    await world.tap(await world.card(name, 'asks'), 'approve');
    await arrived;
    assert.equal((await world.door().pause(sara)).kind, 'accepted');
    assert.equal((await world.door().pause(stranger)).kind, 'refused');
    letGo();
    await until(async () => (await world.parts().ledger.drafts.open())[0]?.state === 'approved', 'it is held');
    await world.pass(600_000);
    assert.equal(world.executor.effects.length, 0);
    await world.door().resume(sara);
    await until(() => world.executor.effects.length === 1, 'it went out');
    const [done] = await until(async () => {
      const drafts = await world.parts().ledger.drafts.settled(1);
      return drafts.length > 0 ? drafts : undefined;
    }, 'it is done');
    assert.equal((await world.parts().ledger.attempts.of(done?.id ?? '')).length, 2);
  });

  it('keeps what a chat that is down has missed', async (t) => {
    const world = await createWorld(t);
    world.chat.down(true);
    world.write(pending, post('Later.'));
    await world.rescan();
    await until(() => [...world.second.cards.values()].length === 1, 'the other channel shows it');
    assert.equal(world.chat.cards.size, 0);
    world.chat.down(false);
    await world.pass(70_000);
    await world.card(name, 'asks');
  });

  it('does not offer what can’t go out, and takes it back from Approved with the reason', async (t) => {
    const world = await createWorld(t);
    world.write('Approved/FACEBOOK_hello.md', '## Post Content\n\nHello.\n');
    world.write('Approved/notes.md', 'Just some notes.\n');
    await world.rescan();
    const facebook = await world.card('FACEBOOK_hello.md', 'blocked');
    assert.ok(facebook.problems.some((problem) => problem.code === 'platform_not_set_up'));
    assert.ok(!facebook.verbs.includes('approve'));
    const notes = await world.card('notes.md', 'blocked');
    assert.ok(notes.problems.length > 0);
    assert.deepEqual(world.list('Approved'), []);
    const forged = await world.tap({ ...facebook, verbs: ['approve'] }, 'approve');
    assert.equal(forged.kind === 'refused' && forged.why, 'blocked');
  });
});
