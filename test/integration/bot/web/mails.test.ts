/** Mails without a draft on the page and for programs: the list, one of them, a reply to wish for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { ApiMail, ApiMails, ApiTrouble, ApiVerdict } from '../../../../src/bot/web/api.ts';
import { refused } from '../../../support/fake-door.ts';
import { undraftedMessage } from '../../../support/undrafted-message.ts';
import { ask, enter, formTokenIn, post, wordsIn } from './web-client.ts';
import { openWeb, token, type WebWorld } from './web-world.ts';

const rule = (title: string, check: (world: WebWorld, cookie: string) => Promise<void>) => {
  test(`web mails: ${title}`, async () => {
    const world = await openWeb();
    try {
      await check(world, await enter(world.port, token));
    } finally {
      await world.close();
    }
  });
};
const many = (count: number) => Array.from({ length: count }, (_, n) => undraftedMessage(count - n));
const look = async (world: WebWorld, cookie: string, path: string): Promise<string> => {
  const answer = await ask(world.port, path, { headers: { cookie } });
  assert.equal(answer.status, 200, path);
  return answer.text;
};
const linkIn = (page: string, label: string): string | undefined =>
  new RegExp(`href="([^"]+)">${label}<`).exec(page)?.[1];

rule('the list is reached from everywhere, has pages, and an empty one says so', async (world, cookie) => {
  assert.match(wordsIn(await look(world, cookie, '/mails')), /No mail of the last 30 days is without a draft/);
  world.door.setUndrafted(many(45));
  assert.equal(linkIn(await look(world, cookie, '/'), 'Mails'), '/mails');
  const first = await look(world, cookie, '/mails');
  assert.match(wordsIn(first), /Mails without a draft\s+45/);
  assert.match(wordsIn(first), /newsletter\s+Shop 45 <news@shop45\.example>\s+Offer 45/);
  assert.equal(linkIn(first, 'Newer'), undefined);
  const second = await look(world, cookie, linkIn(first, 'Older') ?? '');
  assert.match(wordsIn(second), /Shop 25 /);
  assert.match(wordsIn(await look(world, cookie, linkIn(second, 'Newer') ?? '')), /Shop 45 /);
  const third = await look(world, cookie, linkIn(second, 'Older') ?? '');
  assert.equal(linkIn(third, 'Older'), undefined);
  assert.match(wordsIn(await look(world, cookie, '/mails?older=gone')), /Shop 45 /);
});

rule('one is shown with all there is to know, and a reply is one press away', async (world, cookie) => {
  world.door.setUndrafted(many(2));
  const page = await look(world, cookie, '/mails/mail1');
  for (const words of [
    'Shop 1 <news@shop1.example>',
    'Offer 1',
    'it is a newsletter',
    'Buy number 1.',
    'EMAIL_offer_1.md',
  ])
    assert.ok(wordsIn(page).includes(words), words);
  const fields = { key: 'mail1', form_token: formTokenIn(page), back: '/mails/mail1' };
  world.door.answer(refused('decided', 'It has a draft already: a.md in Pending_Approval.'));
  const sent = await post(world.port, '/mails/draft', cookie, fields);
  const next = String(sent.headers['location']);
  assert.match(next, /^\/mails\/mail1\?said=/);
  assert.match(wordsIn(await look(world, cookie, next)), /It has a draft already: a\.md/);
  assert.deepEqual(
    world.door.wishes.map(({ actor, key }) => [actor.source, key]),
    [['web', 'mail1']],
  );
});

rule('nothing is drafted by a link, by a form from elsewhere, or for what is no key', async (world, cookie) => {
  world.door.setUndrafted(many(1));
  const form_token = formTokenIn(await look(world, cookie, '/mails/mail1'));
  assert.equal((await ask(world.port, '/mails/draft', { headers: { cookie } })).status, 405);
  assert.equal((await post(world.port, '/mails/draft', cookie, { key: 'mail1' })).status, 403);
  assert.equal((await post(world.port, '/mails/draft', '', { key: 'mail1', form_token })).status, 401);
  const foreign = { origin: 'https://evil.example' };
  assert.equal((await post(world.port, '/mails/draft', cookie, { key: 'mail1', form_token }, foreign)).status, 403);
  assert.equal((await post(world.port, '/mails/draft', cookie, { key: '../x', form_token })).status, 400);
  assert.deepEqual(world.door.wishes, []);
});

rule('where none can be had it says so without a button, and a mail that is forgotten too', async (world, cookie) => {
  const words = 'No answer can be drafted: it is encrypted and can’t be read here.';
  world.door.setUndrafted([undraftedMessage(1, { answer: { kind: 'impossible', words } })]);
  const page = await look(world, cookie, '/mails/mail1');
  assert.ok(wordsIn(page).includes(words));
  assert.doesNotMatch(page, /<form/);
  assert.equal((await ask(world.port, '/mails/other', { headers: { cookie } })).status, 404);
  assert.equal((await ask(world.port, '/mails')).status, 401);
});

rule('the note of the day leads to the list', async (world, cookie) => {
  const text = '📭 2 mails without a draft: 2 newsletters.';
  await world.web.say({ text, links: [], loud: false, key: '', leadsTo: 'undrafted' }, undefined);
  const page = await look(world, cookie, '/');
  assert.ok(wordsIn(page).includes(text));
  assert.equal(linkIn(page, 'Show them'), '/mails');
});

rule('programs and the command line get the same, by the same door', async (world) => {
  world.door.setUndrafted(many(21));
  const headers = { authorization: `Bearer ${token}` };
  const at = async (path: string) => await ask(world.port, path, { headers });
  const list = JSON.parse((await at('/api/mails')).text) as ApiMails;
  assert.deepEqual([list.total, list.messages.length, list.hasOlder], [21, 20, true]);
  const next = JSON.parse((await at(`/api/mails?older=${list.messages.at(-1)?.key}`)).text) as ApiMails;
  assert.deepEqual(
    next.messages.map(({ key }) => key),
    ['mail1'],
  );
  const one = JSON.parse((await at('/api/mails/mail1')).text) as ApiMail;
  assert.equal(one.text, 'Buy number 1.');
  assert.equal((await at('/api/mails/other')).status, 404);
  const send = (body: string) => ask(world.port, '/api/mails/draft', { method: 'POST', headers, body });
  assert.match((JSON.parse((await send('{"key":"A B"}')).text) as ApiTrouble).trouble, /^Wanted/);
  assert.equal((JSON.parse((await send('{"key":"mail1"}')).text) as ApiVerdict).kind, 'accepted');
  assert.deepEqual(
    world.door.wishes.map(({ actor, key }) => [actor.source, key]),
    [['cli', 'mail1']],
  );
  assert.equal((await ask(world.port, '/api/mails')).status, 401);
});
