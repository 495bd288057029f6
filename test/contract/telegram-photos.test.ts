/** Drafts with files: what would leave is shown, as the bytes that would leave, or its approval is barred here. */
import assert from 'node:assert/strict';

import type { SeenMessage } from '../../sandbox/telegram/index.ts';
import { cardMedia } from '../support/fake-exhibits.ts';
import { sampleCard } from '../support/fake-door.ts';
import { png } from '../support/pictures.ts';
import { until } from '../support/until.ts';
import { showCard, telegramTest } from './telegram-world.ts';
import type { TelegramWorld } from './telegram-world.ts';

const first = png(60, 40, 1);
const second = png(60, 40, 2);

/** Lies in the vault, and on the card. */
const put = (world: TelegramWorld, path: string, bytes: Uint8Array, change = {}) => {
  world.files.set(path, bytes);
  return cardMedia(path, bytes, change);
};

const labels = ({ buttons }: SeenMessage) => buttons.flat().map(({ label }) => label);
const isApprovable = (message: SeenMessage) => labels(message).includes('✅ Approve');
const at = (world: TelegramWorld, id: number): SeenMessage => {
  const found = world.owner.messages().find((message) => message.id === id);
  assert.ok(found, `message ${id} is there`);
  return found;
};
/** A text with which the card has exactly so many signs. */
async function textFor(world: TelegramWorld, signs: number, media: ReturnType<typeof put>) {
  const { messageId } = await showCard(world, { media: [media], text: 'x' });
  return 'x'.repeat(signs - at(world, messageId).text.length + 1);
}

telegramTest('photos: the picture is the card, with its words and buttons', async (world) => {
  const { messageId } = await showCard(world, { media: [put(world, 'Pending_Approval/a; "b".png', first)] });
  const [card, ...others] = world.owner.messages();
  assert.equal(others.length, 0);
  assert.equal(card?.id, messageId);
  assert.deepEqual(card.file?.bytes, first);
  assert.equal(card.file.name, 'photo-1.png');
  assert.ok(card.text.includes('We are hiring') && isApprovable(card) && !card.silent);
});

telegramTest('photos: a caption of 1,024 signs is the card, with one more the picture goes above it', async (world) => {
  const media = put(world, 'a.png', first);
  const text = await textFor(world, 1_024, media);
  const fits = await showCard(world, { media: [media], text, key: 'k3y0000002' });
  assert.equal(at(world, fits.messageId).text.length, 1_024);
  assert.deepEqual(at(world, fits.messageId).file?.bytes, first);

  const { messageId } = await showCard(world, { media: [media], text: `${text}x`, key: 'k3y0000003' });
  const card = at(world, messageId);
  assert.equal(card.text.length, 1_025);
  assert.equal(card.file, undefined);
  assert.ok(isApprovable(card) && !card.silent);
  const above = at(world, card.replyTo ?? 0);
  assert.deepEqual(above.file?.bytes, first);
  assert.ok(above.silent && above.buttons.length === 0);
  assert.ok(world.telegram.calls('sendPhoto').every(({ answer }) => answer?.ok === true));
});

telegramTest('photos: several are an album without a sound, and the card answers it', async (world) => {
  const media = [put(world, 'a.png', first), put(world, 'b.png', second), put(world, 'c.pdf', Buffer.from('%PDF-1.7'))];
  const { messageId } = await showCard(world, {
    media: media.map((one, index) => (index < 2 ? one : { ...one, type: 'application/pdf' })),
  });
  const [one, two, pdf, card] = world.owner.messages();
  assert.ok(one?.album !== undefined && one.album === two?.album && one.silent);
  assert.deepEqual([one.file?.bytes, two.file?.bytes], [first, second]);
  assert.deepEqual([pdf?.file?.kind, pdf?.file?.name], ['document', 'file-3.pdf']);
  assert.equal(card?.id, messageId);
  assert.equal(card.replyTo, pdf?.id);
  assert.ok(isApprovable(card));
  // Words below a picture are words for its draft.
  world.owner.reply(one.id, 'Better.');
  await until(() => world.door.taps.length === 1, 'the edit arrives');
  assert.equal(world.door.taps[0]?.key, sampleCard().key);
});

