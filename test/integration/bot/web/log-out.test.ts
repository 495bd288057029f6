/** Ending every session: for a phone that is lost, and for a link that somebody saw. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { sampleCard } from '../../../support/fake-door.ts';
import { ask, enter, formTokenIn, post, wordsIn } from './web-client.ts';
import { openWeb, token, type WebWorld } from './web-world.ts';

const rule = (title: string, check: (world: WebWorld) => Promise<void>, renew?: () => string) => {
  test(`web sessions: ${title}`, async () => {
    const world = await openWeb(renew === undefined ? {} : { renew });
    world.door.put(sampleCard());
    try {
      await check(world);
    } finally {
      await world.close();
    }
  });
};

const statusOf = async ({ port }: WebWorld, cookie: string) => (await ask(port, '/', { headers: { cookie } })).status;

rule('the button ends all of them, the old link and every open page, and a new link opens', async (world) => {
  const { port, web } = world;
  const [mine, lost] = [await enter(port, token), await enter(port, token)];
  const page = await ask(port, '/status', { headers: { cookie: mine } });
  assert.match(wordsIn(page.text), /Log out everywhere/);
  const line = await fetch(`${world.base}/events`, { headers: { cookie: lost } });
  const listening = line.text();
  const answer = await post(port, '/logout', mine, { form_token: formTokenIn(page.text), back: '/status' });
  assert.equal(answer.status, 200);
  assert.match(wordsIn(answer.text), /Logged out everywhere[\s\S]+npm run status/);
  assert.match(String(answer.headers['set-cookie']), /Max-Age=0/);
  for (const cookie of [mine, lost]) assert.equal(await statusOf(world, cookie), 401);
  assert.equal((await ask(port, `/?token=${token}`)).status, 401);
  assert.equal((await ask(port, '/api/status', { headers: { authorization: `Bearer ${token}` } })).status, 401);
  assert.match(await listening, /data: changed\n\n$/, 'the open page is told to look, and its line ends');
  const next = new URL(web.homeUrl()).searchParams.get('token') ?? '';
  assert.notEqual(next, token);
  assert.equal(await statusOf(world, await enter(port, next)), 200);
  assert.match(world.logs.join('\n'), /Every session of the web page was ended by web:owner/);
});

rule('the command line ends them too', async (world) => {
  const cookie = await enter(world.port, token);
  const headers = { authorization: `Bearer ${token}` };
  const answer = await ask(world.port, '/api/logout', { method: 'POST', headers });
  assert.equal((JSON.parse(answer.text) as { kind: string }).kind, 'accepted');
  assert.equal(await statusOf(world, cookie), 401);
});

rule('nobody else ends them: no address, no foreign form, no one without a session', async (world) => {
  const { port } = world;
  const cookie = await enter(port, token);
  const form_token = formTokenIn((await ask(port, '/status', { headers: { cookie } })).text);
  const refused = [
    await ask(port, `/logout?form_token=${form_token}`, { headers: { cookie } }),
    await post(port, '/logout', cookie, { form_token }, { origin: 'http://evil.example' }),
    await post(port, '/logout', cookie, {}),
    await post(port, '/logout', '', { form_token }),
    await ask(port, '/api/logout', { method: 'POST', headers: { cookie } }),
  ];
  assert.deepEqual(
    refused.map(({ status }) => status),
    [405, 403, 403, 401, 401],
  );
  assert.equal(await statusOf(world, cookie), 200);
});

rule('links to logs in the chat go on: they show one attempt and decide nothing', async (world) => {
  const { pathname, search } = new URL(world.web.runLink('attempt1'));
  const cookie = await enter(world.port, token);
  const form_token = formTokenIn((await ask(world.port, '/status', { headers: { cookie } })).text);
  await post(world.port, '/logout', cookie, { form_token });
  assert.notEqual((await ask(world.port, `${pathname}${search}`)).status, 401);
});

rule(
  'what can’t be recorded changes nothing and says so',
  async (world) => {
    const cookie = await enter(world.port, token);
    const form_token = formTokenIn((await ask(world.port, '/status', { headers: { cookie } })).text);
    const answer = await post(world.port, '/logout', cookie, { form_token, back: '/status' });
    const page = await ask(world.port, String(answer.headers['location']), { headers: { cookie } });
    assert.match(wordsIn(page.text), /could not be recorded, so nothing was changed/);
    assert.match(world.logs.join('\n'), /could not be ended: the disk is full/);
  },
  () => {
    throw new Error('the disk is full');
  },
);
