/** The first approver by chat: until somebody shows the code nobody sees or does anything. */
import assert from 'node:assert/strict';

import { accepted, sampleCard } from '../support/fake-door.ts';
import { until } from '../support/until.ts';
import { answerTo, strangerId, telegramTest } from './telegram-world.ts';

const newcomerId = 700_900;

telegramTest(
  'pairing: nobody is shown a card; the one with the code gets it in private, and goes on after a restart',
  async (world) => {
    const newcomer = world.telegram.addPerson({ id: newcomerId, firstName: 'Nora', started: false });
    const stranger = world.telegram.person(strangerId);
    world.door.awaitCode('k7m2p9qz');
    assert.equal((await world.channel.show(sampleCard(), undefined)).kind, 'later');
    await until(() => world.channel.health().words.startsWith('Nobody is paired yet'), 'the health says that it waits');
    assert.equal(world.channel.health().standing, 'starting');

    stranger.send('/start wrong');
    await until(() => stranger.messages().some(({ text }) => text.includes('not the code')), 'the guess is refused');
    assert.match((await world.toast(stranger, stranger.forge(1, '1:p'))).text, /not on the list/);
    assert.equal((await world.channel.show(sampleCard(), undefined)).kind, 'later');

    newcomer.send('/start k7m2p9qz');
    await until(() => newcomer.messages().some(({ text }) => text === 'Paired.'), 'the pairing is answered');
    assert.equal(world.reached(), 1);
    assert.equal(world.channel.health().standing, 'well');
    const channel = await world.restart();
    const shown = await channel.show(sampleCard(), undefined);
    assert.ok(shown.kind === 'shown' && shown.ref.startsWith(`${newcomerId}:`), JSON.stringify(shown));
    const card = newcomer.messages().find(({ buttons }) => buttons.length > 0);
    assert.ok(card !== undefined);
    world.door.answer(accepted('Approved.'));
    assert.equal((await world.toast(newcomer, newcomer.tap(card.id, { label: 'Approve' }))).text, 'Approved.');
    assert.equal(world.door.taps[0]?.actor.id, String(newcomerId));
  },
  { chatId: '' },
);

telegramTest('pairing: with an approver set, a code of anybody is no more than a hello', async (world) => {
  const stranger = world.telegram.person(strangerId);
  stranger.send('/start k7m2p9qz');
  await until(() => stranger.messages().some(({ text }) => text.includes('somebody else')), 'the stranger is told');
  assert.match((await answerTo(world, world.owner.send('/start anything'))).text, /Approve/);
});