telegramTest('photos: what Telegram takes as no picture goes as a file, whatever its name says', async (world) => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  const { shape, ...disguised } = put(world, 'photo.png', svg, { type: 'text/plain' });
  assert.ok(shape);
  const { messageId } = await showCard(world, { media: [disguised] });
  const shown = at(world, at(world, messageId).replyTo ?? 0);
  assert.deepEqual([shown.file?.kind, shown.file?.name, shown.file?.bytes], ['document', 'file-1.txt', svg]);

  const long = png(2_100, 100);
  await showCard(world, {
    key: 'k3y0000002',
    media: [put(world, 'long.png', long, { shape: { width: 2_100, height: 100 } })],
  });
  assert.deepEqual(world.owner.messages().at(-2)?.file?.kind, 'document');

  // The head says it is a picture, and Telegram finds out that it is none.
  const { messageId: third } = await showCard(world, {
    key: 'k3y0000003',
    media: [put(world, 'broken.png', Buffer.from('nonsense')), put(world, 'whole.png', second)],
  });
  assert.ok(isApprovable(at(world, third)));
  const kinds = world.owner.messages().slice(-3, -1);
  assert.deepEqual(
    kinds.map(({ file }) => file?.kind),
    ['document', 'photo'],
  );
});

telegramTest('photos: bytes that are not those of the card are not shown, and the card says so', async (world) => {
  const media = put(world, 'a.png', first);
  world.files.set('a.png', second);
  const { messageId } = await showCard(world, { media: [media] });
  const card = at(world, messageId);
  assert.equal(world.owner.messages().length, 1);
  assert.match(card.text, /can’t be shown here: it is gone, or its bytes are not those of this card/);
  assert.ok(!isApprovable(card));
  assert.equal(labels(card)[0], '🚫 Not all of it could be shown here');

  // Neither by the times behind Later.
  world.door.put(sampleCard({ media: [media], verbs: ['approve', 'edit', 'reject', 'postpone'] }));
  await showCard(
    world,
    { media: [media], verbs: ['approve', 'edit', 'reject', 'postpone'] },
    `${world.owner.id}:${messageId}`,
  );
  world.owner.tap(messageId, { label: 'Later' });
  await until(() => labels(at(world, messageId)).includes('← Back'), 'the times are shown');
  assert.ok(!labels(at(world, messageId)).some((label) => label.includes('✅')));
  world.owner.tap(messageId, { label: '← Back' });
  await until(() => labels(at(world, messageId)).some((label) => label.includes('Reject')), 'the card is back');
  assert.ok(!isApprovable(at(world, messageId)));
  // Nor by a look at more and back.
  world.owner.tap(messageId, { label: 'More' });
  await until(() => labels(at(world, messageId)).includes('⬅️ Back'), 'there is more');
  world.owner.tap(messageId, { label: 'Back' });
  await until(() => labels(at(world, messageId)).some((label) => label.includes('Reject')), 'the card is back');
  assert.ok(!isApprovable(at(world, messageId)));
  assert.ok(labels(at(world, messageId)).some((label) => label.includes('Try to show it again')));

  world.files.set('a.png', first);
  world.owner.tap(messageId, { label: 'Try to show it again' });
  await until(() => isApprovable(at(world, messageId)), 'it can be approved');
  const below = world.owner.messages().at(-1);
  assert.deepEqual([below?.replyTo, below?.file?.bytes], [messageId, first]);
  assert.doesNotMatch(at(world, messageId).text, /can’t be shown/);
});

