/** Being away: what was lost meanwhile is said, and an old tap lets nothing out. */
import assert from 'node:assert/strict';

import { createHeldClock } from '../support/held-clock.ts';
import { until } from '../support/until.ts';
import { botTexts, ownerId, showCard, telegramTest } from './telegram-world.ts';
import type { TelegramWorld } from './telegram-world.ts';

const ten = () => createHeldClock(new Date(2026, 4, 1, 10, 0));
const well = (world: TelegramWorld) =>
  until(
    async () => world.channel.health().standing === 'well' && (await world.memory.get('heard')) !== undefined,
    'it listens',
  );

{
  const clock = ten();
  telegramTest(
    'away: after a gap it says from when to when, silently, and leads to what waits; a short one is not mentioned',
    async (world) => {
      await showCard(world);
      await well(world);
      await world.channel.stop();
      await clock.advance(40 * 60_000);
      await world.restart();
      await until(() => botTexts(world).length === 2, 'it says so');
      const { text, silent, id } = world.newest();
      assert.match(text, /^I was away from 10:00 to 10:40\. Taps .* One draft waits for you\.$/);
      assert.equal(silent, true);
      await world.toast(world.owner, world.owner.tap(id, { label: 'Review' }));
      await until(() => botTexts(world).some((words) => words.startsWith('1 of 1')), 'the review begins');
      const before = botTexts(world).length;
      await world.channel.stop();
      await clock.advance(100_000);
      await world.restart();
      await well(world);
      await world.toast(world.owner, world.owner.forge(1, 'nonsense'));
      assert.equal(botTexts(world).length, before);
    },
    { clock },
  );
}

for (const [data, name, counts] of [
  ['1:a:k3y0000001:abcdef0123', 'an approval', false],
  ['1:ng:k3y0000001:abcdef0123:zzzzz', 'an approval for the next free slot', false],
  ['1:r:k3y0000001:abcdef0123', 'a rejection', true],
] as const) {
  const clock = ten();
  telegramTest(
    `away: ${name} that lay on record for an hour ${counts ? 'still counts' : 'lets nothing out, and says so'}`,
    async (world) => {
      const { messageId } = await showCard(world);
      await well(world);
      await world.channel.stop();
      const from = { id: ownerId, is_bot: false, first_name: 'Ada' };
      const chat = { id: ownerId, first_name: 'Ada', type: 'private' };
      const message = { message_id: messageId, date: 0, chat };
      const tap = { id: '77', from, message, chat_instance: '1', data };
      const update = { update_id: 1, received_at: clock.now().getTime(), callback_query: tap };
      await world.inbox.store([{ id: 1, payload: JSON.stringify(update) }], await world.inbox.offset());
      await clock.advance(60 * 60_000);
      await world.restart();
      await until(() => world.inbox.rows.every(({ state }) => state === 'done'), 'it is done');
      assert.equal(world.door.taps.length, counts ? 1 : 0);
      const said = botTexts(world).some((text) => text.includes('60 minutes ago'));
      assert.equal(said, !counts);
    },
    { clock },
  );
}
