import assert from 'node:assert/strict';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { test } from 'node:test';

import { sampleCard } from '../../../support/fake-door.ts';
import { until } from '../../../support/until.ts';
import { ask, enter, formTokenIn, post, wordsIn } from './web-client.ts';
import { openWeb, sampleAttempt, token, type WebWorld } from './web-world.ts';

const rule = (title: string, check: (world: WebWorld, cookie: string) => Promise<void>) => {
  test(`web pages: ${title}`, async () => {
    const world = await openWeb();
    try {
      await check(world, await enter(world.port, token));
    } finally {
      await world.close();
    }
  });
};

const look = async (world: WebWorld, cookie: string, path: string): Promise<string> => {
  const answer = await ask(world.port, path, { headers: { cookie } });
  assert.equal(answer.status, 200, path);
  return answer.text;
};

rule('the inbox sorts by who has to act, and an empty one says so', async (world, cookie) => {
  assert.match(wordsIn(await look(world, cookie, '/')), /Nothing waits for you/);
  world.door.put(sampleCard({ key: 'done000001', mood: 'done', title: 'Settled one', verbs: [] }));
  world.door.put(sampleCard({ key: 'asks000001', title: 'Asking one' }));
  world.door.put(sampleCard({ key: 'leaves0001', mood: 'waits', title: 'Leaving one', verbs: ['undo'] }));
  const words = wordsIn(await look(world, cookie, '/'));
  const order = ['Waiting for you', 'Asking one', 'On its way', 'Leaving one', 'Settled lately', 'Settled one'];
  const places = order.map((part) => words.indexOf(part));
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  );
  assert.ok(places.every((place) => place >= 0));
});

rule('an answer is shown once, where the form was', async (world, cookie) => {
  world.door.put(sampleCard());
  world.door.answer({ kind: 'refused', why: 'stale', say: 'The draft changed.' });
  const page = await look(world, cookie, '/drafts/k3y0000001');
  const fields = { key: 'k3y0000001', revision: 'abcdef0123', verb: 'reject', form_token: formTokenIn(page) };
  const sent = await post(world.port, '/decide', cookie, { ...fields, back: '/drafts/k3y0000001' });
  const next = String(sent.headers['location']);
  assert.match(next, /^\/drafts\/k3y0000001\?said=/);
  assert.match(await look(world, cookie, next), /The draft changed\./);
  assert.doesNotMatch(await look(world, cookie, next), /The draft changed\./);
});

rule('a pause stands on every list with the way out', async (world, cookie) => {
  const form_token = formTokenIn(await look(world, cookie, '/status'));
  assert.equal((await post(world.port, '/pause', cookie, { form_token, back: '/status' })).status, 303);
  assert.deepEqual(
    world.door.switches.map(({ verb, actor }) => [verb, actor.source]),
    [['pause', 'web']],
  );
  for (const path of ['/', '/status']) assert.match(wordsIn(await look(world, cookie, path)), /Paused\. .*Resume/s);
  assert.equal((await post(world.port, '/resume', cookie, { form_token, back: '/status' })).status, 303);
  assert.doesNotMatch(wordsIn(await look(world, cookie, '/')), /Paused/);
});

rule('the status page names parts, counts and limits', async (world, cookie) => {
  const since = new Date('2026-03-02T08:00:00Z');
  world.door.setStatus({
    counts: { pending: 7, approved: 0, inProgress: 0, unknown: 0, done: 1234, rejected: 0, failed: 0 },
    parts: [
      { part: 'gmail', standing: 'troubled', since, lastSuccess: since, words: 'Login refused. Make a new password.' },
    ],
    limits: [{ platform: 'linkedin', label: 'LinkedIn', used: 2, perHour: 5 }],
  });
  const words = wordsIn(await look(world, cookie, '/status'));
  for (const part of ['gmail', 'troubled', 'Make a new password', 'LinkedIn', '2 of 5', '1234', '7']) {
    assert.ok(words.includes(part), part);
  }
});

rule('the newest of the last 50 notes stand in the inbox', async (world, cookie) => {
  for (let number = 1; number <= 60; number += 1) {
    await world.web.say({ text: `Note ${number}.`, links: [], loud: false, key: '' }, undefined);
  }
  const words = wordsIn(await look(world, cookie, '/'));
  assert.ok(words.indexOf('Note 60.') < words.indexOf('Note 59.'));
  assert.ok(!words.includes('Note 9.'));
});

rule('a text comes back from the edit box as it was', async (world, cookie) => {
  const text = '\n  First line\n\n<b>&amp; "last"';
  world.door.put(sampleCard({ text }));
  const box = /<textarea[^>]*>(.*?)<\/textarea>/s.exec(await look(world, cookie, '/'))?.[1] ?? '';
  const shown = box.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  assert.equal(shown, `\n${text}`, 'one line break is swallowed by the browser');
  const form_token = formTokenIn(await look(world, cookie, '/'));
  const fields = { key: 'k3y0000001', revision: 'abcdef0123', verb: 'edit', form_token };
  await post(world.port, '/decide', cookie, { ...fields, text: text.replaceAll('\n', '\r\n') });
  assert.equal(world.door.taps[0]?.text, text);
});

