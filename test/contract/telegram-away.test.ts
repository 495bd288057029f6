/** Being away: what was lost meanwhile is said, and an old tap lets nothing out. */
import assert from 'node:assert/strict';

import type { Tap } from '../../src/domain/decision.ts';
import { sampleCard } from '../support/fake-door.ts';
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
      const { ref } = await showCard(world);
      // Put off: nobody is waited for.
      world.door.put(sampleCard({ key: 'k3y0000009', mood: 'later' }));
      await well(world);
      await world.channel.stop();
      await clock.advance(40 * 60_000);
      await world.restart();
      await until(() => botTexts(world).length === 2, 'it says so');
      await until(() => world.renewed.length === 1, 'the card is asked for anew');
      assert.deepEqual(world.renewed, [sampleCard().key]);
      const { text, silent, id } = world.newest();
      assert.match(text, /^I was away from 10:00 to 10:40\. Taps .* One draft waits for you\.$/);
      assert.equal(silent, true);
      await world.toast(world.owner, world.owner.tap(id, { label: 'Review' }));
      await until(() => botTexts(world).some((words) => words.startsWith('1 of 1')), 'the review begins');
      // The core does it: the old one loses its buttons, the new one is below, and not heard.
      await world.channel.retire(ref, 'Replaced by a newer card below.');
      const card = await showCard(world);
      const [old, renewed] = [messageAt(world, ref), messageAt(world, card.ref)];
      assert.deepEqual([old?.text, old?.buttons, renewed?.silent], ['Replaced by a newer card below.', [], true]);
      const tap = world.owner.forge(old?.id ?? 0, `1:a:${sampleCard().key}:${sampleCard().revision}`);
      assert.match((await world.toast(world.owner, tap)).text, /^A newer card took the place of this one/);
      await until(() => world.newest().replyTo === renewed?.id, 'it leads to the newer one');
      assert.deepEqual(world.door.taps, []);
      const before = botTexts(world).length;
      await world.channel.stop();
      await clock.advance(100_000);
      await world.restart();
      await well(world);
      await world.toast(world.owner, world.owner.forge(1, 'nonsense'));
      assert.equal(botTexts(world).length, before);
      assert.equal(world.renewed.length, 1);
    },
    { clock },
  );
}

{
  const clock = ten();
  telegramTest(
    'away: a card that was sent right after the gap is not sent once more',
    async (world) => {
      await showCard(world);
      await well(world);
      await world.channel.stop();
      await clock.advance(40 * 60_000);
      world.telegram.fault({ method: 'getUpdates', kind: 'status', code: 502, times: 1 });
      await world.restart();
      const fresh = await showCard(world, { key: 'k3y0000002' });
      await clock.advance(5_000);
      await until(() => world.renewed.length > 0, 'the old one is asked for anew');
      assert.deepEqual(world.renewed, [sampleCard().key]);
      world.owner.tap(fresh.messageId, { label: 'Approve' });
      await until(() => world.door.taps.length === 1, 'the tap is at the door');
    },
    { clock },
  );
}

{
  const clock = ten();
  telegramTest(
    'away: three cards come anew at most, the others go into the digest, which is below them all',
    async (world) => {
      const failed = { mood: 'failed', verbs: ['retry', 'edit', 'reject'] } as const;
      for (const n of [1, 2, 3, 4, 5]) {
        const card = { key: `k3y000000${n}` };
        const { ref } = await showCard(world, card);
        // Having failed it has a card of its own, also when it waits again.
        if (n <= 3) continue;
        const second = await showCard(world, { ...card, ...failed }, ref);
        // A card changes once a second.
        await clock.advance(1_000);
        await showCard(world, card, second.ref);
      }
      await clock.advance(10_000);
      await until(() => botTexts(world).every((text) => !text.includes('waiting')), 'the digest is gone');
      await well(world);
      await world.channel.stop();
      await clock.advance(10 * 60_000);
      await world.restart();
      await until(() => world.renewed.length === 5, 'they are asked for anew');
      assert.match(world.newest().text, /^5 drafts are waiting\n2 of them have no card here/);
      assert.equal(world.newest().silent, true);
      for (const [n, kind] of [
        [1, /^\d+:\d+$/],
        [5, /^digest\//],
      ] as const) {
        const result = await world.channel.show(sampleCard({ key: `k3y000000${n}` }), undefined);
        assert.match(result.kind === 'shown' ? result.ref : result.kind, kind);
      }
    },
    { clock },
  );
}

{
  const clock = ten();
  telegramTest(
    'away: a tap that came in time counts before the cards come anew',
    async (world) => {
      const { messageId } = await showCard(world);
      await well(world);
      await world.channel.stop();
      await clock.advance(10 * 60_000);
      world.owner.tap(messageId, { label: 'Approve' });
      const decide = world.door.decide;
      Object.assign(world.door, {
        async decide(tap: Tap) {
          world.door.put(sampleCard({ mood: 'waits', verbs: ['undo'] }));
          return await decide(tap);
        },
      });
      await world.restart();
      await until(() => botTexts(world).some((text) => text.startsWith('I was away')), 'it says so');
      assert.equal(world.door.taps.length, 1);
      await until(() => world.inbox.rows.every(({ state }) => state === 'done'), 'all is done');
      assert.deepEqual(world.renewed, []);
    },
    { clock },
  );
}

const messageAt = (world: TelegramWorld, ref: string) =>
  world.owner.messages().find(({ id }) => ref === `${ownerId}:${id}`);

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
      const update = { update_id: 1, callback_query: tap };
      await world.inbox.store([{ id: '1', payload: JSON.stringify(update), receivedAt: clock.now() }]);
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
