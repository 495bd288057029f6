import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';

import { sampleCard } from '../../../support/fake-door.ts';
import { ask, enter, formTokenIn, post } from './web-client.ts';
import { linkSecret, openWeb, token, type WebWorld } from './web-world.ts';

const rule = (title: string, check: (world: WebWorld) => Promise<void>) => {
  test(`web safety: ${title}`, async () => {
    const world = await openWeb();
    world.door.put(sampleCard());
    try {
      await check(world);
      for (const secret of [token, linkSecret]) assert.ok(!world.logs.join('\n').includes(secret));
    } finally {
      await world.close();
    }
  });
};

const wish = { key: 'k3y0000001', revision: 'abcdef0123', verb: 'approve', back: '/' };

/** A cookie and the form token that goes with it. */
async function seated({ port }: WebWorld): Promise<{ cookie: string; form_token: string }> {
  const cookie = await enter(port, token);
  const inbox = await ask(port, '/', { headers: { cookie } });
  assert.equal(inbox.status, 200);
  return { cookie, form_token: formTokenIn(inbox.text) };
}

rule('without the link every page is locked and says how to get in', async ({ port }) => {
  for (const path of ['/', '/status', '/drafts/k3y0000001', '/runs/attempt1', '/runs/attempt1/log.txt', '/events']) {
    const answer = await ask(port, path);
    assert.equal(answer.status, 401, path);
    assert.match(answer.text, /npm start/);
    assert.ok(!answer.text.includes(sampleCard().text));
  }
});

rule(
  'the link with the token lets in, by a strict cookie that is not the token, to a clean address',
  async ({ port }) => {
    const answer = await ask(port, `/?token=${token}`);
    assert.equal(answer.status, 303);
    assert.equal(answer.headers['location'], '/');
    const cookie = String(answer.headers['set-cookie']);
    assert.match(cookie, /HttpOnly/);
    assert.match(cookie, /SameSite=Strict/);
    assert.ok(!cookie.includes(token));
  },
);

rule('a wrong, empty or longer token and a forged cookie stay outside', async ({ port }) => {
  for (const wrong of ['wrong', '', `${token}x`, token.slice(1)]) {
    assert.equal((await ask(port, `/?token=${wrong}`)).status, 401, wrong);
  }
  const cookie = await enter(port, token);
  const [name = '', value = ''] = cookie.split('=');
  const later = `${Number(value.split('.')[0]) + 1}.${value.split('.')[1]}`;
  for (const forged of ['', '1', token, later, `${value}x`, `x${value}`, value.replace('.', '')]) {
    assert.equal((await ask(port, '/', { headers: { cookie: `${name}=${forged}` } })).status, 401, forged);
  }
});

test('web safety: a page without a token lets nobody in', async () => {
  const world = await openWeb({ token: '', linkSecret: '' });
  try {
    assert.equal((await ask(world.port, '/?token=')).status, 401);
    assert.equal((await ask(world.port, '/api/status', { headers: { authorization: 'Bearer ' } })).status, 401);
    assert.equal((await ask(world.port, '/runs/attempt1?sig=')).status, 401);
  } finally {
    await world.close();
  }
});

test('web safety: a session ends after 30 days', async () => {
  let now = new Date('2026-03-01T00:00:00Z');
  const world = await openWeb({ clock: { now: () => now, steady: () => 0, after: () => () => undefined } });
  try {
    const cookie = await enter(world.port, token);
    now = new Date('2026-03-30T00:00:00Z');
    assert.equal((await ask(world.port, '/', { headers: { cookie } })).status, 200);
    now = new Date('2026-04-01T00:00:00Z');
    assert.equal((await ask(world.port, '/', { headers: { cookie } })).status, 401);
  } finally {
    await world.close();
  }
});

rule('a foreign host name is refused everywhere, even with a session (DNS rebinding)', async (world) => {
  const { cookie } = await seated(world);
  const { port } = world;
  for (const host of [
    'evil.example',
    `evil.example:${port}`,
    '127.0.0.1',
    'localhost:1',
    `127.0.0.1.evil.example:${port}`,
  ]) {
    for (const path of ['/', '/healthz', '/metrics', '/api/status', '/pages/page.css', `/?token=${token}`]) {
      const answer = await ask(port, path, { headers: { host, cookie, authorization: `Bearer ${token}` } });
      assert.equal(answer.status, 421, `${host} ${path}`);
      assert.equal(answer.headers['set-cookie'], undefined);
    }
  }
  for (const host of [`localhost:${port}`, `[::1]:${port}`, `LOCALHOST:${port}`]) {
    assert.equal((await ask(port, '/healthz', { headers: { host } })).status, 200, host);
  }
});

