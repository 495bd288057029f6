import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ask, enter, wordsIn } from './web-client.ts';
import { openWeb, sampleAttempt, token, type WebWorld } from './web-world.ts';

const rule = (title: string, check: (world: WebWorld) => Promise<void>) => {
  test(`web run pages: ${title}`, async () => {
    const world = await openWeb();
    world.door.attemptList = [sampleAttempt(), sampleAttempt({ id: 'attempt2' })];
    world.files.set('run.log', Buffer.from('opened <b>the page</b>\npressed Post'));
    world.files.set('after-post.png', Buffer.from([0x89, 0x50, 0x4e, 0x47]));
    world.files.set('page.html', Buffer.from('<script>alert(1)</script>'));
    world.files.set('trace.zip', Buffer.from('PK'));
    try {
      await check(world);
    } finally {
      await world.close();
    }
  });
};

/** Path and query of a signed link. */
const signedPath = (world: WebWorld, id: string): string => {
  const url = new URL(world.web.runLink(id));
  return url.pathname + url.search;
};
const signature = (world: WebWorld, id: string): string => new URL(world.web.runLink(id)).search;

rule('a signed link opens one attempt without a session, and nothing else', async (world) => {
  const page = await ask(world.port, signedPath(world, 'attempt1'));
  assert.equal(page.status, 200);
  const words = wordsIn(page.text);
  for (const part of ['It went out', 'opened <b>the page</b>', 'Post successful', 'https://example.org/posts/1']) {
    assert.ok(words.includes(part), part);
  }
  assert.ok(!/<form|<script|href="\/"|href="\/status"|href="\/drafts/.test(page.text));
  const picture = /<img src="([^"]+)" alt="Screenshot/.exec(page.text)?.[1] ?? '';
  assert.equal((await ask(world.port, picture.replaceAll('&amp;', '&'))).status, 200);

  const query = signature(world, 'attempt1');
  for (const path of ['/', '/status', '/runs/attempt2', '/runs/attempt2/run.log', '/drafts/k3y0000001', '/events']) {
    assert.equal((await ask(world.port, `${path}${query}`)).status, 401, path);
  }
});

rule('a forged, foreign or changed signature is refused', async (world) => {
  const query = signature(world, 'attempt1');
  const [until = '', seal = ''] = query.slice('?sig='.length).split('.');
  for (const wrong of [
    '',
    'x',
    seal,
    `${until}.`,
    `${Number(until) + 1}.${seal}`,
    `${until}.${seal}x`,
    `${until}.${token}`,
  ]) {
    assert.equal((await ask(world.port, `/runs/attempt1?sig=${wrong}`)).status, 401, wrong);
  }
  assert.equal((await ask(world.port, `/runs/attempt1${signature(world, 'attempt2')}`)).status, 401);
});

test('web run pages: a signed link ends after 30 days', async () => {
  let now = new Date('2026-03-01T00:00:00Z');
  const world = await openWeb({ clock: { now: () => now, steady: () => 0, after: () => () => undefined } });
  try {
    world.door.attemptList = [sampleAttempt()];
    const path = signedPath(world, 'attempt1');
    now = new Date('2026-03-30T23:00:00Z');
    assert.equal((await ask(world.port, path)).status, 200);
    now = new Date('2026-03-31T00:00:01Z');
    assert.equal((await ask(world.port, path)).status, 401);
  } finally {
    await world.close();
  }
});

rule('files have fixed types, and a kept page is no page', async (world) => {
  const query = signature(world, 'attempt1');
  const fetchFile = (name: string) => ask(world.port, `/runs/attempt1/${name}${query}`);
  assert.equal((await fetchFile('after-post.png')).headers['content-type'], 'image/png');
  assert.match(String((await fetchFile('run.log')).headers['content-type']), /^text\/plain/);
  assert.match(String((await fetchFile('page.html')).headers['content-type']), /^text\/plain/);
  assert.match(String((await fetchFile('page.html')).headers['content-security-policy']), /sandbox/);
  assert.match(String((await fetchFile('trace.zip')).headers['content-disposition']), /^attachment/);
});

rule('a name that is a path opens nothing', async (world) => {
  for (const name of [
    '..',
    '../secret.txt',
    '..%2fsecret.txt',
    '..%5csecret.txt',
    'a.b.txt',
    'A.txt',
    'run.log%00.png',
    '.env',
    'run',
    'x_y.txt',
  ]) {
    world.files.set(decodeURIComponent(name), Buffer.from('SECRET'));
  }
  const cookie = await enter(world.port, token);
  for (const name of world.files.keys()) {
    if (/^[a-z0-9-]+\.[a-z]+$/.test(name)) continue;
    for (const path of [`/runs/attempt1/${name}`, `/runs/attempt1/${encodeURIComponent(name)}`]) {
      if (path.includes('\0')) continue;
      const answer = await ask(world.port, path, { headers: { cookie } });
      assert.ok(!answer.text.includes('SECRET'), path);
    }
  }
  for (const id of ['..', '%2e%2e', 'a%2fb', 'A', 'a'.repeat(65)]) {
    assert.equal((await ask(world.port, `/runs/${id}/run.log`, { headers: { cookie } })).status, 404, id);
  }
});

rule('a long log shows its end and says so', async (world) => {
  world.files.set('run.log', Buffer.from(`first line\n${'x'.repeat(120_000)}\nlast line`));
  const page = (await ask(world.port, signedPath(world, 'attempt1'))).text;
  assert.ok(page.includes('last line') && !page.includes('first line'));
  assert.match(page, /The whole log/);
});
