/** What Telegram delivers again, or we take up again after a crash, reaches the core as the same tap. */
import assert from 'node:assert/strict';

import { accepted } from '../support/fake-door.ts';
import { until } from '../support/until.ts';
import { showCard, telegramTest } from './telegram-world.ts';
import type { TelegramWorld } from './telegram-world.ts';

const isDone = (world: TelegramWorld) =>
  until(() => world.inbox.rows.every(({ state }) => state === 'done'), 'all is acted on');

/** As after a crash between acting on the last update and putting on record that it was. */
async function takeUpAgain(world: TelegramWorld): Promise<void> {
  const last = await until(() => world.inbox.rows.at(-1), 'it is on record');
  await isDone(world);
  last.state = 'waiting';
  await world.restart();
  await isDone(world);
}

telegramTest('again: a button has the same id both times, and another tap another one', async (world) => {
  const { messageId } = await showCard(world, {});
  world.owner.tap(messageId, { label: 'Approve' });
  await takeUpAgain(world);
  world.owner.tap(messageId, { label: 'Approve' });
  await until(() => world.door.taps.length === 3, 'three times at the door');
  const [first, second, third] = world.door.taps.map(({ id }) => id);
  assert.ok(first !== undefined);
  assert.equal(second, first);
  assert.notEqual(third, first);
});

telegramTest('again: so has a reply', async (world) => {
  const { messageId } = await showCard(world, {});
  world.owner.reply(messageId, 'A better text');
  await takeUpAgain(world);
  const [first, second] = world.door.taps.map(({ id }) => id);
  assert.ok(first !== undefined);
  assert.equal(second, first);
});

for (const [button, card] of [
  ['Edit', {}],
  ['Write why', { mood: 'rejected', verbs: ['undo', 'reason'] }],
] as const) {
  telegramTest(`again: an answer whose question is gone is not called unused (${button})`, async (world) => {
    const { messageId } = await showCard(world, card);
    world.owner.tap(messageId, { label: button });
    const question = await until(() => world.owner.messages().find(({ forceReply }) => forceReply), 'the question');
    world.door.answer(accepted('Noted.'));
    world.owner.reply(question.id, 'Words');
    await until(() => !world.owner.messages().some(({ id }) => id === question.id), 'the question goes');
    const before = world.owner.messages().length;
    await takeUpAgain(world);
    assert.equal(world.owner.messages().length, before);
  });
}