rule('a decision needs our origin, the form token, a session and a form', async (world) => {
  const { cookie, form_token } = await seated(world);
  const { port, door } = world;
  const fields = { ...wish, form_token };
  const own = { origin: `http://127.0.0.1:${port}` };
  const other = await enter(port, token);
  const otherToken = formTokenIn((await ask(port, '/', { headers: { cookie: other } })).text);
  const body = new URLSearchParams(fields).toString();
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  const refused = [
    await post(port, '/decide', cookie, fields, { origin: 'http://evil.example' }),
    await post(port, '/decide', cookie, fields, { origin: 'null' }),
    await post(port, '/decide', cookie, fields, { origin: `https://127.0.0.1:${port}` }),
    await post(port, '/decide', cookie, fields, { origin: `http://localhost:${port}` }),
    await ask(port, '/decide', { method: 'POST', body, headers: { ...type, cookie } }),
    await ask(port, '/decide', { method: 'POST', body, headers: { ...type, cookie, 'sec-fetch-site': 'cross-site' } }),
    await ask(port, '/decide', { method: 'POST', body, headers: { ...type, cookie, 'sec-fetch-site': 'same-site' } }),
    await ask(port, '/decide', { method: 'POST', body, headers: { ...own, cookie, 'content-type': 'text/plain' } }),
    await post(port, '/decide', cookie, { ...wish }),
    await post(port, '/decide', cookie, { ...wish, form_token: '' }),
    await post(port, '/decide', cookie, { ...wish, form_token: `${form_token}x` }),
    await post(port, '/pause', cookie, { back: '/' }),
    await post(port, '/resume', cookie, { back: '/' }),
  ];
  assert.deepEqual(new Set(refused.map(({ status }) => status)), new Set([403]));
  if (other !== cookie)
    assert.equal((await post(port, '/decide', cookie, { ...wish, form_token: otherToken })).status, 403);
  assert.equal((await post(port, '/decide', '', fields)).status, 401);
  assert.deepEqual(door.taps, []);
  assert.deepEqual(door.switches, []);

  assert.equal((await post(port, '/decide', cookie, fields)).status, 303);
  const headers = { ...type, cookie, 'sec-fetch-site': 'same-origin' };
  assert.equal((await ask(port, '/decide', { method: 'POST', body, headers })).status, 303);
  assert.equal(door.taps.length, 2);
});

rule('opening an address never decides', async (world) => {
  const { cookie, form_token } = await seated(world);
  const query = new URLSearchParams({ ...wish, form_token }).toString();
  for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']) {
    for (const path of ['/decide', '/pause', '/resume']) {
      const headers = { cookie, origin: world.base };
      assert.equal((await ask(world.port, `${path}?${query}`, { method, headers })).status, 405, `${method} ${path}`);
    }
  }
  assert.deepEqual(world.door.taps, []);
  assert.deepEqual(world.door.switches, []);
});

rule('a form can not send the browser to another site, and words do not come from the address', async (world) => {
  const { cookie, form_token } = await seated(world);
  for (const back of ['https://evil.example/', '//evil.example', '/\\evil.example', '/status/../..//evil.example']) {
    const answer = await post(world.port, '/decide', cookie, { ...wish, form_token, back });
    assert.match(String(answer.headers['location']), /^\/\?said=\d+$/);
  }
  const page = await ask(world.port, '/?said=Approved+by+all', { headers: { cookie } });
  assert.ok(!page.text.includes('Approved by all'));
});

rule('a body over 256 KB is refused, with and without a declared length', async (world) => {
  const { cookie, form_token } = await seated(world);
  const fields = { ...wish, verb: 'edit', form_token };
  const small = await post(world.port, '/decide', cookie, { ...fields, text: 'x'.repeat(250 * 1024) });
  assert.equal(small.status, 303);
  const large = await post(world.port, '/decide', cookie, { ...fields, text: 'x'.repeat(257 * 1024) });
  assert.equal(large.status, 413);
  const body = new URLSearchParams({ ...fields, text: 'x'.repeat(400 * 1024) }).toString();
  assert.equal(await sendChunked(world.port, cookie, body), 413);
  assert.equal(world.door.taps.length, 1);
});

