import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createHeldClock } from '../../../support/held-clock.ts';
import { proofOf, signatureOf, type ControlRequest } from '../../../../src/bot/web/control.ts';
import type { ApiCards, ApiDecide, ApiStatus, ApiTrouble, ApiVerdict } from '../../../../src/bot/web/api.ts';
import { sampleCard } from '../../../support/fake-door.ts';
import { ask, enter, type Answer } from './web-client.ts';
import { controlKey, openWeb, token, type WebWorld } from './web-world.ts';

const rule = (title: string, check: (world: WebWorld) => Promise<void>) => {
  test(`web api: ${title}`, async () => {
    const world = await openWeb();
    world.door.put(sampleCard());
    try {
      await check(world);
    } finally {
      await world.close();
    }
  });
};

const authorization = `Bearer ${token}`;
const send = ({ port }: WebWorld, path: string, body: unknown, headers = {}): Promise<Answer> =>
  ask(port, path, { method: 'POST', body: JSON.stringify(body), headers: { authorization, ...headers } });
const wish: ApiDecide = { key: 'k3y0000001', revision: 'abcdef0123', verb: 'approve' };

rule('the command line sees cards and status, and decides as itself', async (world) => {
  const cards = JSON.parse(
    (await ask(world.port, '/api/cards?settled=3', { headers: { authorization } })).text,
  ) as ApiCards;
  assert.deepEqual(cards, { cards: [sampleCard()] });
  const status = JSON.parse((await ask(world.port, '/api/status', { headers: { authorization } })).text) as ApiStatus;
  assert.equal(status.startedAt, '2026-03-02T08:00:00.000Z');
  const verdict = JSON.parse(
    (await send(world, '/api/decide', { ...wish, verb: 'edit', text: 'New' })).text,
  ) as ApiVerdict;
  assert.equal(verdict.say, 'Noted.');
  assert.deepEqual(world.door.taps[0]?.actor, { source: 'cli', id: 'owner', name: 'you (command line)' });
  assert.equal(world.door.taps[0].text, 'New');
  await send(world, '/api/pause', {});
  await send(world, '/api/resume', {});
  assert.deepEqual(
    world.door.switches.map(({ verb, actor }) => `${actor.source} ${verb}`),
    ['cli pause', 'cli resume'],
  );
});

rule('a refusal is an answer, not an error', async (world) => {
  world.door.answer({ kind: 'refused', why: 'decided', say: 'Sara was first.' });
  const answer = await send(world, '/api/decide', wish);
  assert.equal(answer.status, 200);
  assert.deepEqual(JSON.parse(answer.text), { kind: 'refused', why: 'decided', say: 'Sara was first.' });
});

rule('no token, a wrong one, a cookie or an origin is refused', async (world) => {
  const cookie = await enter(world.port, token);
  assert.equal((await send(world, '/api/decide', wish, { authorization: '' })).status, 401);
  assert.equal((await send(world, '/api/decide', wish, { authorization: 'Bearer wrong' })).status, 401);
  assert.equal((await send(world, '/api/decide', wish, { authorization: `Basic ${token}` })).status, 401);
  assert.equal((await send(world, '/api/decide', wish, { authorization: '', cookie })).status, 401);
  assert.equal((await send(world, '/api/decide', wish, { origin: world.base })).status, 403);
  assert.deepEqual(world.door.taps, []);
});

rule('what makes no sense is answered in words', async (world) => {
  for (const odd of [
    undefined,
    null,
    1,
    [],
    {},
    { ...wish, verb: 'fly' },
    { ...wish, key: 7 },
    { ...wish, verb: 'edit', text: 7 },
  ]) {
    const answer = await send(world, '/api/decide', odd);
    assert.equal(answer.status, 400);
    assert.notEqual((JSON.parse(answer.text) as ApiTrouble).trouble, '');
  }
  assert.equal((await ask(world.port, '/api/cards?settled=-1', { headers: { authorization } })).status, 400);
  assert.equal((await ask(world.port, '/api/nothing', { headers: { authorization } })).status, 404);
  assert.deepEqual(world.door.taps, []);
});

const nonce = 'n0nce'.repeat(4);

rule(
  'whoever asks is shown that this is the one that left the note, and nothing that opens anything',
  async (world) => {
    const { status, text } = await ask(world.port, `/api/proof?nonce=${nonce}`);
    assert.equal(status, 200);
    const proof = proofOf({ url: world.base, pid: process.pid, key: controlKey }, nonce);
    assert.deepEqual(JSON.parse(text), { proof });
    for (const authorization of [`Bearer ${proof}`, `Countersign ${Date.now()}.${nonce}.${proof}`]) {
      assert.equal((await ask(world.port, '/api/status', { headers: { authorization } })).status, 401);
    }
    for (const odd of ['', 'short', 'x'.repeat(65), `${nonce}%0Amore`, nonce.toUpperCase()]) {
      assert.equal((await ask(world.port, `/api/proof?nonce=${odd}`)).status, 400, odd);
    }
    assert.equal((await ask(world.port, `/api/proof?nonce=${nonce}`, { headers: { origin: world.base } })).status, 403);
  },
);

test('web api: a signature holds for one request, as it is, once, and for a minute', async () => {
  const clock = createHeldClock(new Date('2026-05-01T10:00:00Z'));
  const world = await openWeb({ clock });
  try {
    const asked: ControlRequest = { method: 'POST', path: '/api/decide', body: JSON.stringify(wish) };
    const sign = (name: string, change: Partial<ControlRequest> = {}, at = clock.now()) =>
      signatureOf(controlKey, { ...asked, ...change }, at, nonce + name);
    const send = async (authorization: string, path = asked.path, body = asked.body) =>
      (await ask(world.port, path, { method: 'POST', body, headers: { authorization } })).status;

    assert.equal(await send(sign('a')), 200);
    assert.equal(await send(sign('a')), 401, 'sent again');
    assert.equal(await send(sign('b', { method: 'GET' })), 401);
    assert.equal(await send(sign('c', { path: '/api/pause' })), 401);
    assert.equal(await send(sign('d'), '/api/decide?x=1'), 401);
    assert.equal(await send(sign('e'), asked.path, JSON.stringify({ ...wish, verb: 'reject' })), 401);
    assert.equal(await send(sign('f').replace(`${nonce}f`, `${nonce}g`)), 401);
    assert.equal(await send(signatureOf('another-key', asked, clock.now(), nonce)), 401);
    for (const away of [-61_000, 61_000]) {
      assert.equal(await send(sign('h', {}, new Date(clock.now().getTime() + away))), 401);
    }
    const early = sign('i', {}, new Date(clock.now().getTime() + 59_000));
    assert.equal(await send(early), 200);
    await clock.advance(118_000);
    assert.equal(await send(early), 401, 'remembered for as long as it could count');
    assert.equal(await send(sign('j')), 200);
    assert.equal(world.door.taps.length, 3);
  } finally {
    await world.close();
  }
});
