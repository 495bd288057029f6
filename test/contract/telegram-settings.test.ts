/** What can be set in the chat: the sound, and nothing that a promise hangs on. */
import assert from 'node:assert/strict';

import { createHeldClock } from '../support/held-clock.ts';
import { until } from '../support/until.ts';
import { answerTo, botTexts, showCard, strangerId, telegramTest } from './telegram-world.ts';
import type { TelegramWorld } from './telegram-world.ts';

const night = () => createHeldClock(new Date(2026, 4, 1, 23, 0));
const quietHours = { from: 22, to: 7 };
const loudNote = { text: 'It did not go out.', links: [], loud: true, key: '' };

async function openSettings(world: TelegramWorld): Promise<number> {
  return (await answerTo(world, world.owner.send('/settings'))).id;
}
const labels = (world: TelegramWorld, id: number) =>
  world.owner
    .messages()
    .find((message) => message.id === id)
    ?.buttons.flat()
    .map(({ label }) => label);
const silent = async (world: TelegramWorld): Promise<boolean> => {
  await world.channel.say(loudNote, undefined);
  // Another message may come in the same moment.
  const said = world.owner.messages().findLast(({ text }) => text === loudNote.text);
  assert.ok(said, 'it was said');
  return said.silent;
};

{
  const clock = night();
  telegramTest(
    'settings: no sound at all is remembered over a restart, also in the morning, until it is taken back',
    async (world) => {
      await showCard(world);
      const id = await openSettings(world);
      assert.deepEqual(labels(world, id), ['🔕 No sound at all', '🔊 Sound in quiet hours too']);
      await world.toast(world.owner, world.owner.tap(id, { label: 'No sound' }));
      await until(() => labels(world, id)?.[0] === '🔔 Sound as set', 'the message says it');
      await world.restart();
      await clock.advance(9 * 3_600_000);
      const morning = await until(
        () => world.owner.messages().find(({ text }) => text.startsWith('Good morning.')),
        'the morning message',
      );
      assert.equal(morning.silent, true);
      assert.equal(await silent(world), true, 'by day too');
      await world.toast(world.owner, world.owner.tap(id, { label: 'Sound as set' }));
      assert.equal(await silent(world), false);
      assert.deepEqual([world.door.taps, world.door.switches], [[], []]);
    },
    { clock, quietHours },
  );
}

{
  const clock = night();
  telegramTest(
    'settings: sound in quiet hours too',
    async (world) => {
      assert.equal(await silent(world), true);
      const id = await openSettings(world);
      await world.toast(world.owner, world.owner.tap(id, { label: 'quiet hours too' }));
      assert.equal(await silent(world), false);
      await showCard(world);
      assert.equal(world.newest().silent, false);
    },
    { clock, quietHours },
  );
}

telegramTest(
  'settings: nothing else has a button, a stranger changes nothing, and the words say where',
  async (world) => {
    await showCard(world);
    const id = await openSettings(world);
    assert.deepEqual(labels(world, id), ['🔕 No sound at all']);
    const stranger = world.telegram.person(strangerId);
    assert.match((await world.toast(stranger, stranger.forge(id, '1:ni'))).text, /not on the list/);
    assert.equal(await silent(world), false);
    assert.match(botTexts(world).join('\n'), /Undo time after Approve: 10 s[^]*set in \.env/);
  },
);

for (const [mailsAt, words] of [
  [{ hour: 18, minute: 5 }, 'Mails without a draft: one line a day at 18:05'],
  [undefined, 'Mails without a draft: not told; the list shows them.'],
] as const) {
  telegramTest(
    `settings: the line of mails without a draft, ${mailsAt === undefined ? 'switched off' : 'and its time'}`,
    async (world) => {
      const { text } = await answerTo(world, world.owner.send('/settings'));
      assert.ok(text.split('\n').includes(words), text);
    },
    { rules: { mailsAt } },
  );
}
