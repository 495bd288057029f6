/** "Later" by chat: to be asked again, or to go out, at a time. */
import assert from 'node:assert/strict';

import type { DraftVerb } from '../../src/domain/decision.ts';
import { localClock } from '../../src/lib/local-time.ts';
import { accepted, sampleCard } from '../support/fake-door.ts';
import { until } from '../support/until.ts';
import { answerTo, showCard, telegramTest } from './telegram-world.ts';
import type { TelegramWorld } from './telegram-world.ts';

const verbs: DraftVerb[] = ['approve', 'edit', 'reject', 'postpone'];

async function openTimes(world: TelegramWorld): Promise<number> {
  const { messageId } = await showCard(world, { verbs });
  await world.toast(world.owner, world.owner.tap(messageId, { label: 'Later' }));
  await until(
    () =>
      world
        .newest()
        .buttons.flat()
        .some(({ label }) => label === '← Back'),
    'the times are shown',
  );
  return messageId;
}

telegramTest('later: the times stand in place of the buttons, and Back brings those back', async (world) => {
  const messageId = await openTimes(world);
  const { text } = world.newest();
  assert.ok(text.includes(sampleCard().text), 'the text stays');
  await world.toast(world.owner, world.owner.tap(messageId, { label: 'Back' }));
  await until(() => world.newest().buttons[0]?.[0]?.label === '✅ Approve', 'the buttons are back');
  assert.deepEqual(world.door.taps, []);
});

telegramTest('later: an hour, and tomorrow at nine', async (world) => {
  const messageId = await openTimes(world);
  world.door.answer(accepted('Put off.'));
  const from = Date.now();
  assert.equal((await world.toast(world.owner, world.owner.tap(messageId, { label: '🕒 1 h' }))).text, 'Put off.');
  const [tap] = world.door.taps;
  assert.equal(tap?.verb, 'postpone');
  assert.ok(Math.abs(Date.parse(tap.text ?? '') - from - 3_600_000) < 60_000, tap.text);
  await world.toast(world.owner, world.owner.tap(messageId, { label: '✅ Tomorrow 09:00' }));
  const second = world.door.taps[1];
  assert.deepEqual([second?.verb, new Date(second?.text ?? '').getHours()], ['approve', 9]);
});

telegramTest('later: another time is asked for, and what can’t be read approves nothing', async (world) => {
  const messageId = await openTimes(world);
  await world.toast(world.owner, world.owner.tap(messageId, { label: 'another time' }));
  const prompt = await until(() => world.owner.messages().find(({ forceReply }) => forceReply), 'the question');
  assert.match((await answerTo(world, world.owner.reply(prompt.id, 'yes please'))).text, /can’t read that time/);
  assert.equal(world.door.taps.length, 0);
  world.door.answer(accepted('Approved. Goes out tomorrow.'));
  assert.match((await answerTo(world, world.owner.reply(prompt.id, 'tomorrow 18:15'))).text, /Approved/);
  const [tap] = world.door.taps;
  const at = new Date(tap?.text ?? '');
  assert.deepEqual([tap?.verb, tap?.revision, at.getHours(), at.getMinutes()], ['approve', 'abcdef0123', 18, 15]);
});

telegramTest('later: on an outdated card it says so', async (world) => {
  const { messageId } = await showCard(world, { verbs });
  world.door.put(sampleCard({ revision: '2222222222', verbs }));
  const toast = await world.toast(world.owner, world.owner.tap(messageId, { label: 'Later' }));
  assert.ok(toast.alert && toast.text.includes('changed'));
});

telegramTest('later: a card that is put off is one line with one button, and makes no sound', async (world) => {
  const { ref } = await showCard(world, { verbs });
  const standing = 'Put off by Ada until 20:00';
  await showCard(world, { mood: 'later', standing, verbs: ['approve', 'edit', 'reject', 'undo'] }, ref);
  assert.equal(world.newest().text, `${sampleCard().title}\n${standing}`);
  assert.deepEqual(
    world
      .newest()
      .buttons.flat()
      .map(({ label }) => label),
    ['↩️ Show it now'],
  );
  await showCard(world, { mood: 'later', key: 'k3y0000002', standing, verbs: ['undo'] });
  assert.equal(world.newest().silent, true);
});

telegramTest(
  'later: the next free slot of the limit is offered when it matters, and approves for it',
  async (world) => {
    const slot = new Date(Math.floor(Date.now() / 60_000) * 60_000 + 40 * 60_000 + 1_000);
    world.door.setLook({ slot });
    const messageId = await openTimes(world);
    const { label } =
      world
        .newest()
        .buttons.flat()
        .find((button) => button.label.includes('Next free slot')) ?? assert.fail('no slot is offered');
    const at = new Date(slot.getTime() + 59_000);
    assert.ok(label.endsWith(localClock(at)), label);
    world.door.answer(accepted('Approved.'));
    assert.equal((await world.toast(world.owner, world.owner.tap(messageId, { label }))).text, 'Approved.');
    const [tap] = world.door.taps;
    assert.deepEqual([tap?.verb, tap?.revision, tap?.text], ['approve', 'abcdef0123', at.toISOString()]);
  },
);

telegramTest(
  'later: without a limit that matters no slot is offered, and a forged one asks what a risky one asks',
  async (world) => {
    const messageId = await openTimes(world);
    assert.ok(
      !world
        .newest()
        .buttons.flat()
        .some(({ label }) => label.includes('slot')),
    );
    world.door.put(sampleCard({ verbs, risks: ['It goes to 7 people'] }));
    const minutes = Math.ceil(Date.now() / 60_000 + 60).toString(36);
    const toast = await world.toast(world.owner, world.owner.forge(messageId, `1:ng:k3y0000001:abcdef0123:${minutes}`));
    assert.match(toast.text, /^Really\?/);
    assert.ok((await world.toast(world.owner, world.owner.forge(messageId, '1:ng:k3y0000001:abcdef0123:no!'))).alert);
    assert.deepEqual(world.door.taps, []);
  },
);
