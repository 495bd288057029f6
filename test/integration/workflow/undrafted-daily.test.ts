/** The one line a day that says which mails got no draft: once, with nothing lost, whatever happens in between. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { createHeldClock } from '../../support/held-clock.ts';
import { createMortality } from '../../support/mortal.ts';
import { newsletter, noReply, unreadable } from '../../support/undrafted-mails.ts';
import { until } from '../../support/until.ts';
import { createWorld } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const dayMs = 86_400_000;
const at = (hour: number, minute = 0): Date => {
  const now = new Date(Date.now() + dayMs);
  return new Date(now.getFullYear(), now.getMonth(), now.getDate(), hour, minute);
};
const worldAt = (t: TestContext, start: Date, rules: Parameters<typeof createWorld>[1] = {}) =>
  createWorld(t, rules, { clock: createHeldClock(start) });

/** A look after this much time. */
async function later(world: World, hours: number): Promise<void> {
  await world.pass(hours * 3_600_000);
  await world.rescan();
}
const lines = (world: World) => world.chat.notes.filter(({ leadsTo }) => leadsTo === 'undrafted');
const told = (world: World, count: number) =>
  until(() => lines(world).length === count, `${count} lines (there are ${lines(world).length})`);

async function come(world: World, count: number, from = 0): Promise<void> {
  for (let n = from; n < from + count; n += 1) {
    await world.workflow().takeIn(newsletter(`n${n}`, world.clock.now()));
  }
}

describe('the line about mails without a draft', () => {
  it('comes once a day at its time, without a sound, the most frequent reason first', async (t) => {
    const world = await worldAt(t, at(9));
    await come(world, 9);
    for (const name of ['a', 'b']) await world.workflow().takeIn(noReply(name, world.clock.now()));
    await world.workflow().takeIn(unreadable(7, world.clock.now()));
    await later(world, 8);
    assert.equal(lines(world).length, 0, 'not before its time');
    await later(world, 2);
    await told(world, 1);
    const [line] = lines(world);
    assert.equal(line?.text, '📭 12 mails without a draft: 9 newsletters, 2 no-reply, 1 I could not read.');
    assert.equal(line?.loud, false);
    await later(world, 3);
    await later(world, 12);
    assert.equal(lines(world).length, 1, 'not twice for a day');
  });

  it('tells each day of what came since the last line, and says nothing where nothing came', async (t) => {
    const world = await worldAt(t, at(17));
    await come(world, 2);
    await later(world, 2);
    await told(world, 1);
    await come(world, 1, 2);
    await later(world, 1);
    await later(world, 24);
    await told(world, 2);
    assert.equal(lines(world)[1]?.text, '📭 1 mail without a draft: 1 newsletter.');
    await later(world, 24);
    await later(world, 24);
    assert.equal(lines(world).length, 2);
  });

  it('does not list what came before it was there, and a mail that got a draft meanwhile is none of them', async (t) => {
    const world = await worldAt(t, at(19));
    await come(world, 2);
    await later(world, 1);
    assert.equal(lines(world).length, 0, 'the time of this day was over before the first start');
    const [first] = (await world.door().undrafted({}, 5)).messages;
    await world.door().draftReply({ source: 'chat', id: '7', name: 'Sara' }, first?.key ?? '');
    await later(world, 23);
    await told(world, 1);
    assert.equal(lines(world)[0]?.text, '📭 1 mail without a draft: 1 newsletter.');
  });

  it('comes after a stop over its time, and not again after a restart', async (t) => {
    const world = await worldAt(t, at(17));
    await come(world, 3);
    await world.stop();
    await world.pass(5 * 3_600_000);
    await world.start();
    await told(world, 1);
    await world.stop();
    await world.start();
    await later(world, 1);
    assert.equal(lines(world).length, 1);
  });

  it('is neither lost nor said twice when the process dies around the write that puts it on record', async (t) => {
    // The third write is that one. After the fourth it is on its way, and nobody can tell whether it arrived: as every note.
    const deaths = [1, 2, 3, 4].flatMap((write) => [
      { write, side: 'before' } as const,
      ...(write === 4 ? [] : [{ write, side: 'after' } as const]),
    ]);
    for (const death of deaths) {
      const world = await worldAt(t, at(17));
      await come(world, 3);
      await world.stop();
      await world.pass(2 * 3_600_000);
      const mortality = createMortality(death);
      await Promise.race([world.start(mortality), mortality.dead]);
      await mortality.dead;
      await world.kill();
      assert.equal(lines(world).length, 0);
      await world.start();
      await told(world, 1);
      await later(world, 1);
      assert.equal(lines(world).length, 1, `died ${death.side} write ${death.write}`);
      await world.stop();
    }
  });

  it('a clock that is set back over its time does not bring it twice, one that was years ahead does not end it', async (t) => {
    const world = await worldAt(t, at(17, 30));
    await come(world, 1);
    await later(world, 1);
    await told(world, 1);
    world.clock.jump(-3_600_000);
    await come(world, 1, 1);
    await later(world, 2);
    assert.equal(lines(world).length, 1);
    world.clock.jump(900 * dayMs);
    await world.rescan();
    await told(world, 2);
    world.clock.jump(-900 * dayMs);
    await come(world, 1, 2);
    await later(world, 0);
    await later(world, 24);
    await told(world, 3);
  });

  it('is one line for a flood of five thousand, and the list is a page of it', async (t) => {
    const world = await worldAt(t, at(17));
    await come(world, 1);
    const { ledger } = world.parts();
    const [first] = await ledger.undrafted.list({}, 1);
    assert.ok(first !== undefined);
    await ledger.tx(async ({ undrafted }) => {
      for (let n = 0; n < 4_999; n += 1) await undrafted.put({ ...first, key: `key${n}`, itemKey: `item${n}` });
    });
    await later(world, 2);
    await told(world, 1);
    assert.equal(lines(world)[0]?.text, '📭 5000 mails without a draft: 5000 newsletters.');
    const page = await world.door().undrafted({ olderThan: 'key2500' }, 8);
    assert.deepEqual([page.total, page.messages.length, page.messages[0]?.key], [5_000, 8, 'key2499']);
  });

  it('is off when it is switched off, and what came meanwhile is not told when it is on again', async (t) => {
    const world = await worldAt(t, at(9), { mailsAt: undefined });
    await come(world, 2);
    await later(world, 24);
    await later(world, 24);
    await world.stop();
    world.rules.mailsAt = { hour: 18, minute: 0 };
    await world.start();
    await later(world, 24);
    assert.equal(lines(world).length, 0);
  });

  it('forgets after thirty days what was told, and nothing before it was', async (t) => {
    const world = await worldAt(t, at(17));
    await come(world, 2);
    await world.stop();
    await world.pass(40 * dayMs);
    await world.start();
    await told(world, 1);
    assert.equal((await world.door().undrafted({}, 5)).total, 2);
    await later(world, 24);
    assert.equal((await world.door().undrafted({}, 5)).total, 0);
  });
});
