/** The result with its picture, and the log for phones that can't open its page. */
import assert from 'node:assert/strict';

import type { Note } from '../../src/domain/card.ts';
import { png } from '../support/pictures.ts';
import { until } from '../support/until.ts';
import { botTexts, showCard, strangerId, telegramTest } from './telegram-world.ts';
import type { TelegramWorld } from './telegram-world.ts';

const attempt = '0mh00000000000000abc';
const picture = png(60, 40, 3);
const post = { label: 'Open post', url: 'https://example.com/post/1' };
const log = { label: 'Log', url: `http://127.0.0.1:8484/runs/${attempt}`, attempt };
const note: Note = {
  text: 'Posted on LinkedIn at 14:03.',
  links: [post, log],
  loud: false,
  key: 'k3y0000001',
  proof: { attempt, name: 'proof.png' },
};
const labels = (world: TelegramWorld) =>
  world
    .newest()
    .buttons.flat()
    .map(({ label }) => label);
const sends = (world: TelegramWorld, method: string) => world.telegram.calls(method).length;

telegramTest('proof: the result is a picture with words and buttons, below its card', async (world) => {
  world.files.set(`${attempt}/proof.png`, picture);
  const { ref, messageId } = await showCard(world);
  assert.equal((await world.channel.say(note, ref)).kind, 'said');
  const result = world.newest();
  assert.deepEqual([result.replyTo, result.silent, result.file?.bytes], [messageId, true, picture]);
  assert.match(result.text, /^Posted on LinkedIn at 14:03\./);
  assert.deepEqual(labels(world), ['Open post', '📄 Log']);
  assert.equal(sends(world, 'sendMessage'), 1, 'the words are said once');
});

telegramTest('proof: without its picture, or with one Telegram does not take, the words come alone', async (world) => {
  const { ref } = await showCard(world);
  assert.equal((await world.channel.say(note, ref)).kind, 'said');
  world.files.set(`${attempt}/proof.png`, Buffer.from('<html>no picture</html>'));
  assert.equal((await world.channel.say(note, ref)).kind, 'said');
  world.files.set(`${attempt}/proof.png`, picture);
  world.telegram.fault({ method: 'sendPhoto', kind: 'status', code: 500, times: 1 });
  assert.equal((await world.channel.say(note, ref)).kind, 'said');
  const results = world.owner.messages().slice(1);
  assert.equal(results.length, 3);
  assert.ok(results.every(({ text, file }) => text.startsWith('Posted on LinkedIn') && file === undefined));
});

telegramTest('proof: a lost answer is not followed by a second result', async (world) => {
  world.files.set(`${attempt}/proof.png`, picture);
  const { ref } = await showCard(world);
  world.telegram.fault({ method: 'sendPhoto', kind: 'drop_after', times: 1 });
  assert.equal((await world.channel.say(note, ref)).kind, 'unknown');
  assert.equal(botTexts(world).filter((text) => text.startsWith('Posted')).length, 1);
  world.telegram.fault({ method: 'sendPhoto', kind: 'status', retryAfter: 7, times: 1 });
  const waits = await world.channel.say(note, ref);
  assert.deepEqual([waits.kind, 'afterSeconds' in waits && waits.afterSeconds], ['later', 7]);
  assert.equal(
    botTexts(world).filter((text) => text.startsWith('Posted')).length,
    1,
    'certainly not sent: later, whole',
  );
});

telegramTest('log: where no phone can open its page, a button hands it out, and its screenshots', async (world) => {
  world.door.putAttempt({ id: attempt, number: 2 });
  world.files.set(`${attempt}/log.txt`, Buffer.from('10:00:00 Attempt 2\n10:00:01 Posted\n'));
  world.files.set(`${attempt}/before.png`, png(60, 40, 1));
  world.files.set(`${attempt}/after.png`, png(60, 40, 2));
  const { messageId } = await showCard(world, { mood: 'failed', verbs: ['retry'], links: [log] });
  const toast = await world.toast(world.owner, world.owner.tap(messageId, { label: '📄 Log' }));
  assert.equal(toast.alert, false);
  const file = await until(() => world.owner.messages().find((one) => one.file?.kind === 'document'), 'the log comes');
  assert.deepEqual([file.file?.name, file.replyTo, file.silent], ['log.txt', messageId, true]);
  assert.equal(Buffer.from(file.file?.bytes ?? []).toString(), '10:00:00 Attempt 2\n10:00:01 Posted\n');
  world.owner.tap(file.id, { label: 'Screenshots (2)' });
  const album = await until(() => {
    const shown = world.owner.messages().filter(({ album: name }) => name !== undefined);
    return shown.length === 2 ? shown : undefined;
  }, 'the screenshots come');
  assert.deepEqual(
    album.map(({ file: one }) => one?.name),
    ['screenshot-1.png', 'screenshot-2.png'],
  );
});

telegramTest('log: no button where the page can be opened', async (world) => {
  const links = [{ ...log, url: 'https://example.com/runs/1' }];
  await showCard(world, { mood: 'failed', verbs: ['retry'], links });
  assert.deepEqual(labels(world), ['🔁 Try again', '⋯ More', 'Log']);
});

telegramTest('log: one that is gone, or of an attempt nobody knows, is answered in words', async (world) => {
  const { messageId } = await showCard(world, { mood: 'failed', verbs: [], links: [log] });
  world.files.set(`${attempt}/log.txt`, Buffer.from('secret'));
  for (const known of [false, true]) {
    if (known) {
      world.door.putAttempt({ id: attempt, number: 1 });
      world.files.clear();
    }
    const toast = await world.toast(world.owner, world.owner.tap(messageId, { label: '📄 Log' }));
    assert.ok(toast.alert && toast.text.includes('not kept any more'));
  }
  assert.equal(sends(world, 'sendDocument'), 0);
});

telegramTest('log: a stranger gets nothing', async (world) => {
  world.door.putAttempt({ id: attempt, number: 1 });
  world.files.set(`${attempt}/log.txt`, Buffer.from('10:00:00 Attempt 1'));
  const stranger = world.telegram.person(strangerId);
  for (const code of ['hb', 'hc']) {
    const toast = await world.toast(stranger, stranger.forge(1, `1:${code}:${attempt}:`));
    assert.match(toast.text, /not on the list/);
  }
  assert.equal(sends(world, 'sendDocument') + sends(world, 'sendPhoto'), 0);
});
