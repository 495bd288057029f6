/** Many at once: a few cards, and one message for the rest. */
import assert from 'node:assert/strict';

import type { SeenMessage } from '../../sandbox/telegram/index.ts';
import type { Card } from '../../src/domain/card.ts';
import { sampleCard } from '../support/fake-door.ts';
import { createHeldClock } from '../support/held-clock.ts';
import { until } from '../support/until.ts';
import { botTexts, ownerId, showCard, telegramTest } from './telegram-world.ts';
import type { TelegramWorld } from './telegram-world.ts';

const keyOf = (n: number) => `k3y000000${n}`;
const textOf = (n: number) => `Text number ${n}.`;
const show = (world: TelegramWorld, n: number, change: Partial<Card> = {}, ref?: string) =>
  showCard(world, { key: keyOf(n), text: textOf(n), ...change }, ref);

async function showAll(world: TelegramWorld, ...numbers: readonly number[]): Promise<string[]> {
  const refs: string[] = [];
  for (const n of numbers) refs.push((await show(world, n)).ref);
  return refs;
}

const digests = (world: TelegramWorld): readonly SeenMessage[] =>
  world.owner.messages().filter(({ from, text }) => from === 'bot' && /drafts? (?:is|are) waiting/.test(text));
const says = (world: TelegramWorld, words: string, what: string) =>
  until(() => {
    const [only, ...others] = digests(world);
    assert.equal(others.length, 0, 'one digest at most');
    return only?.text.startsWith(words) === true ? only : undefined;
  }, what);
const withText = (world: TelegramWorld, words: string) =>
  world.owner.messages().filter(({ from, text }) => from === 'bot' && text.includes(words));
const review = async (world: TelegramWorld): Promise<number> => {
  const [digest] = digests(world);
  assert.ok(digest !== undefined, 'no digest');
  await world.toast(world.owner, world.owner.tap(digest.id, { label: '▶ Review' }));
  return (await until(() => world.owner.messages().findLast(({ text }) => /^\d+ of \d+\n/.test(text)), 'a review')).id;
};

telegramTest('digest: six drafts are three cards and one message, which counts on in place', async (world) => {
  const refs = await showAll(world, 1, 2, 3, 4, 5, 6);
  const digest = await says(world, '6 drafts are waiting\n3 of them have no card here.', 'it counts six');
  assert.equal(digest.silent, false, 'it is heard');
  assert.deepEqual(
    digest.buttons.flat().map(({ label }) => label),
    ['▶ Review'],
  );
  assert.equal(botTexts(world).length, 4);
  for (const n of [4, 5, 6]) assert.deepEqual(withText(world, textOf(n)), []);
  assert.deepEqual(
    refs.slice(3),
    [4, 5, 6].map((n) => `digest/${keyOf(n)}`),
  );
  const sent = world.telegram.calls('sendMessage').length;
  await until(() => world.telegram.calls('editMessageText').length > 0, 'it was rewritten');
  assert.equal(world.telegram.calls('sendMessage').length, sent);
});

telegramTest('digest: forty drafts at once are four messages, and no flood of edits', async (world) => {
  const from = performance.now();
  for (let n = 10; n < 50; n += 1) await showCard(world, { key: `k3y00000${n}`, text: textOf(n) });
  await says(world, '40 drafts are waiting', 'it counts forty');
  assert.equal(botTexts(world).length, 4);
  const edits = world.telegram.calls('editMessageText').length;
  assert.ok(edits <= 1 + (performance.now() - from) / 2_000, `${edits} edits`);
});

telegramTest('digest: what it leads to is decided in the review; it counts down and goes', async (world) => {
  const refs = await showAll(world, 1, 2, 3, 4, 5);
  for (const n of [1, 2, 3]) await show(world, n, { mood: 'rejected', verbs: [] }, refs[n - 1]);
  await says(world, '2 drafts are waiting', 'it counts down');
  const id = await review(world);
  const shown = () => world.owner.messages().find((message) => message.id === id)?.text ?? '';
  for (const [n, left] of [
    [4, 1],
    [5, 0],
  ] as const) {
    await until(() => shown().includes(textOf(n)), `draft ${n} is shown`);
    await world.toast(world.owner, world.owner.tap(id, { label: 'Approve' }));
    const ref = refs[n - 1];
    assert.equal((await showHeld(world, n, { mood: 'waits', verbs: ['undo'] }, ref)).ref, ref, 'still no card');
    if (left > 0) await says(world, `${left} draft is waiting`, 'it counts down');
    // The person acts again, so the review moves on.
    await world.toast(world.owner, world.owner.forge(id, 'nonsense'));
  }
  await until(() => digests(world).length === 0, 'it goes');
  assert.deepEqual(
    world.door.taps.map(({ key, verb }) => [key, verb]),
    [4, 5].map((n) => [keyOf(n), 'approve']),
  );
  const note = { text: 'Posted.', links: [], loud: false, key: keyOf(5) };
  assert.deepEqual(await world.channel.say(note, refs[4]), { kind: 'said' });
  assert.equal(world.newest().text, `LinkedIn post · ${textOf(5)}\n\nPosted.`);
  await show(world, 6);
  assert.equal(withText(world, textOf(6)).length, 1, 'few wait again: a card');
});

