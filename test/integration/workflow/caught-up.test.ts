import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Card } from '../../../src/domain/card.ts';
import { sends } from '../../support/fake-executor.ts';
import { until } from '../../support/until.ts';
import { createWorld } from '../../support/workflow-world.ts';

const post = `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nWhat is left to do.\n`;
const name = 'LINKEDIN_left.md';

describe('what a start finds to do', () => {
  /** A draft that was asked about, and approved by hand while nothing ran. */
  async function approvedMeanwhile(t: Parameters<typeof createWorld>[0]) {
    const moods: Card['mood'][] = [];
    const watch = (channel: string, { mood }: Card) => void (channel === 'chat' && moods.push(mood));
    const world = await createWorld(t, { holdSeconds: 0 }, { watch });
    world.write(`Pending_Approval/${name}`, post);
    await world.rescan();
    await world.card(name, 'asks');
    await world.stop();
    world.move(`Pending_Approval/${name}`, `Approved/${name}`);
    moods.length = 0;
    return { world, moods };
  }

  it('is told by its end, not by each step of it', async (t) => {
    const { world, moods } = await approvedMeanwhile(t);
    await world.start();
    await world.card(name, 'done');
    assert.deepEqual(moods, ['done']);
  });

  it('is told while it goes on, when it takes long', async (t) => {
    // Before the world: it waits for what runs when it stops.
    const slow = Promise.withResolvers<void>();
    t.after(() => slow.resolve());
    const { world, moods } = await approvedMeanwhile(t);
    const isCarriedOut = Promise.withResolvers<void>();
    world.executor.next(async (effect, run, send) => {
      isCarriedOut.resolve();
      await slow.promise;
      return await sends(effect, run, send);
    });
    await world.start();
    await isCarriedOut.promise;
    assert.deepEqual(moods, []);
    await until(async () => {
      await world.pass(100);
      return moods.length > 0;
    }, 'the card says that it is going out');
    assert.deepEqual(moods, ['works']);
    slow.resolve();
    await world.card(name, 'done');
  });

  it('is not disturbed by looks at the folders: one follows it', async (t) => {
    const slow = Promise.withResolvers<void>();
    t.after(() => slow.resolve());
    const { world } = await approvedMeanwhile(t);
    world.executor.next(async (effect, run, send) => {
      await slow.promise;
      return await sends(effect, run, send);
    });
    await world.start();
    let isOver = false;
    const over = world.workflow().caughtUp();
    void over.then(() => (isOver = true));
    const list = t.mock.method(world.parts().vault, 'list');
    world.write('Pending_Approval/LINKEDIN_new.md', post);
    for (let times = 0; times < 3; times += 1) world.workflow().hint('Pending_Approval');
    await world.pass(100);
    assert.equal(list.mock.callCount(), 0);
    // Mail is looked for after it.
    assert.equal(isOver, false);
    slow.resolve();
    await over;
    await world.card('LINKEDIN_new.md', 'asks');
    await world.card(name, 'done');
  });

  it('an attempt that may have gone out is looked up at once', async (t) => {
    // Until the end of the test, when its files are closed.
    const never = Promise.withResolvers<never>();
    t.after(() => never.reject(new Error('cut off')));
    const world = await createWorld(t, { holdSeconds: 0 });
    world.executor.next(async (_, run) => {
      await run.commit();
      return await never.promise;
    });
    world.write(`Pending_Approval/${name}`, post);
    await world.rescan();
    await world.tap(await world.card(name, 'asks'), 'approve');
    const attempts = async () => {
      const [draft] = await world.parts().ledger.drafts.open();
      return draft === undefined ? [] : await world.parts().ledger.attempts.of(draft.id);
    };
    await until(async () => (await attempts())[0]?.phase === 'committed', 'it is past its point of no return');
    await world.kill();
    world.executor.confirms({
      kind: 'happened',
      evidence: { link: '', messageId: '<a@b.example>', note: 'It is there.' },
    });
    await world.start();
    // No time passes on this clock.
    await world.card(name, 'done');
    assert.equal(world.executor.runs.length, 1);
  });
});
