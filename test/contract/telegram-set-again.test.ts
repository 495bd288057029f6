/** The message below the drafts of one idea over deaths, deletions and refusals. */
import assert from 'node:assert/strict';
import { setTimeout as rest } from 'node:timers/promises';

import { createHeldClock } from '../support/held-clock.ts';
import { until } from '../support/until.ts';
import { likeTheCore } from './telegram-core.ts';
import {
  both,
  dataOf,
  decisions,
  draft,
  forge,
  labels,
  lists,
  offers,
  press,
  show,
  showAll,
} from './telegram-set-world.ts';
import { botTexts, ownerId, showCard, telegramTest } from './telegram-world.ts';

const all = { digestFrom: 0 };

telegramTest(
  'set: a restart forgets nothing; what changed meanwhile is said, and an old button still means its list',
  async (world) => {
    likeTheCore(world);
    await showAll(world, 1, 2, 3);
    const first = await offers(world, ...both(3));
    await world.channel.stop();
    world.door.put(draft(3, { mood: 'rejected', standing: 'Rejected by Bob', verbs: ['undo'] }));
    await world.restart();
    const message = await offers(world, ...both(2));
    assert.deepEqual([message.id, message.text.includes('Rejected by Bob')], [first.id, true]);
    const { text } = await forge(world, message, dataOf(first, 'Approve'));
    assert.equal(text, 'Approved: 2 of 3. Facebook post: Already: Rejected by Bob.');
  },
  all,
);

telegramTest(
  'set: a process that died between the cards and the message sends it after its start, once',
  async (world) => {
    await showAll(world, 1, 2);
    await world.restart();
    await offers(world, ...both(2));
    await world.restart();
    await rest(300);
    assert.equal(botTexts(world).length, 3);
  },
  all,
);

telegramTest(
  'set: a process that died before it knew that the message stands sends another, and the first makes way',
  async (world) => {
    likeTheCore(world);
    const { memory } = world;
    const keep = memory.set;
    Object.assign(memory, {
      async set(key: string, value: string) {
        if (key === 'sets' && value.includes('"messageId"')) throw new Error('the process died here');
        await keep(key, value);
      },
    });
    await showAll(world, 1, 2, 3);
    const orphan = await offers(world, ...both(3));
    await world.channel.stop();
    Object.assign(memory, { set: keep });
    world.door.put(draft(3, { mood: 'rejected', standing: 'Rejected by Bob', verbs: ['undo'] }));
    await world.restart();
    const newer = await offers(world, ...both(2));
    assert.ok(newer.id > orphan.id);
    const old = world.owner.messages().find(({ id }) => id === orphan.id);
    assert.deepEqual([old?.text, old?.buttons], ['The newest list of this idea is below.', []]);
    // A phone that has not drawn that yet.
    const { text } = await forge(world, orphan, dataOf(orphan, 'Approve'));
    assert.equal(text, 'Approved: 2 of 3. Facebook post: Already: Rejected by Bob.');
    await until(() => lists(world).some((one) => labels(one).includes('↩️ Undo all 2')), 'the newer one says so');
  },
  all,
);

telegramTest(
  'set: looking for a card that may have arrived takes no buttons from it',
  async (world) => {
    await showAll(world, 1, 2);
    const { id } = await offers(world, ...both(2));
    await until(
      async () => (await world.memory.get('sets'))?.includes(`"messageId":"${ownerId}:${id}"`),
      'it is remembered',
    );
    // A card was on its way when the list was sent, and nobody knows what became of it.
    const lost = { chatId: String(ownerId), key: 'k3y0000008', after: id - 1, words: 'x' };
    await world.memory.set('sending', JSON.stringify([lost]));
    await showCard(world, { key: 'k3y0000009' });
    assert.ok(!((await world.memory.get('sending')) ?? '').includes(lost.key), 'it was looked for');
    assert.equal((await offers(world, ...both(2))).id, id);
  },
  all,
);