const showHeld = async (world: TelegramWorld, n: number, change: Partial<Card>, ref: string | undefined) => {
  return await showCard(world, { key: keyOf(n), text: textOf(n), ...change }, ref);
};

for (const [mood, verbs] of [
  ['failed', ['retry', 'edit', 'reject']],
  ['unknown', ['happened', 'not_happened', 'leave']],
  ['waits', ['retry', 'undo']],
] as const) {
  telegramTest(`digest: ${verbs.join(', ')} needs a card of its own, which stays one`, async (world) => {
    const refs = await showAll(world, 1, 2, 3, 4, 5);
    const { ref } = await showHeld(world, 5, { mood, verbs }, refs[4]);
    assert.match(ref, /^\d+:\d+$/);
    const [card] = withText(world, textOf(5));
    assert.equal(card?.silent, mood === 'waits');
    assert.equal((await showHeld(world, 5, {}, ref)).ref, ref, 'also when it waits again');
    await says(world, '5 drafts are waiting\n1 of them has no card here.', 'it counts one only');
  });
}

telegramTest('digest: a restart forgets nothing, and finds what changed meanwhile', async (world) => {
  const refs = await showAll(world, 1, 2, 3, 4, 5);
  await says(world, '5 drafts', 'it counts five');
  await world.channel.stop();
  world.door.put(sampleCard({ key: keyOf(1), mood: 'done', verbs: [] }));
  await world.restart();
  const { id } = await says(world, '4 drafts are waiting\n2 of them', 'it counts anew');
  assert.equal((await showHeld(world, 4, { text: 'Another text.' }, refs[3])).ref, refs[3]);
  assert.equal((await showHeld(world, 4, {}, undefined)).ref, refs[3], 'it stays in the digest when it is asked anew');
  await show(world, 6);
  assert.equal((await says(world, '5 drafts are waiting\n3 of them', 'it takes one more')).id, id);
});

telegramTest('digest: deleted by the person it comes back when something joins, and is heard', async (world) => {
  await showAll(world, 1, 2, 3, 4);
  const first = await says(world, '4 drafts', 'it counts four');
  world.owner.remove(first.id);
  await show(world, 5);
  const { id, silent } = await says(world, '5 drafts', 'it is back');
  assert.deepEqual([id === first.id, silent], [false, false]);
});

{
  const clock = createHeldClock(new Date(2026, 4, 1, 10, 0));
  telegramTest(
    'digest: sent anew, with sound, when something joins after half an hour; before that it is rewritten',
    async (world) => {
      await showAll(world, 1, 2, 3, 4);
      const first = await says(world, '4 drafts', 'it counts four');
      await clock.advance(29 * 60_000);
      await show(world, 5);
      await clock.advance(2_000);
      assert.equal((await says(world, '5 drafts', 'it counts five')).id, first.id);
      await clock.advance(60_000);
      await show(world, 6);
      await clock.advance(2_000);
      const { id, silent } = await says(world, '6 drafts', 'it counts six');
      assert.deepEqual([id === first.id, silent], [false, false]);
      await show(world, 6, { mood: 'rejected', verbs: [] }, `digest/${keyOf(6)}`);
      await clock.advance(60 * 60_000);
      assert.equal((await says(world, '5 drafts', 'it counts down')).id, id, 'less is no reason to come again');
    },
    { clock },
  );
}

telegramTest('digest: far up it is sent anew without a sound', async (world) => {
  await showAll(world, 1, 2, 3, 4);
  const first = await says(world, '4 drafts', 'it counts four');
  for (let n = 0; n < 12; n += 1) {
    await world.channel.say({ text: `Note ${n}.`, links: [], loud: false, key: '' }, undefined);
  }
  await show(world, 5);
  const { id, silent } = await says(world, '5 drafts', 'it counts five');
  assert.deepEqual([id === first.id, silent], [false, true]);
});

