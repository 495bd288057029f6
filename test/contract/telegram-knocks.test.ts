/** Strangers who tap, write and guess: each is counted by the core, and whoever goes on and on is not answered any more. */
import assert from 'node:assert/strict';

import { until } from '../support/until.ts';
import { allRead, groupTest } from './telegram-group-world.ts';
import { showCard, strangerId, telegramTest } from './telegram-world.ts';
import type { TelegramWorld } from './telegram-world.ts';

const knocks = ({ door }: TelegramWorld) => door.knocks.map(({ actor, how }) => `${actor.source}:${actor.id} ${how}`);
const counted = (world: TelegramWorld, count: number) =>
  until(() => world.door.knocks.length === count, `${count} knocks are counted (${knocks(world).join(', ')})`);

telegramTest('knocks: taps and messages of a stranger are counted, and nothing of those on the list', async (world) => {
  const stranger = world.telegram.person(strangerId);
  const { messageId } = await showCard(world);
  await world.toast(stranger, stranger.forge(1, '1:p'));
  stranger.send('Hello?');
  stranger.send('/start k7m2p9qz');
  world.owner.send('/start k7m2p9qz');
  await world.toast(world.owner, world.owner.tap(messageId, { label: 'Approve' }));
  await counted(world, 3);
  assert.deepEqual(knocks(world), [
    `telegram:${strangerId} tap`,
    ...Array.from({ length: 2 }, () => `telegram:${strangerId} message`),
  ]);
});

telegramTest('knocks: after ten answers a stranger gets none, and the owner is served as before', async (world) => {
  const stranger = world.telegram.person(strangerId);
  const taps = Array.from({ length: 30 }, () => stranger.forge(1, '1:p'));
  await counted(world, 30);
  const { messageId } = await showCard(world);
  await world.toast(world.owner, world.owner.tap(messageId, { label: 'Approve' }));
  assert.equal(taps.filter((tap) => stranger.toast(tap) !== undefined).length, 10);
});

telegramTest(
  'knocks: a wrong code counts, an empty or a right one does not; answers end, the right code is taken',
  async (world) => {
    const stranger = world.telegram.person(strangerId);
    const newcomer = world.telegram.addPerson({ id: 700_900, firstName: 'Nora', started: false });
    world.door.awaitCode('k7m2p9qz');
    newcomer.send('/start');
    for (let n = 0; n < 15; n += 1) stranger.send('/start wrong');
    await counted(world, 15);
    newcomer.send('/start k7m2p9qz');
    await until(() => newcomer.messages().some(({ text }) => text === 'Paired.'), 'the pairing is answered');
    assert.equal(stranger.messages().filter(({ from }) => from === 'bot').length, 10);
    assert.deepEqual(new Set(knocks(world)), new Set([`telegram:${strangerId} code`]));
  },
  { chatId: '' },
);

groupTest('what a stranger says to others is no knock; a command and a reply to the bot are', async (world) => {
  const { messageId } = await showCard(world);
  world.mallory.send('Good morning, everybody');
  world.mallory.send('/pending');
  world.mallory.reply(messageId, 'My text instead');
  await counted(world, 2);
  await allRead(world);
  assert.deepEqual(new Set(knocks(world)), new Set([`telegram:${strangerId} message`]));
  assert.equal(world.door.knocks.length, 2);
});
