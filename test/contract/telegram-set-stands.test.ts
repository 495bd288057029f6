/** The message below the drafts of one idea: when it comes, moves and sounds. */
import assert from 'node:assert/strict';
import { setTimeout as rest } from 'node:timers/promises';

import { createHeldClock } from '../support/held-clock.ts';
import { until } from '../support/until.ts';
import { likeTheCore } from './telegram-core.ts';
import {
  both,
  cardOf,
  decisions,
  draft,
  labels,
  list,
  lists,
  offers,
  press,
  put,
  show,
  showAll,
} from './telegram-set-world.ts';
import { botTexts, telegramTest } from './telegram-world.ts';
import type { TelegramWorld } from './telegram-world.ts';

const all = { digestFrom: 0 };
const sends = (world: TelegramWorld) => world.telegram.calls('sendMessage').length;

telegramTest(
  'set: one that joins brings it anew below, and only that sounds; the old one is gone',
  async (world) => {
    await show(world, 1);
    assert.equal(cardOf(world, 1)?.silent, false, 'alone it is heard');
    await show(world, 2);
    const first = await offers(world, ...both(2));
    await show(world, 3);
    const message = await offers(world, ...both(3));
    assert.notEqual(message.id, first.id);
    assert.deepEqual([cardOf(world, 2)?.silent, cardOf(world, 3)?.silent, message.silent], [true, true, false]);
    assert.equal(world.newest().id, message.id);
  },
  all,
);

telegramTest(
  'set: a card that comes anew takes it along, without a sound',
  async (world) => {
    await showAll(world, 1, 2);
    const first = await offers(world, ...both(2));
    await show(world, 1, { text: 'Text number 1. New.', revision: '9999999999' });
    const message = await list(world, ({ text }) => text.includes('New.'), 'it says the new text');
    assert.deepEqual([message.id > first.id, message.silent, world.newest().id], [true, true, message.id]);
  },
  all,
);

telegramTest(
  'set: twenty changes in a row are few edits, and no further message',
  async (world) => {
    const refs = await showAll(world, 1, 2, 3);
    const { id } = await offers(world, ...both(3));
    const [before, edits] = [sends(world), world.telegram.calls('editMessageText').length];
    for (let n = 0; n < 3; n += 1) {
      for (const at of [1, 2, 3]) await show(world, at, { text: `Text number ${at}. ${n}` }, refs[at - 1]);
    }
    await list(world, ({ text }) => text.includes('Text number 3. 2'), 'it says the last');
    const ofCards = 9;
    assert.ok(world.telegram.calls('editMessageText').length - edits - ofCards <= 2);
    assert.deepEqual([sends(world), lists(world)[0]?.id], [before, id]);
  },
  all,
);

telegramTest('set: one that only the digest leads to is not counted until it has a card', async (world) => {
  likeTheCore(world);
  put(world, 1, 2, 3, 4);
  for (const n of [1, 2, 3, 4]) await show(world, n);
  const message = await list(world, (one) => labels(one).join() === both(3).join(), 'three have cards');
  assert.match(message.text, /Instagram post: Waiting for you · by itself: it is among the others\n/);
  await press(world, message, 'Approve all');
  assert.equal(decisions(world).length, 3);
});

telegramTest(
  'set: one that went into the digest after a gap is not counted, although its old card still stands',
  async (world) => {
    const refs = await showAll(world, 1, 2, 3);
    await offers(world, ...both(3));
    await world.memory.set('held:k3y0000003', 'yes');
    await show(world, 1, { standing: 'Waiting for you still' }, refs[0]);
    assert.match((await offers(world, ...both(2))).text, /Facebook post: .* it is among the others/);
  },
  all,
);

telegramTest(
  'set: whoever was to be heard with the others is heard alone, when the others are gone',
  async (world) => {
    put(world, 1, 2);
    await show(world, 1);
    assert.equal(cardOf(world, 1)?.silent, true);
    world.door.put(draft(2, { mood: 'rejected', standing: 'Rejected', verbs: [] }));
    const said = await until(
      () => world.owner.messages().find(({ text }) => text === 'This one waits for you.'),
      'it is said',
    );
    assert.deepEqual([said.silent, said.replyTo], [false, cardOf(world, 1)?.id]);
    await world.restart();
    await rest(300);
    assert.equal(botTexts(world).length, 2, 'once');
  },
  all,
);

telegramTest(
  'set: whoever can’t be decided about with the others is heard alone too',
  async (world) => {
    const media = [{ name: 'a.png', type: 'image/png', bytes: 9, path: 'gone.png', sha256: 'f'.repeat(64) }];
    put(world, 1);
    world.door.put(draft(2, { media }));
    await show(world, 1);
    await show(world, 2, { media });
    await until(
      () => world.owner.messages().filter(({ text }) => text === 'This one waits for you.').length === 2,
      'both are heard',
    );
    assert.deepEqual(lists(world), []);
  },
  all,
);

telegramTest(
  'set: at night nothing of it sounds',
  async (world) => {
    await showAll(world, 1, 2);
    assert.equal((await offers(world, ...both(2))).silent, true);
  },
  { ...all, quietHours: { from: 0, to: 23 }, clock: createHeldClockAtNight() },
);

telegramTest(
  'set: the same name later is another round; the first stays as a summary without buttons',
  async (world) => {
    likeTheCore(world);
    await showAll(world, 1, 2);
    await press(world, await offers(world, ...both(2)), 'Reject all');
    const first = await offers(world, '❌ 2 rejected', '↩️ Undo all 2');
    await showAll(world, 3, 4);
    const second = await until(() => lists(world).find(({ id }) => id !== first.id), 'another message');
    assert.deepEqual(labels(second), both(2));
    assert.ok(!second.text.includes('number 1.'));
    const old = await until(
      () => lists(world).find((one) => one.id === first.id && labels(one).length === 0),
      'the first has no buttons',
    );
    assert.match(old.text, /LinkedIn post: Rejected/);
  },
  all,
);

telegramTest(
  'set: one that names another idea leaves it',
  async (world) => {
    const refs = await showAll(world, 1, 2, 3);
    await offers(world, ...both(3));
    const { set: _, ...alone } = draft(3);
    world.door.put(alone);
    const result = await world.channel.show(alone, refs[2]);
    assert.equal(result.kind, 'shown');
    const message = await offers(world, ...both(2));
    assert.match(message.text, /^One idea, 2 platforms\n/);
    assert.ok(!message.text.includes('number 3.'));
  },
  all,
);

telegramTest(
  'set: what is kept of many ideas has an end, and the oldest loses its buttons',
  async (world) => {
    for (let n = 0; n < 20; n += 1) {
      const set = { id: `${1_000_000_000 + n}`, words: `Idea ${n}` };
      for (const at of [1, 2]) {
        await show(world, at, { key: `k3y00${at}${1_000 + n}`, set });
      }
    }
    const oldest = await until(
      () => lists(world).find((one) => one.text.includes('\nIdea 0\n') && labels(one).length === 0),
      'the oldest has none',
    );
    assert.equal(lists(world).filter((one) => labels(one).length > 0).length, 19);
    assert.ok(oldest.text.includes('Waiting for you'));
    assert.ok(((await world.memory.get('sets')) ?? '').length < 30_000);
  },
  all,
);

function createHeldClockAtNight() {
  const clock = createHeldClock(new Date(2026, 4, 1, 3, 0));
  // It stands still but for what the message needs.
  const timer = setInterval(() => void clock.advance(500), 100);
  timer.unref();
  return clock;
}