telegramTest('digest: nothing counts as shown before a message leads to it', async (world) => {
  await showAll(world, 1, 2, 3);
  const card = sampleCard({ key: keyOf(4) });
  world.door.put(card);
  world.telegram.fault({ method: 'sendMessage', kind: 'status', code: 429, retryAfter: 7, times: 1 });
  const later = await world.channel.show(card, undefined);
  assert.deepEqual([later.kind, later.kind === 'later' && later.afterSeconds], ['later', 7]);
  world.owner.block();
  assert.equal((await world.channel.show(card, undefined)).kind, 'later');
  world.owner.unblock();
  assert.deepEqual(await world.channel.show(card, undefined), { kind: 'shown', ref: `digest/${keyOf(4)}` });
  await says(world, '4 drafts', 'it is there');
});

telegramTest('digest: told to wait, it counts on afterwards', async (world) => {
  await showAll(world, 1, 2, 3, 4);
  world.telegram.fault({ method: 'editMessageText', kind: 'status', code: 429, retryAfter: 1, times: 2 });
  await show(world, 5);
  await says(world, '5 drafts', 'it counts five in the end');
});

telegramTest('digest: in a group that got a new id it is sent there', async (world) => {
  await showAll(world, 1, 2, 3, 4);
  const grown = world.telegram.addPerson({ id: 700_300, firstName: 'Group' });
  await world.memory.set(`moved:${ownerId}`, String(grown.id));
  await show(world, 5);
  assert.match(grown.messages().at(-1)?.text ?? '', /^5 drafts are waiting/);
});

telegramTest('digest: a long text is read at a card of its own, which is its card from then on', async (world) => {
  await showAll(world, 1, 2, 3);
  const text = 'many words '.repeat(900).trim();
  const { ref } = await show(world, 4, { text });
  const id = await review(world);
  for (const n of [1, 2, 3]) {
    await until(() => withText(world, textOf(n)).some((message) => message.id === id), `draft ${n} is shown`);
    await world.toast(world.owner, world.owner.tap(id, { label: 'Skip' }));
  }
  await until(
    () =>
      world.owner
        .messages()
        .find((message) => message.id === id)
        ?.text.startsWith('4 of 4') === true,
    'the long one is shown',
  );
  await world.toast(world.owner, world.owner.tap(id, { label: 'The whole text' }));
  const whole = await until(
    () =>
      world.owner
        .messages()
        .find((message) => message.text.includes('The whole text') && message.buttons[0]?.[0]?.label === '✅ Approve'),
    'its card',
  );
  await until(() => digests(world).length === 0, 'nothing is left for the digest');
  const held = await showHeld(world, 4, { text, mood: 'rejected', standing: 'Rejected by Ada', verbs: ['undo'] }, ref);
  assert.equal(held.ref, `${ownerId}:${whole.id}`);
  assert.equal(withText(world, 'Rejected by Ada')[0]?.id, whole.id);
});

telegramTest(
  'digest: never, when so set',
  async (world) => {
    await showAll(world, 1, 2, 3, 4, 5, 6);
    assert.equal(botTexts(world).length, 6);
  },
  { digestFrom: 0 },
);

telegramTest(
  'digest: one that was put off comes back into it when many wait, and is a card when few do',
  async (world) => {
    const refs = await showAll(world, 1, 2, 3);
    await show(world, 1, { mood: 'later', verbs: ['undo'] }, refs[0]);
    await show(world, 4);
    assert.equal(withText(world, textOf(4)).length, 1, 'the one that is put off does not count');
    await world.channel.retire(refs[0] ?? '', 'Replaced by a newer card below.');
    assert.equal((await showHeld(world, 1, {}, undefined)).ref, `digest/${keyOf(1)}`);
    await says(world, '4 drafts are waiting\n1 of them has no card here.', 'it says so');
  },
);

telegramTest('digest: one that waits again because a decision was taken back is not heard', async (world) => {
  const refs = await showAll(world, 1, 2, 3, 4);
  await showHeld(world, 4, { mood: 'rejected', verbs: ['undo'] }, refs[3]);
  await until(() => digests(world).length === 0, 'it goes');
  await showHeld(world, 4, {}, refs[3]);
  assert.equal((await says(world, '4 drafts', 'it is back')).silent, true);
});

{
  const clock = createHeldClock(new Date(2026, 4, 1, 23, 0));
  telegramTest(
    'digest: at night it comes without a sound, and the morning message is owed',
    async (world) => {
      await showAll(world, 1, 2, 3, 4);
      const { silent } = await says(world, '4 drafts', 'it counts four');
      assert.equal(silent, true);
      assert.equal(await world.memory.get(`night:${ownerId}`), 'yes');
    },
    { clock, quietHours: { from: 22, to: 7 } },
  );
}