telegramTest(
  'set: a tap that is delivered again after a death counts once, and is answered as one that counts',
  async (world) => {
    likeTheCore(world);
    await showAll(world, 1, 2, 3);
    const message = await offers(world, ...both(3));
    // It dies after the first decision: the third of three calls throws as a full disk does, and the update comes again.
    const { decide } = world.door;
    let calls = 0;
    Object.assign(world.door, {
      async decide(tap: Parameters<typeof decide>[0]) {
        calls += 1;
        if (calls === 2) throw new Error('the process died here');
        return await decide(tap);
      },
    });
    assert.equal((await press(world, message, 'Approve all')).text, '3 approved. Done: approve.');
    const counted = decisions(world);
    assert.deepEqual(
      counted.map((line) => line.slice(0, 9)),
      ['approve 1', 'approve 1', 'approve 2', 'approve 3'],
    );
    await offers(world, '✅ 3 approved', '↩️ Undo all 3');
  },
  all,
);

telegramTest(
  'set: deleted by the person it comes back when something changes, without a sound; at its end it does not',
  async (world) => {
    const refs = await showAll(world, 1, 2, 3);
    const first = await offers(world, ...both(3));
    world.owner.remove(first.id);
    await show(world, 3, { mood: 'rejected', standing: 'Rejected', verbs: [] }, refs[2]);
    const message = await offers(world, ...both(2));
    assert.equal(message.silent, true);
    world.owner.remove(message.id);
    await show(world, 2, { mood: 'rejected', standing: 'Rejected', verbs: [] }, refs[1]);
    await rest(2_000);
    assert.deepEqual(lists(world), []);
  },
  all,
);

telegramTest(
  'set: told to wait when one joined, and off before that was over, it sounds after its start',
  async (world) => {
    await showAll(world, 1, 2);
    const first = await offers(world, ...both(2));
    await show(world, 3);
    world.telegram.fault({ method: 'sendMessage', kind: 'status', code: 429, retryAfter: 30, times: 1 });
    await until(() => world.telegram.calls('sendMessage').length === 5, 'it was told to wait');
    await world.restart();
    const message = await offers(world, ...both(3));
    assert.deepEqual([message.id > first.id, message.silent], [true, false]);
  },
  all,
);

telegramTest(
  'set: told to wait, it comes afterwards, and sounds then',
  async (world) => {
    await showAll(world, 1, 2);
    world.telegram.fault({ method: 'sendMessage', kind: 'status', code: 429, retryAfter: 1, times: 2 });
    assert.equal((await offers(world, ...both(2))).silent, false);
  },
  all,
);

{
  const clock = createHeldClock(new Date(2026, 4, 1, 10, 0));
  telegramTest(
    'set: told to wait, no change of a card makes it try before that',
    async (world) => {
      const refs = await showAll(world, 1, 2);
      world.telegram.fault({ method: 'sendMessage', kind: 'status', code: 429, retryAfter: 30, times: 1 });
      await clock.advance(1_500);
      await until(() => world.telegram.calls('sendMessage').length === 3, 'it was told to wait');
      await show(world, 1, { standing: 'Waiting for you still' }, refs[0]);
      await clock.advance(6_000);
      await rest(200);
      assert.equal(world.telegram.calls('sendMessage').length, 3);
      await clock.advance(30_000);
      assert.match((await offers(world, ...both(2))).text, /Waiting for you still/);
    },
    { ...all, clock },
  );
}

{
  const clock = createHeldClock(new Date(2026, 4, 1, 10, 0));
  telegramTest(
    'set: a chat that is closed is asked again after a minute',
    async (world) => {
      await showAll(world, 1, 2);
      world.owner.block();
      await clock.advance(1_500);
      await until(() => world.channel.health().standing === 'troubled', 'it is shut out');
      world.owner.unblock();
      await clock.advance(60_000);
      await offers(world, ...both(2));
    },
    { ...all, clock },
  );
}

telegramTest(
  'set: in a group that got a new id it is sent there',
  async (world) => {
    await showAll(world, 1, 2);
    const { id } = await offers(world, ...both(2));
    await until(
      async () => (await world.memory.get('sets'))?.includes(`"messageId":"${ownerId}:${id}"`),
      'it is remembered',
    );
    const grown = world.telegram.addPerson({ id: 700_301, firstName: 'Group' });
    await world.memory.set(`moved:${ownerId}`, String(grown.id));
    for (const n of [1, 2]) await show(world, n);
    await until(() => grown.messages().find(({ text }) => text.startsWith('One idea, 2')), 'it stands there too');
    await rest(300);
    assert.deepEqual(world.telegram.calls('deleteMessage'), [], 'its number means nothing in another chat');
  },
  all,
);
