/** A card that Telegram took without our knowing is found, and two cards of one draft never ask at the same time. */
import assert from 'node:assert/strict';
import { setTimeout as rest } from 'node:timers/promises';

import type { SeenMessage } from '../../sandbox/telegram/index.ts';
import type { Card } from '../../src/domain/card.ts';
import { sampleCard } from '../support/fake-door.ts';
import { cardMedia } from '../support/fake-exhibits.ts';
import { png } from '../support/pictures.ts';
import { until } from '../support/until.ts';
import { showCard, telegramTest } from './telegram-world.ts';
import type { TelegramWorld } from './telegram-world.ts';

const other: Partial<Card> = { key: 'k000000002', text: 'Another text.' };
/** Ids of the bot's messages that ask. */
const asking = (world: TelegramWorld): readonly number[] =>
  world.owner.messages().flatMap(({ id, from, buttons }) => (from === 'bot' && buttons.length > 0 ? [id] : []));
const message = (world: TelegramWorld, id: number): SeenMessage =>
  world.owner.messages().find((one) => one.id === id) ?? assert.fail(`no message ${id}`);

/** Telegram takes the card, and nobody hears of it. */
async function loseAnswer(
  world: TelegramWorld,
  change: Partial<Card>,
  method = 'sendMessage',
  skip = 0,
): Promise<number> {
  const before = new Set(world.owner.messages().map(({ id }) => id));
  world.telegram.fault({ method, kind: 'drop_after', skip, times: 1 });
  const card = sampleCard(change);
  world.door.put(card);
  const result = await world.channel.show(card, undefined);
  assert.equal(result.kind, 'later');
  return world.owner.messages().findLast(({ id }) => !before.has(id))?.id ?? assert.fail('it did not arrive');
}

for (const dies of [false, true]) {
  telegramTest(`doubts: a card that arrived unknown makes way${dies ? ', also after a death' : ''}`, async (world) => {
    const { messageId: first } = await showCard(world);
    const lost = await loseAnswer(world, other);
    world.owner.send('What about the second one?');
    if (dies) await world.restart();
    const { messageId: second } = await showCard(world, other);
    assert.deepEqual(asking(world), [first, second]);
    assert.equal(message(world, lost).text, 'A newer card of this draft is below.');
  });
}

const isNew = { isNew: true };
const hellos = (world: TelegramWorld): readonly SeenMessage[] =>
  world.owner.messages().filter(({ text }) => text.startsWith('What needs your approval comes into this chat'));

for (const dies of [false, true]) {
  telegramTest(
    `doubts: the very first card of a chat that arrived unknown makes way${dies ? ', also after a death' : ''}`,
    async (world) => {
      const lost = await loseAnswer(world, {}, 'sendMessage', 1);
      if (dies) await world.restart();
      const { messageId } = await showCard(world);
      assert.deepEqual(asking(world), [messageId]);
      assert.equal(message(world, lost).text, 'A newer card of this draft is below.');
      const [hello, ...more] = hellos(world);
      assert.ok(hello !== undefined && hello.id < lost && hello.silent);
      assert.deepEqual(more, []);
    },
    isNew,
  );
}

telegramTest(
  'doubts: a hello whose answer is lost is said again, and the card asks once',
  async (world) => {
    await loseAnswer(world, {});
    assert.deepEqual(asking(world), []);
    const { messageId } = await showCard(world);
    assert.deepEqual(asking(world), [messageId]);
    assert.equal(hellos(world).length, 2);
  },
  isNew,
);

telegramTest(
  'doubts: where no hello can be said, the card comes all the same',
  async (world) => {
    const description = 'Bad Request: TOPIC_CLOSED';
    world.telegram.fault({ method: 'sendMessage', kind: 'status', code: 400, description, times: 1 });
    const { messageId } = await showCard(world);
    assert.deepEqual([asking(world), hellos(world)], [[messageId], []]);
  },
  isNew,
);

telegramTest(
  'doubts: hello is said once, and not where somebody spoke before',
  async (world) => {
    const asked = world.owner.send('/status');
    await until(() => world.owner.messages().some(({ id, from }) => from === 'bot' && id > asked), 'the status');
    await showCard(world);
    await world.restart();
    await showCard(world, other);
    assert.deepEqual(hellos(world), []);
  },
  isNew,
);

