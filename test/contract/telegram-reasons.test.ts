/** Why a draft was rejected, by chat: one tap, or a reply. */
import assert from 'node:assert/strict';

import { accepted } from '../support/fake-door.ts';
import { until } from '../support/until.ts';
import { answerTo, showCard, telegramTest } from './telegram-world.ts';
import type { TelegramWorld } from './telegram-world.ts';

const showRejected = (world: TelegramWorld) =>
  showCard(world, { mood: 'rejected', standing: 'Rejected by Ada', verbs: ['undo', 'reason'] });

telegramTest('reasons: the usual ones are one tap each, with Undo below', async (world) => {
  const { messageId } = await showRejected(world);
  assert.deepEqual(
    world.newest().buttons.map((row) => row.map(({ label }) => label)),
    [['Wrong tone', 'Wrong facts', 'Not now'], ['↩️ Undo', '✍️ Write why'], ['🕘 History']],
  );
  world.door.answer(accepted('Noted in the file.'));
  const toast = await world.toast(world.owner, world.owner.tap(messageId, { label: 'Wrong facts' }));
  assert.equal(toast.text, 'Noted in the file.');
  assert.deepEqual(
    world.door.taps.map(({ verb, text, key }) => [verb, text, key]),
    [['reason', 'Wrong facts', 'k3y0000001']],
  );
});

telegramTest('reasons: "Write why" asks, and the reply is the reason, never a new text', async (world) => {
  const { messageId } = await showRejected(world);
  await world.toast(world.owner, world.owner.tap(messageId, { label: 'Write why' }));
  const prompt = await until(() => world.owner.messages().find(({ forceReply }) => forceReply), 'the question');
  assert.match(prompt.text, /^Why was .* rejected\?/);
  await until(() => world.inbox.rows.every(({ state }) => state === 'done'), 'the tap is done');
  await world.restart();
  world.owner.reply(prompt.id, 'They hate exclamation marks');
  await until(() => world.door.taps.length === 1, 'the reason arrives');
  assert.deepEqual([world.door.taps[0]?.verb, world.door.taps[0]?.text], ['reason', 'They hate exclamation marks']);
  await until(() => !world.owner.messages().some(({ id }) => id === prompt.id), 'the question goes');
});

telegramTest('reasons: a reply to the rejected card itself is a reason too', async (world) => {
  const { messageId } = await showRejected(world);
  world.telegram.fault({ method: 'setMessageReaction', kind: 'status', code: 400, description: 'Bad Request: x' });
  world.door.answer(accepted('Noted in the file.'));
  assert.equal((await answerTo(world, world.owner.reply(messageId, 'Too long'))).text, 'Noted in the file.');
  assert.deepEqual([world.door.taps[0]?.verb, world.door.taps[0]?.text], ['reason', 'Too long']);
});

telegramTest('reasons: a forged one is answered and notes nothing', async (world) => {
  const { messageId } = await showRejected(world);
  for (const forged of ['1:b:k3y0000001:abcdef0123:', '1:b:k3y0000001:abcdef0123:aa', '1:b::abcdef0123:1']) {
    assert.ok((await world.toast(world.owner, world.owner.forge(messageId, forged))).alert);
  }
  assert.deepEqual(world.door.taps, []);
});
