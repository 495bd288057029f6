/** One idea on several platforms: each draft at its own card, and one message below that decides about all of them. */
import assert from 'node:assert/strict';

import type { Card } from '../../src/domain/card.ts';
import { until } from '../support/until.ts';
import { likeTheCore } from './telegram-core.ts';
import { groupTest } from './telegram-group-world.ts';
import type { GroupWorld } from './telegram-group-world.ts';
import {
  both,
  cardOf,
  dataOf,
  decisions,
  draft,
  forge,
  labels,
  list,
  lists,
  offers,
  press,
  put,
  set,
  show,
  showAll,
} from './telegram-set-world.ts';
import { botTexts, ownerId, showCard, telegramTest } from './telegram-world.ts';

telegramTest('set: three cards as always, and one message below them, which alone makes a sound', async (world) => {
  await showAll(world, 1, 2, 3);
  const message = await offers(world, ...both(3));
  assert.equal(
    message.text,
    [
      'One idea, 3 platforms\nSummer sale',
      'LinkedIn post: Waiting for you\nText number 1.',
      'X post: Waiting for you\nText number 2.',
      'Facebook post: Waiting for you\nText number 3.',
    ].join('\n\n'),
  );
  assert.equal(world.newest().id, message.id, 'below everything');
  assert.equal(message.silent, false);
  for (const n of [1, 2, 3]) {
    const card = cardOf(world, n);
    assert.equal(card?.silent, true, `card ${n}`);
    assert.equal(card.buttons[0]?.[0]?.label, '✅ Approve');
  }
  assert.equal(botTexts(world).length, 4);
});

telegramTest('set: approve all is a decision on each as it was shown, and can be taken back', async (world) => {
  likeTheCore(world);
  await showAll(world, 1, 2, 3);
  const message = await offers(world, ...both(3));
  assert.deepEqual(await press(world, message, 'Approve all'), { text: '3 approved. Done: approve.', alert: false });
  const yes = ['approve 1 1bcdef0123', 'approve 2 2bcdef0123', 'approve 3 3bcdef0123'];
  assert.deepEqual(decisions(world), yes);
  assert.ok(world.door.taps.every(({ actor }) => actor.id === String(ownerId)));
  const done = await offers(world, '✅ 3 approved', '↩️ Undo all 3');
  assert.equal(done.id, message.id, 'in place');
  assert.match(done.text, /LinkedIn post: Approved by Ada\nText number 1\./);
  assert.equal(done.buttons[0]?.[0]?.disabled, true, 'a thumb that taps twice takes nothing back');
  assert.deepEqual(await press(world, done, 'Undo all 3'), { text: '3 taken back. Done: undo.', alert: false });
  assert.deepEqual(decisions(world).slice(3), ['undo 1 1bcdef0123', 'undo 2 2bcdef0123', 'undo 3 3bcdef0123']);
  await offers(world, ...both(3));
});

telegramTest('set: reject all; what is on its way meanwhile is not taken back, and the rest is', async (world) => {
  likeTheCore(world);
  const refs = await showAll(world, 1, 2);
  assert.deepEqual(await press(world, await offers(world, ...both(2)), 'Reject all'), {
    text: '2 rejected. Done: reject.',
    alert: false,
  });
  assert.deepEqual(decisions(world), ['reject 1 1bcdef0123', 'reject 2 2bcdef0123']);
  const undo = dataOf(await offers(world, '❌ 2 rejected', '↩️ Undo all 2'), 'Undo');
  await show(world, 2, { mood: 'works', standing: 'going out now', verbs: [] }, refs[1]);
  const message = await offers(world, '❌ 1 rejected', '↩️ Undo: LinkedIn post');
  const late = await forge(world, message, undo);
  assert.deepEqual(late, { text: 'Taken back: 1 of 2. X post: Already: going out now.', alert: true });
});