telegramTest('photos: a missing file, an oversized one and a forgotten one never keep the card', async (world) => {
  const media = [
    cardMedia('gone.png', first),
    put(world, 'big.mp4', Buffer.from('....ftypisom'), { type: 'video/mp4', bytes: 60_000_000 }),
    { ...cardMedia('old.png', first), sha256: '', path: '' },
    put(world, 'clip.mp4', Buffer.from('....ftypisom'), { type: 'video/mp4' }),
  ];
  const { messageId } = await showCard(world, { media });
  const card = at(world, messageId);
  assert.match(card.text, /File 1 of 4 can’t be shown here: it is gone/);
  assert.match(card.text, /File 2 of 4 can’t be shown here: it is larger than the 50 MB/);
  assert.match(card.text, /File 3 of 4/);
  assert.match(card.text, /use the web page, or move the file/);
  assert.ok(!isApprovable(card));
  assert.equal(at(world, card.replyTo ?? 0).file?.name, 'file-4.mp4');
});

telegramTest('photos: of an album with one bad item the others are shown, and the bad one bars', async (world) => {
  const refused = png(60, 40, 9);
  const media = [put(world, 'a.png', first), put(world, 'b.png', refused), put(world, 'c.png', second)];
  world.telegram.fault({ method: 'sendMediaGroup', kind: 'status', code: 400, description: bad, times: 1 });
  // The first goes well, the second as a picture and as a document does not.
  const { messageId } = await showCard(world, { media });
  assert.equal(world.telegram.calls('sendPhoto').length, 3);
  assert.ok(isApprovable(at(world, messageId)), 'one by one all three were taken');

  world.telegram.fault({ method: 'sendMediaGroup', kind: 'status', code: 400, description: bad, times: 1 });
  world.telegram.fault({ method: 'sendPhoto', kind: 'status', code: 400, description: bad, times: 1 });
  world.telegram.fault({ method: 'sendDocument', kind: 'status', code: 400, description: bad, times: 1 });
  const next = await showCard(world, { media, key: 'k3y0000002' });
  const card = at(world, next.messageId);
  assert.match(card.text, /File 1 of 3 can’t be shown here: Telegram did not take it/);
  assert.ok(!isApprovable(card));
  assert.deepEqual(
    world.owner
      .messages()
      .slice(-3, -1)
      .map(({ file }) => file?.bytes),
    [refused, second],
  );
});

const bad = 'Bad Request: failed to send message #2 with the error message "IMAGE_PROCESS_FAILED"';

telegramTest('photos: an upload that never ends well does not hide the card for ever', async (world) => {
  const card = sampleCard({ media: [put(world, 'a.png', first)] });
  world.door.put(card);
  world.telegram.fault({ method: 'sendPhoto', kind: 'drop_before' });
  assert.equal((await world.channel.show(card, undefined)).kind, 'later');
  await world.restart();
  const result = await world.channel.show(card, undefined);
  assert.equal(result.kind, 'shown');
  assert.equal(world.telegram.calls('sendPhoto').length, 2, 'the tries are counted over a restart');
  assert.ok(!isApprovable(world.newest()));
  assert.match(world.newest().text, /Telegram did not take it/);
});

telegramTest('photos: an album that broke off goes on where it stopped', async (world) => {
  const many = Array.from({ length: 11 }, (_, index) => put(world, `${index}.png`, png(60, 40, 50 + index)));
  const card = sampleCard({ media: many });
  world.door.put(card);
  // Ten are an album, the eleventh goes alone.
  world.telegram.fault({ method: 'sendPhoto', kind: 'status', code: 429, retryAfter: 3, times: 1 });
  const broken = await world.channel.show(card, undefined);
  assert.deepEqual([broken.kind, 'afterSeconds' in broken && broken.afterSeconds], ['later', 3]);
  assert.equal(world.owner.messages().length, 10);
  await world.restart();
  assert.equal((await world.channel.show(card, undefined)).kind, 'shown');
  assert.equal(world.owner.messages().length, 12);
  assert.deepEqual(
    world.owner
      .messages()
      .slice(0, 11)
      .map(({ file }) => file?.bytes),
    many.map(({ path }) => world.files.get(path)),
  );
  assert.ok(isApprovable(world.newest()));
});

