/** Receiving from Telegram when things go wrong: nothing counts twice, nothing is lost, nothing spins. */
import assert from 'node:assert/strict';

import { systemClock } from '../../src/lib/clock.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { sampleCard } from '../support/fake-door.ts';
import { until } from '../support/until.ts';
import { telegramTest } from './telegram-world.ts';
import type { TelegramWorld, WorldOptions } from './telegram-world.ts';

const polling = (title: string, options: WorldOptions, check: (world: TelegramWorld) => Promise<void>): void => {
  telegramTest(`poll: ${title}`, check, options);
};

/** Time that passes at once when somebody waits for it; what was waited for is kept. */
function createHurriedClock(): Clock & { readonly waits: readonly number[] } {
  const waits: number[] = [];
  let ahead = 0;
  return {
    waits,
    now: () => new Date(Date.now() + ahead),
    steady: () => performance.now(),
    after(ms, call) {
      waits.push(ms);
      return systemClock.after(1, () => {
        ahead += ms;
        call();
      });
    },
  };
}

async function tapApprove(world: TelegramWorld): Promise<string> {
  const card = sampleCard();
  world.door.put(card);
  const shown = await until(async () => {
    const result = await world.channel.show(card, undefined);
    return result.kind === 'shown' && result;
  }, 'the card is shown');
  return world.owner.tap(Number(shown.ref.split(':')[1]), { label: 'Approve' });
}

polling('an update is on record before it is confirmed', {}, async (world) => {
  await tapApprove(world);
  await until(() => world.inbox.rows[0]?.state === 'done', 'the tap is done');
  await until(() => world.telegram.updates().confirmed === 1, 'the tap is confirmed');
  assert.equal(Number(await world.inbox.cursor()), Number(world.inbox.rows[0]?.id) + 1);
});

const hurried = createHurriedClock();
polling('lost answers and server faults cost time, not taps', { clock: hurried }, async (world) => {
  world.telegram.fault({ method: 'getUpdates', kind: 'drop_after', times: 2 });
  world.telegram.fault({ method: 'getUpdates', kind: 'status', code: 502, times: 2 });
  world.telegram.fault({ method: 'getUpdates', kind: 'status', retryAfter: 7, times: 1 });
  await tapApprove(world);
  await until(() => world.door.taps.length === 1, 'the tap arrives');
  await until(() => world.channel.health().standing === 'well', 'the channel is well again');
  assert.equal(world.door.taps.length, 1);
  assert.ok(hurried.waits.includes(7_000));
});

polling('what was stored before a crash is acted on after it', {}, async (world) => {
  await world.channel.stop();
  const from = { id: world.owner.id, is_bot: false, first_name: 'Ada' };
  const query = { id: '1', from, chat_instance: '1', data: '1:a:k3y0000001:abcdef0123' };
  const payload = JSON.stringify({ update_id: 5, callback_query: query });
  await world.inbox.store([{ id: '5', payload, receivedAt: new Date() }], '6');
  await world.restart();
  await until(() => world.inbox.rows[0]?.state === 'done', 'the row is done');
  assert.equal(world.door.taps[0]?.key, 'k3y0000001');
});

const hurriedTries = createHurriedClock();
polling(
  'what fails three times is given up and said; what came after it still counts',
  { clock: hurriedTries },
  async (world) => {
    world.door.fail(3);
    const callbackId = await tapApprove(world);
    const toast = await world.toast(world.owner, callbackId);
    assert.ok(toast.alert && toast.text.includes('three times'));
    await until(() => world.newest().text.includes('three times'), 'it is said in the chat');
    assert.deepEqual([world.inbox.rows[0]?.state, world.inbox.rows[0]?.tries], ['given_up', 3]);
    await tapApprove(world);
    await until(() => world.inbox.rows[1]?.state === 'done', 'the next tap is done');
    assert.equal(world.door.taps.length, 4);
  },
);

polling('what fails once is tried again', { clock: createHurriedClock() }, async (world) => {
  world.door.fail(1);
  const toast = await world.toast(world.owner, await tapApprove(world));
  assert.equal(toast.text, 'Noted.');
  await until(() => world.inbox.rows[0]?.state === 'done', 'the tap is done');
});

const patient = createHurriedClock();
polling(
  'a second program with the same token: waits longer and longer, never gives up, is said after two minutes',
  {
    clock: patient,
    prepare: (telegram) => telegram.fault({ method: 'getUpdates', kind: 'status', code: 409, times: 7 }),
  },
  async (world) => {
    await until(() => world.telegram.calls('getUpdates').length > 7, 'the poll goes on');
    // Only a poll that was held proves it; this ends one.
    world.owner.send('/help');
    await until(() => world.channel.health().standing === 'well', 'the channel is well again');
    // The rest of the channel waits for moments only.
    const long = patient.waits.filter((ms) => ms >= 5_000);
    assert.deepEqual(long.slice(0, 6), [5_000, 10_000, 20_000, 30_000, 30_000, 30_000]);
  },
);

const conflicting = createHurriedClock();
polling(
  'a lasting conflict is trouble',
  { clock: conflicting, prepare: (telegram) => telegram.fault({ method: 'getUpdates', kind: 'status', code: 409 }) },
  async (world) => {
    await until(() => world.channel.health().standing === 'troubled', 'the health says it');
    assert.match(world.channel.health().words, /same bot token/);
    assert.ok(conflicting.waits.length >= 5, 'not before two minutes');
    world.telegram.heal();
  },
);

polling(
  'a wrong token is said, and nothing else suffers',
  { token: '123456789:AAwrongwrongwrongwrongwrongwrongwro' },
  async (world) => {
    await until(() => world.channel.health().standing === 'troubled', 'the health says it');
    assert.match(world.channel.health().words, /TELEGRAM_BOT_TOKEN/);
    assert.equal((await world.channel.show(sampleCard(), undefined)).kind, 'later');
    assert.ok(!world.logs().join('\n').includes('AAwrong'));
  },
);

polling(
  'stop ends a hanging poll at once',
  { prepare: (telegram) => telegram.fault({ method: 'getUpdates', kind: 'hang' }) },
  async (world) => {
    await until(() => world.telegram.calls('getUpdates').length > 0, 'the poll hangs');
    const from = performance.now();
    await world.channel.stop();
    assert.ok(performance.now() - from < 1_000);
    assert.equal(world.channel.health().standing, 'off');
  },
);

polling('a poll that is answered at once does not spin', {}, async (world) => {
  await until(() => world.channel.health().standing === 'well', 'the channel listens');
  await tapApprove(world);
  await until(() => world.inbox.rows[0]?.state === 'done', 'the tap is done');
  assert.ok(world.telegram.calls('getUpdates').length < 6);
});

polling(
  'confirms nothing that is not stored: a tap survives a disk that was full',
  { clock: createHurriedClock() },
  async (world) => {
    const { store } = world.inbox;
    let refused = 0;
    Object.assign(world.inbox, {
      store: async (...given: Parameters<typeof store>) => {
        refused += 1;
        if (refused === 1) throw new Error('the disk is full');
        await store(...given);
      },
    });
    await tapApprove(world);
    await until(() => world.door.taps.length === 1, 'the tap arrives all the same');
    assert.ok(refused > 1);
  },
);