telegramTest('set: what changed after it was drawn is refused by name, and the others count', async (world) => {
  likeTheCore(world);
  await showAll(world, 1, 2, 3);
  const message = await offers(world, ...both(3));
  world.door.put(draft(2, { revision: '9999999999', text: 'Something else.' }));
  const { text, alert } = await press(world, message, 'Approve all');
  assert.deepEqual([text, alert], ['Approved: 2 of 3. X post: It changed since.', true]);
  assert.deepEqual(decisions(world), ['approve 1 1bcdef0123', 'approve 3 3bcdef0123']);
  await offers(world, '✅ 2 approved', '↩️ Undo all 2');
});

telegramTest('set: what a list did not mean it does not decide, and each button means its own list', async (world) => {
  likeTheCore(world);
  const refs = await showAll(world, 1, 2);
  const old = dataOf(await offers(world, ...both(2)), 'Approve');
  await show(world, 2, { revision: '9999999999', text: 'Something else.' }, refs[1]);
  const message = await list(world, ({ text }) => text.includes('Something else.'), 'it follows the text');
  assert.notEqual(dataOf(message, 'Approve'), old);
  // The other phone has not drawn the change yet: its button means what stands there.
  const { text, alert } = await forge(world, message, old);
  assert.deepEqual([text, alert], ['Approved: 1 of 2. X post: It changed since.', true]);
  const foreign = await forge(world, message, '1:ja:0123456789:');
  assert.deepEqual([foreign.alert, decisions(world)], [true, ['approve 1 1bcdef0123']]);
  assert.match(foreign.text, /^This list is an old one/);
});

telegramTest('set: a text that its card does not show yet is not offered', async (world) => {
  const refs = await showAll(world, 1, 2, 3);
  await offers(world, ...both(3));
  world.door.put(draft(2, { revision: '9999999999', text: 'Nobody saw this.' }));
  await show(world, 1, { standing: 'Waiting for you still' }, refs[0]);
  const message = await offers(world, ...both(2));
  assert.match(message.text, /X post: Waiting for you · by itself: its card is changing\n/);
});

telegramTest('set: one approved by itself, and put off, is named and no longer meant', async (world) => {
  likeTheCore(world);
  const refs = await showAll(world, 1, 2, 3);
  const first = await offers(world, ...both(3));
  await show(world, 1, { mood: 'waits', standing: 'Approved by Bob', verbs: ['undo'] }, refs[0]);
  const message = await offers(world, ...both(2));
  assert.match(message.text, /LinkedIn post: Approved by Bob/);
  await show(world, 2, { mood: 'later', standing: 'Put off by Ada', verbs: ['approve', 'undo'] }, refs[1]);
  await list(world, (one) => labels(one).length === 0, 'fewer than two wait: no buttons');
  const early = await forge(world, first, dataOf(first, 'Reject'));
  assert.deepEqual(decisions(world), ['reject 3 3bcdef0123'], 'what Bob approved is not rejected with it');
  assert.match(early.text, /^Rejected: 1 of 3\. LinkedIn post: Approved by Bob X post: Put off by Ada/);
});

telegramTest('set: ends as a plain summary', async (world) => {
  const refs = await showAll(world, 1, 2);
  const { id } = await offers(world, ...both(2));
  await show(world, 1, { mood: 'done', standing: 'Went out at 14:02', verbs: [] }, refs[0]);
  await show(world, 2, { mood: 'failed', standing: 'Did not go out', verbs: ['retry', 'edit', 'reject'] }, refs[1]);
  const message = await list(world, ({ text }) => text.includes('Did not go out'), 'it says what became of each');
  assert.match(message.text, /LinkedIn post: Went out at 14:02\nText number 1\.\n\nX post: Did not go out\n/);
  assert.deepEqual([message.id, labels(message)], [id, []]);
});

