/** Cards whose text does not fit into one message. */
import assert from 'node:assert/strict';

import { warns } from '../../src/domain/problem.ts';
import { accepted, sampleCard } from '../support/fake-door.ts';
import { until } from '../support/until.ts';
import { botTexts, showCard, telegramTest } from './telegram-world.ts';
import type { TelegramWorld } from './telegram-world.ts';

const longText = (mark: string) =>
  Array.from({ length: 60 }, (_, at) => `${mark} ${at} ${'many words '.repeat(10)}`.trim()).join('\n\n');

telegramTest('long cards: a long card goes below its text, and a redraw touches the card only', async (world) => {
  const { ref, messageId } = await showCard(world, { text: longText('first') });
  const before = world.owner.messages();
  assert.ok(before.length > 2 && before.slice(0, -1).every(({ silent, buttons }) => silent && buttons.length === 0));
  assert.equal(before.at(-1)?.replyTo, before.at(-2)?.id);
  const again = await showCard(world, { text: longText('first'), verbs: ['undo'] }, ref);
  assert.equal(again.messageId, messageId);
  assert.deepEqual(
    world.owner.messages().map(({ id }) => id),
    before.map(({ id }) => id),
  );
});

telegramTest('long cards: a new long text is shown anew, and the old one goes', async (world) => {
  const { ref, messageId } = await showCard(world, { text: longText('first') });
  const next = await showCard(world, { text: longText('second'), revision: '3333333333' }, ref);
  assert.notEqual(next.messageId, messageId);
  assert.ok(!botTexts(world).some((text) => text.includes('first 0')));
  const old = world.owner.messages().find(({ id }) => id === messageId);
  assert.deepEqual(old?.buttons, []);
  await showCard(world, { text: 'Short now.', revision: '4444444444' }, next.ref);
  assert.ok(!botTexts(world).some((text) => text.includes('second 0')));
  assert.equal(world.newest().id, next.messageId);
});

/** The row of the messages above, with their digest as earlier versions made it: of how they were drawn. */
async function ageAbove({ memory }: TelegramWorld): Promise<void> {
  const key = `above:${sampleCard().key}`;
  const row = JSON.parse((await memory.get(key)) ?? 'null') as Record<string, unknown>;
  assert.match(String(row['digest']), /^2:[0-9a-f]{64}$/);
  await memory.set(key, JSON.stringify({ ...row, digest: 'c0ffee00'.repeat(8) }));
}

telegramTest('long cards: after an update a long card that stands there is not sent anew', async (world) => {
  const text = longText('first');
  const { ref } = await showCard(world, { text });
  const before = world.owner.messages().map(({ id }) => id);
  await ageAbove(world);
  await world.restart();
  await showCard(world, { text, verbs: ['undo'] }, ref);
  assert.deepEqual(
    world.owner.messages().map(({ id }) => id),
    before,
  );
  // From then on another remark above it counts again.
  const problems = Array.from({ length: 12 }, (_, at) =>
    warns('duplicate', `Remark ${at}. ${'words '.repeat(80)}`, ''),
  );
  await showCard(world, { text, problems }, ref);
  assert.notDeepEqual(
    world.owner.messages().map(({ id }) => id),
    before,
  );
});

telegramTest('long cards: after an update a new revision is sent anew, below its text', async (world) => {
  const { ref, messageId } = await showCard(world, { text: longText('first') });
  await ageAbove(world);
  const next = await showCard(world, { text: longText('second'), revision: '3333333333' }, ref);
  assert.notEqual(next.messageId, messageId);
  assert.ok(!botTexts(world).some((text) => text.includes('first 0')));
  assert.ok(botTexts(world).some((text) => text.includes('second 0')));
});

telegramTest(
  'long cards: parts that were sent for another revision are not kept, though they say the same',
  async (world) => {
    const text = longText('first');
    const { ref } = await showCard(world, { text });
    const parts = world.owner.messages().slice(0, -1);
    const next = await showCard(world, { text, revision: '3333333333' }, ref);
    const still = new Set(world.owner.messages().map(({ id }) => id));
    assert.ok(!parts.some(({ id }) => still.has(id)));
    const part = world.owner.messages().find((message) => message.text.includes('first 0'));
    world.door.answer(accepted('Saved.'));
    world.owner.reply(part?.id ?? 0, 'Shorter.');
    await until(() => world.door.taps.length === 1, 'an answer to a part counts');
    assert.deepEqual([world.door.taps[0]?.revision, next.messageId > (part?.id ?? 0)], ['3333333333', true]);
  },
);

telegramTest(
  'long cards: what stood above goes after an update too, when the card says it all itself',
  async (world) => {
    const { ref, messageId } = await showCard(world, { text: longText('first') });
    await ageAbove(world);
    const next = await showCard(world, { text: 'Short now.', revision: '4444444444' }, ref);
    assert.equal(next.messageId, messageId);
    assert.ok(!botTexts(world).some((text) => text.includes('first 0')));
  },
);

telegramTest('long cards: a long card that broke off half way goes on where it stopped', async (world) => {
  const card = sampleCard({ text: longText('first') });
  await until(() => world.channel.health().standing === 'well', 'the channel listens');
  world.cutAfterSends(1);
  assert.equal((await world.channel.show(card, undefined)).kind, 'later');
  const [first] = world.owner.messages();
  assert.equal(botTexts(world).length, 1);
  world.network?.mend();
  await world.restart();
  assert.equal((await world.channel.show(card, undefined)).kind, 'shown');
  assert.equal(world.owner.messages()[0]?.id, first?.id);
  assert.equal(botTexts(world).filter((text) => text.includes('first 0')).length, 1);
});

telegramTest('long cards: what is too long for the chat can be read about but not approved', async (world) => {
  await showCard(world, { text: 'word '.repeat(20_000) });
  const labels = world
    .newest()
    .buttons.flat()
    .map(({ label, disabled }) => [label, disabled]);
  assert.deepEqual(labels[0], ['🚫 Too long to approve here', true]);
  assert.ok(!labels.some(([label]) => String(label).includes('Approve') && label === '✅ Approve'));
});
