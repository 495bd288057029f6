/** Risky approvals by chat: asked twice, and only Yes counts. */
import assert from 'node:assert/strict';

import type { DraftVerb } from '../../src/domain/decision.ts';
import { accepted, refused, sampleCard } from '../support/fake-door.ts';
import { until } from '../support/until.ts';
import { answerTo, botTexts, showCard, telegramTest } from './telegram-world.ts';
import type { TelegramWorld } from './telegram-world.ts';

const verbs: DraftVerb[] = ['approve', 'edit', 'reject', 'postpone'];
const risks = ['It goes to 7 people', 'It is the first to a@example.org, b@example.org and 5 more'];
const labels = (world: TelegramWorld) =>
  world
    .newest()
    .buttons.flat()
    .map(({ label }) => label);

telegramTest('sure: Approve asks "Really?" and says why; only Yes approves', async (world) => {
  const { messageId } = await showCard(world, { verbs, risks });
  const toast = await world.toast(world.owner, world.owner.tap(messageId, { label: 'Approve' }));
  assert.deepEqual([toast.alert, toast.text], [true, `Really? ${risks.join('. ')}.`]);
  await until(() => labels(world).some((label) => label === 'No'), 'Yes and No are shown');
  assert.match(labels(world).join('|'), /⚠️ It goes to 7 people\|⚠️ It is the first to .*\|Really\? Yes, approve\|No/);
  assert.equal(world.door.taps.length, 0);
  world.door.answer(accepted('Approved.'));
  const yes = await world.toast(world.owner, world.owner.tap(messageId, { label: 'Yes' }));
  assert.equal(yes.text, 'Approved.');
  assert.deepEqual(
    world.door.taps.map(({ verb, revision, text }) => [verb, revision, text]),
    [['approve', 'abcdef0123', undefined]],
  );
  assert.equal(botTexts(world).length, 1, 'the card stays');
});

telegramTest('sure: No brings the buttons back and approves nothing', async (world) => {
  const { messageId } = await showCard(world, { verbs, risks });
  await world.toast(world.owner, world.owner.tap(messageId, { label: 'Approve' }));
  await until(() => labels(world).includes('No'), 'Yes and No are shown');
  await world.toast(world.owner, world.owner.tap(messageId, { label: 'No' }));
  await until(() => labels(world)[0] === '✅ Approve', 'the buttons are back');
  assert.deepEqual(world.door.taps, []);
});

telegramTest('sure: a time does not get around the question', async (world) => {
  const { messageId } = await showCard(world, { verbs, risks });
  await world.toast(world.owner, world.owner.tap(messageId, { label: 'Later' }));
  await until(() => labels(world).includes('← Back'), 'the times are shown');
  await world.toast(world.owner, world.owner.tap(messageId, { label: '✅ Tomorrow' }));
  await until(() => labels(world).includes('No'), 'it asks');
  assert.equal(world.door.taps.length, 0);
  await world.toast(world.owner, world.owner.tap(messageId, { label: 'Yes' }));
  assert.equal(new Date(world.door.taps[0]?.text ?? '').getHours(), 9);
});

telegramTest('sure: neither does a written time', async (world) => {
  const { messageId } = await showCard(world, { verbs, risks });
  await world.toast(world.owner, world.owner.tap(messageId, { label: 'Later' }));
  await until(() => labels(world).includes('← Back'), 'the times are shown');
  await world.toast(world.owner, world.owner.tap(messageId, { label: 'another time' }));
  const prompt = await until(() => world.owner.messages().find(({ forceReply }) => forceReply), 'the question');
  const asked = await answerTo(world, world.owner.reply(prompt.id, 'tomorrow 18:15'));
  assert.match(asked.text, /^Really\?/);
  assert.equal(world.door.taps.length, 0);
  await world.toast(world.owner, world.owner.tap(asked.id, { label: 'Yes' }));
  const at = new Date(world.door.taps[0]?.text ?? '');
  assert.deepEqual([at.getHours(), at.getMinutes()], [18, 15]);
  await until(() => !world.owner.messages().some(({ id }) => id === asked.id), 'the question goes');
});

telegramTest('sure: a card that changed since is not asked about but refused', async (world) => {
  const { messageId } = await showCard(world, { verbs, risks });
  world.door.put(sampleCard({ revision: '2222222222', verbs, risks }));
  world.door.answer(refused('stale', 'This draft changed.'));
  const toast = await world.toast(world.owner, world.owner.tap(messageId, { label: 'Approve' }));
  assert.equal(toast.text, 'This draft changed.');
  for (const forged of ['1:v:k3y0000001:abcdef0123:', '1:v:k3y0000001:abcdef0123:zzzzzzzzzz']) {
    assert.ok((await world.toast(world.owner, world.owner.forge(messageId, forged))).alert);
  }
  assert.equal(world.door.taps.length, 1);
});