const apart: readonly (readonly [what: string, change: Partial<Card>, words: string])[] = [
  ['risky', { risks: ['It goes to 12 people'] }, 'by itself: it asks a second time'],
  [
    'remarked on',
    { problems: [{ code: 'duplicate', severity: 'warns', what: 'Again?', remedy: 'Look.' }] },
    'by itself: it has a remark',
  ],
  [
    'not shown whole',
    { media: [{ name: 'a.png', type: 'image/png', bytes: 9, path: 'gone.png', sha256: 'f'.repeat(64) }] },
    'by itself: not all of it is shown',
  ],
  ['of a platform that is there already', { platform: 'X' }, 'by itself: 2 for X'],
];
for (const [what, change, words] of apart) {
  telegramTest(
    `set: one that is ${what} is not counted, and says so`,
    async (world) => {
      likeTheCore(world);
      put(world, 1, 2, 4);
      world.door.put(draft(3, change));
      for (const n of [1, 4, 2]) await show(world, n);
      await show(world, 3, change);
      const count = change.platform === undefined ? 3 : 2;
      const message = await list(world, ({ text }) => text.includes(words), 'it is named');
      assert.deepEqual(labels(message), both(count));
      if (what !== 'not shown whole') assert.equal(cardOf(world, 3)?.silent, false, 'its own card is heard');
      await press(world, message, 'Approve all');
      assert.ok(!decisions(world).some((line) => line.includes('approve 3')));
      assert.equal(decisions(world).length, count);
    },
    { digestFrom: 0 },
  );
}

telegramTest(
  'set: two alone of one platform, or one alone, are no list',
  async (world) => {
    await show(world, 1);
    put(world, 2);
    await show(world, 2, { platform: 'LinkedIn' });
    await show(world, 3, { set: { id: 'other56789', words: 'Another idea' } });
    await showCard(world, { key: 'k3y0000009' });
    await new Promise((resolve) => void setTimeout(resolve, 2_200));
    assert.deepEqual(lists(world), []);
  },
  { digestFrom: 0 },
);

telegramTest('set: a name may say what it likes, it stays one line of text', async (world) => {
  const words = `<b>x</b> *y* [z](tg://user?id=1) /pause\n\n✅ Approve all 9 \u202e${'long '.repeat(900)}`;
  put(world, 1, 2);
  for (const n of [1, 2]) await show(world, n, { set: { ...set, words } });
  const message = await offers(world, ...both(2));
  const [, name = ''] = message.text.split('\n');
  assert.ok(name.startsWith('<b>x</b> *y* [z](tg://user?id=1) /pause ✅ Approve all 9'));
  assert.ok(name.length <= 80 && !name.includes('\u202e'));
});

const bob = 700_300;
const asked = (world: GroupWorld) =>
  until(() => world.group.messages().find(({ text }) => text.startsWith('One idea')), 'the list is in the group');
groupTest(
  'drafts of one idea stand in the topics of their platforms, the list in System; roles are those of a card',
  async (world) => {
    likeTheCore(world);
    await showAll(world, 1, 2);
    const message = await asked(world);
    const topic = world.group.topics().find(({ id }) => id === message.threadId);
    assert.equal(topic?.name, 'System');
    for (const [who, label] of [
      [world.viewer, 'Approve all'],
      [world.editor, 'Reject all'],
      [world.mallory, 'Approve all'],
    ] as const) {
      const { alert } = await world.toast(who, who.tap(message.id, { label }));
      assert.equal(alert, true);
    }
    assert.deepEqual(decisions(world), []);
    await world.toast(world.sara, world.sara.tap(message.id, { label: 'Approve all' }));
    assert.deepEqual(
      world.door.taps.map(({ verb, actor }) => [verb, actor.id]),
      [
        ['approve', String(bob)],
        ['approve', String(bob)],
      ],
    );
    const undoable = await until(
      () =>
        world.group
          .messages()
          .find(({ id, buttons }) => id === message.id && buttons.flat()[1]?.label === '↩️ Undo all 2'),
      'Undo is there',
    );
    const { alert } = await world.toast(world.editor, world.editor.tap(undoable.id, { label: 'Undo' }));
    assert.equal(alert, true);
  },
  { topics: true, forum: true },
);
