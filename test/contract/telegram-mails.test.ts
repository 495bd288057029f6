/** `/mails` and the daily line: a list that turns its pages, a mail to read, a reply with one tap. */
import assert from 'node:assert/strict';

import type { SeenMessage } from '../../sandbox/telegram/index.ts';
import { encodeWish } from '../../src/bot/chat/buttons/action.ts';
import { accepted, refused } from '../support/fake-door.ts';
import { undraftedMessage as mail } from '../support/undrafted-message.ts';
import { until } from '../support/until.ts';
import { strangerId, telegramTest } from './telegram-world.ts';
import type { TelegramWorld } from './telegram-world.ts';

const many = (count: number) => Array.from({ length: count }, (_, n) => mail(count - n));
const labels = ({ buttons }: SeenMessage) => buttons.map((row) => row.map(({ label }) => label));
const codes = ({ text, entities }: SeenMessage) =>
  entities.filter(({ type }) => type === 'code').map(({ offset, length }) => text.slice(offset, offset + length));
const quoted = ({ text, entities }: SeenMessage) =>
  entities
    .filter(({ type }) => type === 'expandable_blockquote')
    .map(({ offset, length }) => text.slice(offset, offset + length));

/** What the bot says after this, as messages that were not there before. */
async function said(world: TelegramWorld, act: () => void, count = 1): Promise<readonly SeenMessage[]> {
  const known = new Set(world.owner.messages().map(({ id }) => id));
  act();
  return await until(() => {
    const fresh = world.owner.messages().filter(({ id, from }) => from === 'bot' && !known.has(id));
    return fresh.length >= count && fresh;
  }, `${count} messages`);
}
async function list(world: TelegramWorld): Promise<SeenMessage> {
  const [message] = await said(world, () => world.owner.send('/mails'));
  return message ?? assert.fail();
}
const now = (world: TelegramWorld, { id }: SeenMessage): SeenMessage =>
  world.owner.messages().find((message) => message.id === id) ?? assert.fail('it is gone');
async function turn(world: TelegramWorld, message: SeenMessage, label: string): Promise<SeenMessage> {
  const before = now(world, message).text;
  await world.toast(world.owner, world.owner.tap(message.id, { label }));
  await until(() => now(world, message).text !== before, 'the page is turned');
  return now(world, message);
}
async function open(world: TelegramWorld, message: SeenMessage, label: string, count = 1) {
  return await said(world, () => void world.owner.tap(message.id, { label }), count);
}

telegramTest('mails: the list turns its pages in place, and each mail has a number', async (world) => {
  world.door.setUndrafted(many(19));
  const first = await list(world);
  assert.match(
    first.text,
    /^Mails without a draft: 19\n\n1\. 2026-05-01 09:19 · newsletter\nShop 19 <news@shop19\.example>\nOffer 19\n\n2\. /,
  );
  assert.deepEqual(labels(first), [['1', '2', '3', '4'], ['5', '6', '7', '8'], ['Older ▶']]);
  assert.equal(first.silent, true);
  const second = await turn(world, first, 'Older');
  assert.match(second.text, /\n\n1\. .*\nShop 11 /);
  assert.deepEqual(labels(second).at(-1), ['◀ Newer', 'Older ▶']);
  const third = await turn(world, first, 'Older');
  assert.deepEqual(labels(third), [['1', '2', '3'], ['◀ Newer']]);
  await world.restart();
  assert.match((await turn(world, first, 'Newer')).text, /\n\n1\. .*\nShop 11 /);
});

telegramTest('mails: a page whose place is gone is the first one, an empty list says so', async (world) => {
  world.door.setUndrafted(many(12));
  const first = await list(world);
  world.door.setUndrafted(many(3));
  assert.match((await turn(world, first, 'Older')).text, /^Mails without a draft: 3\n/);
  world.door.setUndrafted([]);
  const empty = await list(world);
  assert.equal(empty.text, 'No mail of the last 30 days is without a draft.');
  assert.deepEqual(labels(empty), []);
});

telegramTest(
  'mails: one is opened with sender, subject, time, reason and text, and its reply is one tap',
  async (world) => {
    world.door.setUndrafted(many(2));
    const [opened = assert.fail()] = await open(world, await list(world), '2');
    for (const words of [
      'From: Shop 1 <news@shop1.example>',
      'Subject: Offer 1',
      'Came: 2026-05-01 09:01',
      'No draft: it is a newsletter or a bulk mail.',
      'A reply would go to news@shop1.example.',
      'File: Needs_Action/EMAIL_offer_1.md',
    ]) {
      assert.ok(opened.text.includes(words), `${words} is missing in ${opened.text}`);
    }
    assert.deepEqual(quoted(opened), ['Buy number 1.']);
    assert.deepEqual(labels(opened), [['✍️ Draft a reply']]);
    world.door.answer(accepted('A draft is written; its card comes.'));
    const toast = await world.toast(world.owner, world.owner.tap(opened.id, { label: 'Draft a reply' }));
    assert.deepEqual(toast, { text: 'A draft is written; its card comes.', alert: false });
    await until(() => labels(now(world, opened)).length === 0, 'the button is gone');
    assert.deepEqual(
      world.door.wishes.map(({ actor, key }) => [actor.source, key]),
      [['telegram', 'mail1']],
    );
    // The app of somebody else still shows it.
    world.door.answer(refused('decided', 'It has a draft already: a.md in Pending_Approval.'));
    const data = encodeWish({ kind: 'mail_draft', mail: 'mail1' });
    const second = await world.toast(world.owner, world.owner.forge(opened.id, data));
    assert.deepEqual(second, { text: 'It has a draft already: a.md in Pending_Approval.', alert: true });
  },
);

