/** Wrong keys at the page and its API: counted by the core, answered late, and never a reason to keep the owner out. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { networkOf } from '../../../../src/bot/web/knocking.ts';
import { createFakeDoor } from '../../../support/fake-door.ts';
import { createHeldClock } from '../../../support/held-clock.ts';
import { until } from '../../../support/until.ts';
import { ask, enter } from './web-client.ts';
import { openWeb, token } from './web-world.ts';

const wrongKey = { headers: { authorization: 'Bearer wrong' } };

test('web knocks: wrong keys are counted by address, with a reason to look; what shows no key is not', async () => {
  const world = await openWeb();
  try {
    const cookie = await enter(world.port, token);
    await ask(world.port, '/?token=wrong');
    await ask(world.port, '/?token=');
    await ask(world.port, '/api/status', wrongKey);
    await ask(world.port, '/api/status', { headers: { authorization: `Countersign 1.${'n'.repeat(20)}.x` } });
    // An address elsewhere is what the connection says, not what a header says.
    await ask(world.port, '/?token=wrong', { headers: { 'x-forwarded-for': '203.0.113.9' } });
    for (const path of ['/', '/status', '/api/status', '/runs/attempt1?sig=1.x', '/nowhere'])
      await ask(world.port, path);
    await ask(world.port, '/', { headers: { cookie: `${cookie}x` } });
    await ask(world.port, '/', { headers: { cookie } });
    assert.deepEqual(
      world.door.knocks,
      Array.from({ length: 5 }, () => ({ actor: { source: 'web', id: '127.0.0.1', name: '127.0.0.1' }, how: 'key' })),
    );
  } finally {
    await world.close();
  }
});

test('web knocks: a wrong key is answered when its time has come, a right one at once, however many wait', async () => {
  const door = createFakeDoor(() => true);
  const clock = createHeldClock(new Date('2026-05-01T10:00:00Z'));
  const world = await openWeb({
    door: { ...door, knocked: (...knock) => ({ ...door.knocked(...knock), waitMs: 1_500 }) },
    clock,
  });
  try {
    let answered = 0;
    const wrong = Array.from({ length: 20 }, (_, n) =>
      (n % 2 === 0 ? ask(world.port, '/?token=wrong') : ask(world.port, '/api/status', wrongKey)).finally(
        () => (answered += 1),
      ),
    );
    await until(() => clock.waiting() === 20, 'all of them wait');
    assert.equal((await ask(world.port, '/?token=wrong')).status, 429, 'no more than twenty wait at a time');
    assert.equal((await ask(world.port, '/api/status', wrongKey)).status, 429);
    const cookie = await enter(world.port, token);
    assert.equal((await ask(world.port, '/', { headers: { cookie } })).status, 200);
    const { status } = await ask(world.port, '/api/status', { headers: { authorization: `Bearer ${token}` } });
    assert.equal(status, 200);
    assert.equal(answered, 0);
    await clock.advance(1_500);
    assert.deepEqual(new Set((await Promise.all(wrong)).map((answer) => answer.status)), new Set([401]));
    const again = ask(world.port, '/?token=wrong');
    await until(() => clock.waiting() === 1, 'there is room again');
    await clock.advance(1_500);
    assert.equal((await again).status, 401);
  } finally {
    await world.close();
  }
});

test('web knocks: an answer that waits does not hold up the end', async () => {
  const door = createFakeDoor(() => true);
  const world = await openWeb({ door: { ...door, knocked: () => ({ lately: 1, waitMs: 60_000 }) } });
  const waiting = ask(world.port, '/?token=wrong').catch(() => undefined);
  await until(async () => (await ask(world.port, '/healthz')).status === 200, 'the page answers');
  const before = performance.now();
  await world.close();
  await waiting;
  assert.ok(performance.now() - before < 5_000);
});

test('web knocks: of IPv6 the network counts, since one household has all the addresses in it', () => {
  assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64');
  assert.equal(networkOf('2001:db8::7'), '2001:db8:0:0::/64');
  assert.equal(networkOf('2001:db8:1:2:3::'), '2001:db8:1:2::/64');
  assert.equal(networkOf('fe80::1%eth0'), 'fe80:0:0:0::/64');
});