rule('every answer carries the protecting headers', async (world) => {
  const { cookie } = await seated(world);
  for (const path of ['/', '/status', '/nowhere', '/healthz', '/pages/live.js', '/api/status', `/?token=${token}`]) {
    const { headers } = await ask(world.port, path, { headers: { cookie } });
    assert.match(String(headers['content-security-policy']), /default-src 'none'.*frame-ancestors 'none'/, path);
    assert.ok(!String(headers['content-security-policy']).includes('unsafe'));
    assert.equal(headers['x-frame-options'], 'DENY', path);
    assert.equal(headers['x-content-type-options'], 'nosniff', path);
    assert.equal(headers['cache-control'], 'no-store', path);
    assert.match(String(headers['referrer-policy']), /^(no-referrer|same-origin)$/, path);
    assert.equal(headers['access-control-allow-origin'], undefined);
  }
});

rule('a stranger’s text is text in every field', async (world) => {
  const evil = `"><img src=x onerror=alert(1)></textarea></pre><script>alert(1)</script>'&lt;`;
  const card = sampleCard({
    noun: evil,
    headline: evil,
    title: evil,
    standing: evil,
    fields: [{ id: 'other', label: evil, value: evil }],
    text: `\n${evil}`,
    original: evil,
    media: [{ name: evil, type: evil, bytes: 1, path: evil, sha256: evil }],
    problems: [{ code: 'duplicate', what: evil, remedy: evil, severity: 'warns' }],
    links: [
      { label: evil, url: 'javascript:alert(1)' },
      { label: evil, url: `https://example.org/${evil}` },
    ],
    file: evil,
    set: { id: 'abcdef0123', words: evil },
  });
  world.door.put(card);
  world.door.put({ ...card, key: 'k3y0000002', mood: 'done' });
  await world.web.say(
    { text: evil, links: [{ label: evil, url: 'data:text/html,x' }], loud: true, key: 'k3y0000001' },
    undefined,
  );
  world.door.answer({ kind: 'refused', why: 'trouble', say: evil });
  const { cookie, form_token } = await seated(world);
  const sent = await post(world.port, '/decide', cookie, { ...wish, form_token });
  for (const path of [String(sent.headers['location']), '/drafts/k3y0000001']) {
    const { text } = await ask(world.port, path, { headers: { cookie } });
    assert.equal([...text.matchAll(/<script[^>]*>/g)].join(), '<script src="/pages/live.js" defer>', path);
    assert.ok(!/<img[^>]*onerror/.test(text), path);
    assert.ok(!/href="(javascript|data):/.test(text), path);
    assert.equal(/onerror=alert/.test(text), true, 'the text itself is shown');
    assert.ok(text.includes('One idea: <bdi class="strange">&quot;&gt;&lt;img'), 'and the name of the idea');
  }
});

rule('signs that hide or turn text are named', async (world) => {
  world.door.put(sampleCard({ text: 'pay \u202e001\u202c to\u200b me' }));
  const { cookie } = await seated(world);
  const { text } = await ask(world.port, '/', { headers: { cookie } });
  for (const code of ['U+202E', 'U+202C', 'U+200B']) assert.ok(text.includes(`data-code="${code}"`), code);
});

rule('a wish without sense is answered and reaches nobody', async (world) => {
  const { cookie, form_token } = await seated(world);
  for (const odd of [{ verb: 'constructor' }, { verb: 'pause' }, { key: '../x' }, { key: '' }, { revision: '<b>' }]) {
    assert.equal((await post(world.port, '/decide', cookie, { ...wish, form_token, ...odd })).status, 400);
  }
  assert.deepEqual(world.door.taps, []);
});

rule('a fault behind the page is answered in words and logged without the query', async (world) => {
  const { cookie, form_token } = await seated(world);
  world.door.fail(1);
  const answer = await post(world.port, '/decide?token=hush', cookie, { ...wish, form_token });
  assert.equal(answer.status, 500);
  assert.match(answer.text, /Look at the draft/);
  assert.ok(!answer.text.includes('ledger'));
  assert.match(world.logs.join('\n'), /POST \/decide failed/);
  assert.ok(!world.logs.join('\n').includes('hush'));
});

/** Sends a body without saying how long it is. */
const sendChunked = (port: number, cookie: string, body: string): Promise<number | undefined> =>
  new Promise((resolve) => {
    const headers = {
      cookie,
      origin: `http://127.0.0.1:${port}`,
      'content-type': 'application/x-www-form-urlencoded',
      'transfer-encoding': 'chunked',
    };
    const sent = request({ host: '127.0.0.1', port, path: '/decide', method: 'POST', headers, agent: false });
    sent.on('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    // The server may close before it has read everything.
    sent.on('error', () => undefined);
    sent.end(body);
  });