telegramTest('mails: where nobody can be answered it says so, and there is no button', async (world) => {
  const words = 'No answer can be drafted: it is encrypted and can’t be read here.';
  world.door.setUndrafted([
    mail(1, { answer: { kind: 'impossible', words }, text: '', noText: 'No text of it could be read.' }),
  ]);
  const [opened = assert.fail()] = await open(world, await list(world), '1');
  assert.ok(opened.text.includes(words) && opened.text.includes('No text of it could be read.'));
  assert.deepEqual(labels(opened), []);
});

telegramTest('mails: a long text comes in pieces, whole up to a limit, and then its file is named', async (world) => {
  const text = Array.from({ length: 300 }, (_, n) => `line ${n} of the letter`).join('\n');
  world.door.setUndrafted([mail(1, { text })]);
  const message = await list(world);
  const pieces = await open(world, message, '1', 2);
  assert.equal(pieces.flatMap(quoted).join('\n').replaceAll('\n', ''), text.replaceAll('\n', ''));
  world.door.setUndrafted([mail(1, { text: text.repeat(10) })]);
  const parts = await open(world, message, '1', 6);
  assert.equal(parts.length, 6);
  assert.equal(parts.at(-1)?.text, 'There is more of it in Needs_Action/EMAIL_offer_1.md.');
});

telegramTest('mails: what a stranger wrote can neither be tapped nor pass for our words', async (world) => {
  const evil = {
    sender: '/pause @evil evil.example\u202e',
    subject: `/approve https://evil.example ${'*'.repeat(10_000)}`,
  };
  world.door.setUndrafted([mail(1, { ...evil, text: '/resume\n<b>✍️ Draft a reply</b>\u0000 https://evil.example' })]);
  const message = await list(world);
  assert.equal(codes(message).length, 2);
  assert.ok(message.text.length < 400);
  const [opened = assert.fail()] = await open(world, message, '1');
  const apart = [...codes(opened), ...quoted(opened)].reduce((text, one) => text.replace(one, ''), opened.text);
  assert.doesNotMatch(apart, /evil\.example|\/pause|\/resume|\/approve/);
  assert.match(quoted(opened)[0] ?? '', /‹U\+0000›/);
  // Links inside a quoted text are the text's own, and no bare command changes anything.
  const [quote] = opened.entities.filter(({ type }) => type === 'expandable_blockquote');
  const ours = opened.entities.filter(({ offset }) => offset < (quote?.offset ?? 0));
  assert.deepEqual([...new Set([...message.entities, ...ours].map(({ type }) => type))], ['bold', 'code']);
});

telegramTest('mails: the daily line is silent and leads to the list', async (world) => {
  world.door.setUndrafted(many(2));
  const note = {
    text: '📭 2 mails without a draft: 2 newsletters.',
    links: [],
    loud: false,
    key: '',
    leadsTo: 'undrafted',
  } as const;
  assert.deepEqual(await world.channel.say(note, undefined), { kind: 'said' });
  const line = world.newest();
  assert.deepEqual([line.silent, labels(line)], [true, [['▶ Show them']]]);
  const [shown] = await said(world, () => void world.owner.tap(line.id, { label: 'Show them' }));
  assert.match(shown?.text ?? '', /^Mails without a draft: 2/);
});

telegramTest(
  'mails: who may only look reads them and drafts nothing, a stranger gets nothing',
  async (world) => {
    world.door.setUndrafted(many(1));
    const viewer = world.telegram.addPerson({ id: 700_300, firstName: 'Vi' });
    viewer.send('/mails');
    const shown = await until(() => viewer.messages().find(({ text }) => text.startsWith('Mails without')), 'the list');
    viewer.tap(shown.id, { label: '1' });
    const opened = await until(
      () => viewer.messages().find(({ text }) => text.startsWith('A mail without')),
      'the mail',
    );
    const toast = await world.toast(viewer, viewer.tap(opened.id, { label: 'Draft a reply' }));
    assert.ok(toast.alert && toast.text.length > 0);
    const mallory = world.telegram.addPerson({ id: strangerId, firstName: 'Mallory' });
    mallory.send('/mails');
    await until(() => mallory.messages().some(({ from }) => from === 'bot'), 'an answer');
    assert.ok(mallory.messages().every(({ text }) => !text.includes('Offer 1')));
    assert.deepEqual(world.door.wishes, []);
  },
  { people: { viewers: new Map([['telegram', new Set(['700300'])]]) } },
);
