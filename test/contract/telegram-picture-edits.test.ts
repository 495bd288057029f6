/** Pictures sent as answers: they count for the draft the person meant, whole, or not at all. */
import assert from 'node:assert/strict';

import { accepted, refused, sampleCard } from '../support/fake-door.ts';
import { png } from '../support/pictures.ts';
import { until } from '../support/until.ts';
import { answerTo, botTexts, showCard, telegramTest } from './telegram-world.ts';
import type { TelegramWorld } from './telegram-world.ts';

const picture = png(300, 200, 4);
const asked = (world: TelegramWorld, count: number) =>
  until(() => world.door.taps.length === count, 'the edit arrives');
const reacted = (world: TelegramWorld, count = 1) =>
  until(() => world.telegram.calls('setMessageReaction').length === count, 'the bot reacts');
const sent = (world: TelegramWorld, index = 0) => {
  const { verb, text, picture: bytes, revision } = world.door.taps[index] ?? assert.fail('no tap');
  return { verb, text, revision, bytes: Buffer.from(bytes ?? []) };
};

telegramTest('picture edits: a photo below the card is its picture, whole, with the caption as text', async (world) => {
  const { messageId } = await showCard(world);
  world.owner.sendFile({ bytes: picture, as: 'photo', caption: 'A better text.', replyTo: messageId });
  await reacted(world);
  const { revision } = sampleCard();
  assert.deepEqual(sent(world), { verb: 'edit', text: 'A better text.', revision, bytes: picture });

  world.owner.sendFile({ bytes: picture, as: 'document', type: 'image/png', name: '../../x.png', replyTo: messageId });
  await reacted(world, 2);
  assert.deepEqual(sent(world, 1), { verb: 'edit', text: '', revision, bytes: picture });
});

telegramTest('picture edits: below the question it is an answer, and the question goes', async (world) => {
  const { messageId } = await showCard(world);
  world.owner.tap(messageId, { label: 'Edit' });
  const prompt = await until(() => world.owner.messages().find(({ forceReply }) => forceReply), 'the question');
  world.owner.sendFile({ bytes: picture, as: 'photo', replyTo: prompt.id });
  await until(() => !world.owner.messages().some(({ id }) => id === prompt.id), 'the question goes');
  assert.deepEqual(sent(world).bytes, picture);
});

telegramTest('picture edits: with a quoted part the caption stands for that part only', async (world) => {
  const { messageId } = await showCard(world);
  const reply = { bytes: picture, as: 'photo', caption: 'a florist', replyTo: messageId } as const;
  world.owner.sendFile({ ...reply, quote: 'a gardener' });
  await reacted(world);
  assert.equal(sent(world).text, 'We are hiring a florist.\n\nWrite to us.');
  const unclear = world.owner.sendFile({ ...reply, quote: sampleCard().title });
  assert.match((await answerTo(world, unclear)).text, /can’t find the quoted part/);
  assert.equal(world.door.taps.length, 1);
});

telegramTest('picture edits: a corrected caption corrects the text, with the same picture', async (world) => {
  const { messageId } = await showCard(world);
  const id = world.owner.sendFile({ bytes: picture, as: 'photo', caption: 'First.', replyTo: messageId });
  await reacted(world);
  world.door.put(sampleCard({ revision: '1111111111' }));
  world.owner.correct(id, 'Corrected.');
  await asked(world, 2);
  assert.deepEqual(sent(world, 1), { verb: 'edit', text: 'Corrected.', revision: '1111111111', bytes: picture });
  await reacted(world, 2);
  world.door.put(sampleCard({ verbs: ['undo'] }));
  world.owner.correct(id, 'Too late.');
  assert.match((await answerTo(world, id)).text, /no longer open/);
  assert.equal(world.door.taps.length, 2);
});

telegramTest(
  'picture edits: what the core says to it is said, and the question stays for a better one',
  async (world) => {
    const { messageId } = await showCard(world);
    world.owner.tap(messageId, { label: 'Edit' });
    const prompt = await until(() => world.owner.messages().find(({ forceReply }) => forceReply), 'the question');
    world.door.answer(refused('bad_text', 'That is no picture I know.'));
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
    const id = world.owner.sendFile({
      bytes: svg,
      as: 'document',
      type: 'image/png',
      name: 'a.png',
      replyTo: prompt.id,
    });
    assert.equal((await answerTo(world, id)).text, 'That is no picture I know.');
    assert.ok(world.owner.messages().some((message) => message.id === prompt.id));
  },
);

telegramTest('picture edits: of an album the first counts, and that is said once', async (world) => {
  const { messageId } = await showCard(world);
  const album = { as: 'photo', replyTo: messageId, album: '77' } as const;
  const shades = [1, 2, 3];
  for (const shade of shades) world.owner.sendFile({ ...album, bytes: png(60, 40, shade) });
  await until(() => world.inbox.rows.filter(({ state }) => state === 'done').length >= 3, 'all are taken in');
  assert.equal(world.door.taps.length, 1);
  assert.deepEqual(sent(world).bytes, png(60, 40, 1));
  assert.equal(botTexts(world).filter((text) => text.includes('only the first of these')).length, 1);
});

telegramTest('picture edits: one that replies to nothing, or is none, is not used', async (world) => {
  const { messageId } = await showCard(world);
  const lost = world.owner.sendFile({ bytes: picture, as: 'photo' });
  assert.match((await answerTo(world, lost)).text, /as a reply to its card/);
  const other = world.owner.sendFile({
    bytes: Buffer.from('%PDF'),
    as: 'document',
    type: 'application/pdf',
    replyTo: messageId,
  });
  assert.match((await answerTo(world, other)).text, /a text or a picture here, nothing else/);
  const large = world.owner.sendFile({
    bytes: Buffer.alloc(20 * 1_048_576 + 1),
    as: 'document',
    type: 'image/png',
    replyTo: messageId,
  });
  assert.match((await answerTo(world, large)).text, /larger than the 20 MB/);
  world.door.put(sampleCard({ verbs: ['undo'], standing: 'Approved by Ada' }));
  const late = world.owner.sendFile({ bytes: picture, as: 'photo', replyTo: messageId });
  assert.match((await answerTo(world, late)).text, /can’t be changed now: Approved by Ada/);
  assert.equal(world.door.taps.length, 0);
});

telegramTest('picture edits: a download that breaks is tried again, and its address is never logged', async (world) => {
  const { messageId } = await showCard(world);
  world.telegram.fault({ method: 'download', kind: 'drop_before', times: 1 });
  world.door.answer(accepted('Changed.'));
  world.owner.sendFile({ bytes: picture, as: 'photo', replyTo: messageId });
  await reacted(world);
  assert.deepEqual(sent(world).bytes, picture);
  assert.ok(world.logs().some((line) => line.includes('a picture could not be fetched')));
  assert.ok(!world.logs().some((line) => line.includes('/file/')));
});

telegramTest('picture edits: one that can’t be fetched at all is given up in words', async (world) => {
  const { messageId } = await showCard(world);
  world.telegram.fault({ method: 'download', kind: 'status', code: 500 });
  world.owner.sendFile({ bytes: picture, as: 'photo', replyTo: messageId });
  await until(() => botTexts(world).some((text) => text.includes('although I tried three times')), 'it is said');
  assert.equal(world.door.taps.length, 0);
});
