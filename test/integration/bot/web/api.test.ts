import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { ApiCards, ApiDecide, ApiStatus, ApiTrouble, ApiVerdict } from '../../../../src/bot/web/api.ts';
import { sampleCard } from '../../../support/fake-door.ts';
import { ask, enter, type Answer } from './web-client.ts';
import { openWeb, token, type WebWorld } from './web-world.ts';

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