telegramTest(
  'photos: a picture card is rewritten in place, gets another picture, and gains and loses one',
  async (world) => {
    const media = [put(world, 'a.png', first)];
    const { ref, messageId } = await showCard(world, { text: 'No picture yet.' });
    const gained = await showCard(world, { text: 'With a picture.', media, revision: '1111111111' }, ref);
    assert.equal(gained.messageId, messageId, 'a text becomes a picture');
    assert.deepEqual(at(world, messageId).file?.bytes, first);
    const done = await showCard(
      world,
      { media, text: 'With a picture.', mood: 'waits', verbs: ['undo'], standing: 'Approved' },
      ref,
    );
    assert.equal(done.messageId, messageId);
    assert.match(at(world, messageId).text, /Approved/);
    assert.deepEqual(labels(at(world, messageId)), ['↩️ Undo', '🕘 History']);
    await showCard(world, { media: [put(world, 'b.png', second)], text: 'Another one.', revision: '2222222222' }, ref);
    assert.deepEqual(at(world, messageId).file?.bytes, second);
    assert.ok(isApprovable(at(world, messageId)));

    const lost = await showCard(world, { media: [], text: 'Words only.', revision: '3333333333' }, ref);
    assert.notEqual(lost.messageId, messageId, 'a picture never becomes a text');
    assert.equal(at(world, lost.messageId).file, undefined);
    assert.match(at(world, messageId).text, /newer card/);
    assert.deepEqual(labels(at(world, messageId)), []);
  },
);

telegramTest('photos: words that grow too long for a caption get a card of their own, and back', async (world) => {
  const media = [put(world, 'a.png', first)];
  const { ref, messageId } = await showCard(world, { media });
  const longer = await showCard(world, { media, text: 'many words '.repeat(120), revision: '1111111111' }, ref);
  assert.notEqual(longer.messageId, messageId);
  const above = at(world, at(world, longer.messageId).replyTo ?? 0);
  assert.deepEqual(above.file?.bytes, first);
  assert.match(at(world, messageId).text, /newer card/);
  // Without its picture the one above goes away.
  const words = { media: [], text: 'many words '.repeat(120), revision: '2222222222' };
  assert.equal((await showCard(world, words, longer.ref)).messageId, longer.messageId);
  assert.ok(!world.owner.messages().some(({ id }) => id === above.id));
});

telegramTest('photos: a card put off keeps its picture as one line, and comes back with it', async (world) => {
  const media = [put(world, 'a.png', first)];
  const { ref, messageId } = await showCard(world, { media });
  await showCard(world, { media, mood: 'later', verbs: ['approve', 'undo'], standing: 'Put off' }, ref);
  assert.doesNotMatch(at(world, messageId).text, /We are hiring/);
  assert.deepEqual(labels(at(world, messageId)), ['↩️ Show it now']);
  await showCard(world, { media }, ref);
  assert.ok(isApprovable(at(world, messageId)));
  assert.deepEqual(at(world, messageId).file?.bytes, first);
});

telegramTest('photos: what kind a card is need not be remembered, only the message counts', async (world) => {
  const media = [put(world, 'a.png', first)];
  const { ref, messageId } = await showCard(world, { media });
  await world.memory.set(`media:${sampleCard().key}`, 'lost');
  await world.memory.set(`picture:${world.owner.id}:${messageId}`, '');
  await world.channel.retire(ref, 'Replaced.');
  assert.equal(at(world, messageId).text, 'Replaced.');
});

telegramTest('photos: a review leads to the card that shows them', async (world) => {
  const media = [put(world, 'a.png', first)];
  const { messageId } = await showCard(world, { media });
  world.owner.send('/next');
  const review = await until(() => world.owner.messages().find(({ text }) => text.startsWith('1 of 1')), 'the review');
  assert.ok(!isApprovable(review));
  world.owner.tap(review.id, { label: 'Show me' });
  await until(() => world.owner.messages().some(({ replyTo }) => replyTo === messageId), 'it leads to the card');
});