telegramTest('doubts: two sent at the same time, and an answer lost: each asks once', async (world) => {
  await showCard(world);
  const [slow, lost] = [sampleCard({ key: 'k000000003', text: 'A third text.' }), sampleCard(other)];
  for (const card of [slow, lost]) world.door.put(card);
  world.telegram.fault({ method: 'sendMessage', kind: 'hang', times: 1 });
  const first = world.channel.show(slow, undefined);
  await until(() => world.telegram.calls('sendMessage').length === 2, 'one is on its way');
  world.telegram.fault({ method: 'sendMessage', kind: 'drop_after', times: 1 });
  const second = world.channel.show(lost, undefined).then(() => world.channel.show(lost, undefined));
  await rest(200);
  world.telegram.heal();
  await Promise.all([first, second]);
  const asks = (text: string) => asking(world).filter((id) => message(world, id).text.includes(text)).length;
  assert.equal(asks('Another text.'), 1);
  await showCard(world, { key: slow.key, text: slow.text });
  assert.deepEqual([asks('Another text.'), asks('A third text.'), asking(world).length], [1, 1, 3]);
});

telegramTest('doubts: one on its way stays in doubt when the one before is retired meanwhile', async (world) => {
  const { ref } = await showCard(world);
  world.telegram.fault({ method: 'sendMessage', kind: 'slow', times: 1 });
  const next = world.channel.show(sampleCard(), undefined);
  await until(() => asking(world).length === 2, 'it arrived');
  await world.channel.retire(ref, 'Replaced by a newer card below.');
  world.telegram.heal();
  assert.equal((await next).kind, 'later');
  const { messageId } = await showCard(world);
  assert.deepEqual(asking(world), [messageId]);
});

telegramTest('doubts: a picture that arrived unknown makes way', async (world) => {
  await showCard(world);
  const bytes = png(60, 40, 1);
  world.files.set('a.png', bytes);
  const picture = cardMedia('a.png', bytes);
  const lost = await loseAnswer(world, { ...other, media: [picture] }, 'sendPhoto');
  const { messageId: second } = await showCard(world, { ...other, media: [picture] });
  assert.notEqual(second, lost);
  assert.equal(asking(world).includes(lost), false);
});

telegramTest('doubts: a card that never arrived costs nothing that stands there', async (world) => {
  const { messageId: first } = await showCard(world);
  world.telegram.fault({ method: 'sendMessage', kind: 'drop_before', times: 1 });
  const card = sampleCard(other);
  world.door.put(card);
  assert.equal((await world.channel.show(card, undefined)).kind, 'later');
  await world.restart();
  const asked = world.owner.send('/status');
  await until(() => world.owner.messages().some(({ id, from }) => from === 'bot' && id > asked), 'the status');
  const texts = world.owner.messages().map(({ text }) => text);
  const { messageId: second } = await showCard(world, other);
  assert.deepEqual(
    world.owner
      .messages()
      .filter(({ id }) => id !== second)
      .map(({ text }) => text),
    texts,
  );
  assert.ok(asking(world).includes(first) && asking(world).includes(second));
});

telegramTest('doubts: a card that a person deleted is not looked for, also after a death', async (world) => {
  const { ref, messageId } = await showCard(world);
  world.owner.remove(messageId);
  const gone = await world.channel.show(sampleCard({ standing: 'Changed' }), ref);
  assert.equal(gone.kind, 'card_gone');
  await world.restart();
  const { messageId: next } = await showCard(world);
  assert.deepEqual(asking(world), [next]);
  assert.deepEqual(world.telegram.calls('editMessageReplyMarkup'), []);
});

telegramTest('doubts: what failed for certain is not looked for', async (world) => {
  await showCard(world);
  world.telegram.fault({ method: 'sendMessage', kind: 'status', code: 429, times: 1 });
  const card = sampleCard(other);
  world.door.put(card);
  assert.equal((await world.channel.show(card, undefined)).kind, 'later');
  assert.equal(await world.memory.get('sending'), '[]');
});

telegramTest(
  'doubts: a tap on a card whose successor is not there yet asks for that one, and sends none beside it',
  async (world) => {
    const { ref, messageId } = await showCard(world);
    await world.channel.retire(ref, 'Replaced by a newer card below.');
    const before = world.owner.messages().length;
    const tap = world.owner.forge(messageId, `1:a:${sampleCard().key}:${sampleCard().revision}`);
    assert.match((await world.toast(world.owner, tap)).text, /^A newer card took the place/);
    await until(() => world.renewed.length > 0, 'it is asked for');
    assert.deepEqual([world.renewed, world.owner.messages().length], [[sampleCard().key], before]);
  },
);

telegramTest('doubts: a card the record never heard of is the card', async (world) => {
  const first = await showCard(world);
  const second = await showCard(world);
  const standing = 'Waiting for you, still';
  const third = await showCard(world, { standing }, first.ref);
  assert.equal(third.ref, second.ref);
  assert.deepEqual(asking(world), [second.messageId]);
  assert.ok(message(world, second.messageId).text.includes(standing));
});
