/** A draft that is to leave at a time of the night in which the clocks change leaves then, once. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { createHeldClock } from '../../support/held-clock.ts';
import { until } from '../../support/until.ts';
import { createWorld } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

process.env['TZ'] = 'Europe/Berlin';

const minute = 60_000;
const name = 'LINKEDIN_night.md';

async function approved(t: TestContext, now: string, schedule: string) {
  const world = await createWorld(t, { holdSeconds: 0 }, { clock: createHeldClock(new Date(now)) });
  world.write(
    `Pending_Approval/${name}`,
    `---\ntype: linkedin_post\nschedule: ${schedule}\n---\n\n## LinkedIn Post\n\nGood night.\n`,
  );
  await world.rescan();
  await world.tap(await world.card(name, 'asks'), 'approve');
  await until(() => world.exists(`Approved/${name}`), 'it waits in Approved');
  return world;
}

for (const [night, now, schedule] of [
  // On the clock it is 03:30 then.
  ['spring', '2031-03-30T00:50:00Z', '2031-03-30T02:30'],
  ['autumn', '2031-10-25T23:50:00Z', '2031-10-26T02:30'],
] as const) {
  describe(`a draft for 02:30 in the night of the change in ${night}`, () => {
    it('waits for that time and leaves once', async (t) => {
      const world = await approved(t, now, schedule);
      await world.pass(39 * minute);
      await world.card(name, 'waits');
      assert.equal(world.executor.runs.length, 0);
      await world.pass(2 * minute);
      await world.card(name, 'done');
      // In autumn the clock shows 02:30 once more.
      await world.pass(120 * minute);
      await world.rescan();
      assert.equal(world.executor.effects.length, 1);
    });
  });
}

describe('a draft for a time that exists twice', () => {
  it('leaves right after the approval when the first of the two has passed, and its card says so before', async (t) => {
    const world = await createWorld(
      t,
      { holdSeconds: 0 },
      { clock: createHeldClock(new Date('2031-10-26T01:10:00Z')) },
    );
    world.write(
      `Pending_Approval/${name}`,
      '---\ntype: linkedin_post\nschedule: 2031-10-26T02:30\n---\n\n## LinkedIn Post\n\nGood night.\n',
    );
    await world.rescan();
    const card = await world.card(name, 'asks');
    assert.match(card.problems.map(({ what }) => what).join(), /The planned time has passed/);
    await world.tap(card, 'approve');
    await world.card(name, 'done');
  });
});

describe('an undo time and a clock that is set', () => {
  const undone = async (world: World) => {
    world.write('Pending_Approval/LINKEDIN_news.md', '---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nHello.\n');
    await world.rescan();
    await world.tap(await world.card('LINKEDIN_news.md', 'asks'), 'approve');
    return await world.card('LINKEDIN_news.md', 'waits');
  };

  for (const [words, ms] of [
    ['forward', 3_600_000],
    ['back', -3_600_000],
  ] as const) {
    it(`lasts as long as it should when the clock is set ${words}`, async (t) => {
      const world = await createWorld(t, { holdSeconds: 30 });
      await undone(world);
      await world.pass(5_000);
      world.clock.jump(ms);
      await world.rescan();
      await world.pass(20_000);
      await world.rescan();
      assert.equal(world.executor.runs.length, 0, 'it can still be undone');
      await world.pass(6_000);
      await world.card('LINKEDIN_news.md', 'done');
    });

    it(`can be undone after the clock was set ${words}, also after a start`, async (t) => {
      const world = await createWorld(t, { holdSeconds: 30 });
      await undone(world);
      await world.stop();
      await world.start();
      await world.pass(5_000);
      world.clock.jump(ms);
      await world.pass(20_000);
      const waits = await world.card('LINKEDIN_news.md', 'waits');
      assert.equal((await world.tap(waits, 'undo')).kind, 'accepted');
      await world.pass(7_200_000);
      assert.equal(world.executor.runs.length, 0);
    });
  }

  it('leaves what is approved for a time to the time of day', async (t) => {
    const world = await createWorld(t, { holdSeconds: 10 });
    world.write('Pending_Approval/LINKEDIN_news.md', '---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nHello.\n');
    await world.rescan();
    const at = new Date(world.clock.now().getTime() + 7_200_000).toISOString();
    await world.tap(await world.card('LINKEDIN_news.md', 'asks'), 'approve', undefined, at);
    await world.pass(60_000);
    assert.equal(world.executor.runs.length, 0);
    world.clock.jump(7_200_000);
    await world.pass(70_000);
    await world.card('LINKEDIN_news.md', 'done');
  });
});
