/** Quiet hours by chat: no sound at night, one message in the morning. */
import assert from 'node:assert/strict';

import { sampleCard } from '../support/fake-door.ts';
import { createHeldClock } from '../support/held-clock.ts';
import { until } from '../support/until.ts';
import { botTexts, ownerId, showCard, telegramTest } from './telegram-world.ts';
import type { TelegramWorld } from './telegram-world.ts';

const hour = 3_600_000;
const night = () => createHeldClock(new Date(2026, 4, 1, 23, 0));
const mornings = (world: TelegramWorld) => botTexts(world).filter((text) => text.startsWith('Good morning.'));
const loudNote = { text: 'It did not go out.', links: [], loud: true, key: '' };
const quietHours = { from: 22, to: 7 };

{
  const clock = night();
  telegramTest(
    'quiet: cards and bad news come without a sound, and one message in the morning leads to the review',
    async (world) => {
      await showCard(world);
      assert.equal(world.newest().silent, true);
      await world.channel.say(loudNote, undefined);
      assert.equal(world.newest().silent, true);
      world.door.setStatus({
        counts: { pending: 1, approved: 0, inProgress: 0, unknown: 0, done: 0, rejected: 0, failed: 2 },
      });
      await clock.advance(7 * hour);
      assert.deepEqual(mornings(world), [], 'not before seven');
      await clock.advance(hour);
      const morning = await until(
        () => world.owner.messages().find(({ text }) => text.startsWith('Good morning.')),
        'it is said',
      );
      assert.equal(morning.text, 'Good morning.\nOne draft waits for you.\n2 did not go out: /failed');
      assert.equal(morning.silent, false);
      await until(async () => (await world.memory.get(`night:${ownerId}`)) === 'no', 'it is settled');
      await world.toast(world.owner, world.owner.tap(morning.id, { label: 'Review' }));
      await until(() => botTexts(world).some((text) => text.startsWith('1 of 1')), 'the review begins');
      const { messageId } = await showCard(world, { key: 'k3y0000002' });
      const card = world.owner.messages().find(({ id }) => id === messageId);
      assert.equal(card?.silent, false, 'by day it sounds');
      await clock.advance(24 * hour);
      assert.equal(mornings(world).length, 1, 'once');
    },
    { clock, quietHours },
  );
}

{
  const clock = night();
  telegramTest(
    'quiet: a restart in the night, or being off in the morning, forgets nothing',
    async (world) => {
      await showCard(world);
      await world.channel.stop();
      await clock.advance(10 * hour);
      world.telegram.fault({ method: 'sendMessage', kind: 'status', code: 500, times: 1 });
      await world.restart();
      await clock.advance(1_000);
      await until(() => world.telegram.calls('sendMessage').length === 2, 'it is tried');
      await until(async () => {
        await clock.advance(60_000);
        return mornings(world).length === 1;
      }, 'it is said');
    },
    { clock, quietHours },
  );
}

{
  const clock = night();
  telegramTest(
    'quiet: a night in which everything was decided ends without a word',
    async (world) => {
      await showCard(world);
      world.door.put(sampleCard({ mood: 'done', verbs: [] }));
      await clock.advance(9 * hour);
      await until(async () => (await world.memory.get(`night:${ownerId}`)) === 'no', 'it is settled');
      assert.deepEqual(mornings(world), []);
    },
    { clock, quietHours },
  );
}

telegramTest(
  'quiet: without quiet hours a card sounds at any hour',
  async (world) => {
    await showCard(world);
    assert.equal(world.newest().silent, false);
  },
  { clock: night() },
);