rule('a draft page shows what people said, as their words, and takes a comment', async (world, cookie) => {
  const comments = [{ by: 'by Vera at 14:02', text: 'Is it <b>Monday</b>?\nI think so.' }];
  world.door.put(sampleCard({ mood: 'done', verbs: [], comments }));
  for (const path of ['/', '/drafts/k3y0000001']) {
    const page = await look(world, cookie, path);
    assert.match(page, /by Vera at 14:02.*Is it &lt;b&gt;Monday&lt;\/b&gt;\?\nI think so\./s, path);
  }
  const page = await look(world, cookie, '/drafts/k3y0000001');
  const fields = { key: 'k3y0000001', revision: 'abcdef0123', verb: 'comment', form_token: formTokenIn(page) };
  assert.match(page, /<textarea id="comment-k3y0000001" name="text"[^>]*>.*value="comment"/s);
  await post(world.port, '/decide', cookie, { ...fields, text: 'Two\r\nlines.' });
  assert.deepEqual(
    world.door.taps.map(({ verb, text }) => [verb, text]),
    [['comment', 'Two\nlines.']],
  );
});

rule('a draft page lists its attempts and leads to each', async (world, cookie) => {
  world.door.put(sampleCard({ mood: 'done' }));
  world.door.attemptList = [
    sampleAttempt({ id: 'attempt0', number: 1, outcome: 'unknown' }),
    sampleAttempt({ number: 2 }),
  ];
  const page = await look(world, cookie, '/drafts/k3y0000001');
  assert.ok(page.includes('href="/runs/attempt1?draft=k3y0000001"'));
  assert.match(wordsIn(page), /Attempt 2.*It went out.*Attempt 1.*Nobody can tell/s);
  assert.match(await look(world, cookie, '/runs/attempt1?draft=k3y0000001'), /href="\/drafts\/k3y0000001"/);
  assert.doesNotMatch(await look(world, cookie, '/runs/attempt1?draft=evil'), /drafts\//);
});

rule('health and figures are open, and health says when it is bad', async (world) => {
  assert.deepEqual(JSON.parse((await ask(world.port, '/healthz')).text), { ok: true, words: 'All well.' });
  assert.match((await ask(world.port, '/metrics')).text, /countersign_drafts 3/);
  const sick = await openWeb({ healthz: async () => ({ ok: false, words: 'The ledger is gone.' }) });
  const answer = await ask(sick.port, '/healthz');
  await sick.close();
  assert.equal(answer.status, 503);
});

test('web pages: open pages hear of every change, and stop ends them', async () => {
  // Nothing that waits for the clock ever happens here: the line must end because it is told to.
  const world = await openWeb({ clock: { now: () => new Date(), steady: () => 0, after: () => () => undefined } });
  let heard = '';
  let ended = false;
  const cookie = await enter(world.port, token);
  const stream = request({ host: '127.0.0.1', port: world.port, path: '/events', headers: { cookie }, agent: false });
  stream.on('response', (response) => {
    response.on('data', (part: Buffer) => (heard += part.toString()));
    response.on('close', () => (ended = true));
  });
  stream.on('error', () => (ended = true));
  stream.end();
  try {
    await until(() => heard.includes('retry:'), 'the line is open');
    const changes = () => heard.split('data: changed').length - 1;
    await world.web.show(sampleCard(), undefined);
    await until(() => changes() === 1, 'a card is heard of');
    await world.web.say({ text: 'Posted.', links: [], loud: false, key: '' }, undefined);
    await until(() => changes() === 2, 'a note is heard of');
    void world.web.stop();
    await until(() => ended, 'the line is closed', 2000);
  } finally {
    stream.destroy();
    await world.close();
  }
});

test('web pages: a taken port is a problem with a remedy, and the rest lives', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const bound = other.address();
  assert.ok(typeof bound === 'object' && bound !== null);
  const port = bound.port;
  try {
    await assert.rejects(openWeb({ port }), /taken.*WEB_PORT/);
  } finally {
    other.close();
  }
});

test('web pages: links name the public address when there is one', async () => {
  const world = await openWeb({ publicUrl: 'https://me.example.org/' });
  try {
    assert.equal(world.web.homeUrl(), `https://me.example.org/?token=${token}`);
    assert.match(world.web.runLink('attempt1'), /^https:\/\/me\.example\.org\/runs\/attempt1\?sig=/);
    const host = 'me.example.org';
    const entered = await ask(world.port, `/?token=${token}`, { headers: { host } });
    assert.match(String(entered.headers['set-cookie']), /; Secure/);
    const cookie = String(entered.headers['set-cookie']).split(';')[0] ?? '';
    const form_token = formTokenIn((await ask(world.port, '/status', { headers: { host, cookie } })).text);
    const origin = 'https://me.example.org';
    assert.equal((await post(world.port, '/pause', cookie, { form_token }, { host, origin })).status, 303);
    assert.equal(
      (await post(world.port, '/pause', cookie, { form_token }, { host, origin: 'http://me.example.org' })).status,
      403,
    );
  } finally {
    await world.close();
  }
});
