/** The one line a day that says which mails got no draft: once, with nothing lost, whatever happens in between. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { tellDaily } from '../../../src/workflow/undrafted/daily.ts';
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
async function later(world: World, hours: number, minutes = 0): Promise<void> {
  await world.pass(hours * 3_600_000 + minutes * 60_000);
  await world.rescan();
}
const heard = (world: World) => world.chat.notes.filter(({ leadsTo }) => leadsTo === 'undrafted');

/** The lines so far, once the chats heard all that is on record: what came one line too many is among them. */
async function lines(world: World): Promise<readonly string[]> {
  const mark = `all until ${world.clock.now().toISOString()}, ${world.chat.notes.length}`;
  await world.workflow().announce(mark, mark);
  const chats = [world.chat, world.second];
  await until(() => chats.every(({ notes }) => notes.some(({ text }) => text === mark)), 'all of it was said');
  const [first = [], ...others] = chats.map(({ notes }) => notes.filter(({ leadsTo }) => leadsTo === 'undrafted'));
  for (const other of others) assert.deepEqual(other, first, 'each chat heard the same');
  return first.map(({ text }) => text);
}
const newsletters = (count: number): string =>
  count === 1 ? '📭 1 mail without a draft: 1 newsletter.' : `📭 ${count} mails without a draft: ${count} newsletters.`;

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
    await later(world, 8, 59);
    assert.deepEqual(await lines(world), [], 'not before its time');
    await later(world, 0, 1);
    const line = '📭 12 mails without a draft: 9 newsletters, 2 no-reply, 1 I could not read.';
    assert.deepEqual(await lines(world), [line]);
    assert.equal(heard(world)[0]?.loud, false);
    await later(world, 3);
    await later(world, 12);
    assert.deepEqual(await lines(world), [line], 'not twice for a day');
  });

  it('comes to the minute, whatever the time of day', async (t) => {
    for (const [hour, minute] of [
      [0, 0],
      [0, 5],
      [7, 30],
      [23, 59],
    ] as const) {
      const name = `${hour}:${minute}`;
      const start = new Date(at(hour, minute).getTime() - 120_000);
      const world = await worldAt(t, start, { mailsAt: { hour, minute } });
      await come(world, 1);
      await later(world, 0, 1);
      assert.deepEqual(await lines(world), [], name);
      await later(world, 0, 1);
      assert.deepEqual(await lines(world), [newsletters(1)], name);
      await come(world, 2, 1);
      await later(world, 23, 59);
      assert.deepEqual(await lines(world), [newsletters(1)], name);
      await later(world, 0, 1);
      assert.deepEqual(await lines(world), [newsletters(1), newsletters(2)], name);
    }
  });

  it('tells each day of what came since the last line, and says nothing where nothing came', async (t) => {
    const world = await worldAt(t, at(17));
    await come(world, 2);
    await later(world, 2);
    assert.deepEqual(await lines(world), [newsletters(2)]);
    await come(world, 1, 2);
    await later(world, 1);
    assert.deepEqual(await lines(world), [newsletters(2)], 'what comes after the line is for the next one');
    await later(world, 24);
    assert.deepEqual(await lines(world), [newsletters(2), newsletters(1)]);
    await later(world, 24);
    await later(world, 24);
    assert.deepEqual(await lines(world), [newsletters(2), newsletters(1)]);
  });

  it('is told by one of two looks at once, also when a mail comes between them', async (t) => {
    const world = await worldAt(t, at(17));
    await come(world, 1);
    await world.pass(2 * 3_600_000);
    const parts = world.parts();
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let holds = false;
    const slow = tellDaily({
      ...parts,
      ledger: {
        ...parts.ledger,
        async tx(work) {
          holds = true;
          await held;
          return await parts.ledger.tx(work);
        },
      },
    });
    await until(() => holds, 'the slow look found that the line is due');
    await world.rescan();
    await come(world, 2, 1);
    goOn();
    await slow;
    assert.deepEqual(await lines(world), [newsletters(1)]);
    await later(world, 24);
    assert.deepEqual(await lines(world), [newsletters(1), newsletters(2)]);
  });

  it('does not list what came before it was there, and a mail that got a draft meanwhile is none of them', async (t) => {
    const world = await worldAt(t, at(19));
    await come(world, 2);
    await later(world, 1);
    assert.deepEqual(await lines(world), [], 'the time of this day was over before the first start');
    const [first] = (await world.door().undrafted({}, 5)).messages;
    await world.door().draftReply({ source: 'chat', id: '7', name: 'Sara' }, first?.key ?? '');
    await later(world, 23);
    assert.deepEqual(await lines(world), [newsletters(1)]);
  });

  it('comes after a stop over its time, and not again after a restart', async (t) => {
    const world = await worldAt(t, at(17));
    const restart = async (hours: number) => {
      await world.stop();
      await world.pass(hours * 3_600_000);
      await world.start();
    };
    await come(world, 3);
    await restart(5);
    assert.deepEqual(await lines(world), [newsletters(3)]);
    await come(world, 2, 3);
    await restart(0);
    await later(world, 1);
    assert.deepEqual(await lines(world), [newsletters(3)]);
    await restart(72);
    await later(world, 1);
    assert.deepEqual(await lines(world), [newsletters(3), newsletters(2)], 'one line for days that were missed');
  });

  it('comes at its time when there was a restart before it, with what came before that', async (t) => {
    const world = await worldAt(t, at(16));
    await come(world, 2);
    await world.stop();
    await world.pass(3_600_000);
    await world.start();
    await come(world, 1, 2);
    assert.deepEqual(await lines(world), []);
    await later(world, 1);
    assert.deepEqual(await lines(world), [newsletters(3)]);
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
      assert.deepEqual(heard(world), []);
      await world.start();
      await later(world, 1);
      assert.deepEqual(await lines(world), [newsletters(3)], `died ${death.side} write ${death.write}`);
      await world.stop();
    }
  });

  it('a clock that is set back over its time does not bring it twice, one that was years ahead does not end it', async (t) => {
    const world = await worldAt(t, at(17, 30));
    await come(world, 1);
    await later(world, 1);
    assert.deepEqual(await lines(world), [newsletters(1)]);
    world.clock.jump(-3_600_000);
    await come(world, 2, 1);
    await later(world, 2);
    assert.deepEqual(await lines(world), [newsletters(1)]);
    world.clock.jump(900 * dayMs);
    await world.rescan();
    assert.deepEqual(await lines(world), [newsletters(1), newsletters(2)]);
    world.clock.jump(-900 * dayMs);
    await come(world, 3, 3);
    await later(world, 0);
    await later(world, 24);
    assert.deepEqual(await lines(world), [newsletters(1), newsletters(2), newsletters(3)]);
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
    assert.deepEqual(await lines(world), [newsletters(5_000)]);
    const page = await world.door().undrafted({ olderThan: 'key2500' }, 8);
    assert.deepEqual([page.total, page.messages.length, page.messages[0]?.key], [5_000, 8, 'key2499']);
  });

  it('is off when it is switched off, and what came meanwhile is not told when it is on again', async (t) => {
    const world = await worldAt(t, at(9), { mailsAt: undefined });
    await come(world, 2);
    await later(world, 24);
    await later(world, 24);
    assert.deepEqual(await lines(world), []);
    await world.stop();
    world.rules.mailsAt = { hour: 18, minute: 0 };
    await world.start();
    await later(world, 24);
    assert.deepEqual(await lines(world), []);
    await come(world, 1, 2);
    await later(world, 24);
    assert.deepEqual(await lines(world), [newsletters(1)]);
  });

  it('forgets after thirty days what was told, and nothing before it was', async (t) => {
    const world = await worldAt(t, at(17));
    await come(world, 2);
    await world.stop();
    await world.pass(40 * dayMs);
    await world.start();
    assert.deepEqual(await lines(world), [newsletters(2)]);
    assert.equal((await world.door().undrafted({}, 5)).total, 2);
    await later(world, 24);
    assert.equal((await world.door().undrafted({}, 5)).total, 0);
  });
});
