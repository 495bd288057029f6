/** getUpdates: at least once, confirmed by offset, one poller, and every kind of update with its own life. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../../support/until.ts';
import { button, createBench, keyboard } from './bench.ts';
import type { Bench } from './bench.ts';

type Update = {
  readonly update_id: number;
  readonly message?: { text: string };
  readonly callback_query?: { id: string };
};

async function poll(bench: Bench, parameters: Record<string, unknown> = {}): Promise<readonly Update[]> {
  const answer = await bench.call('getUpdates', parameters);
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.result as readonly Update[];
}

const polls = (bench: Bench, count: number) =>
  until(() => bench.standIn.calls('getUpdates').length >= count, `${count} polls arrived`);

test('an update comes again until a higher offset confirms it', async (context) => {
  const bench = await createBench(context);
  bench.sara.send('one');
  bench.sara.send('two');
  const first = await poll(bench);
  assert.deepEqual(
    first.map((update) => update.message?.text),
    ['one', 'two'],
  );
  await bench.clock.advance(1000);
  assert.deepEqual(await poll(bench), first);
  const id = first[0]?.update_id ?? 0;
  assert.deepEqual(await poll(bench, { offset: id + 1 }), first.slice(1));
  assert.deepEqual(bench.standIn.updates(), { waiting: 1, confirmed: 1 });
  assert.deepEqual(await poll(bench, { offset: id + 2 }), []);
  assert.deepEqual(bench.standIn.updates(), { waiting: 0, confirmed: 2 });
});

test('an offset far ahead confirms nothing, a negative one keeps the last', async (context) => {
  const bench = await createBench(context);
  for (const text of ['one', 'two', 'three']) bench.sara.send(text);
  assert.equal((await poll(bench, { offset: 2_000_000_000 })).length, 3);
  const last = await poll(bench, { offset: -1 });
  assert.deepEqual(
    last.map((update) => update.message?.text),
    ['three'],
  );
  assert.equal(bench.standIn.updates().waiting, 1);
});

test('a long poll waits and ends with what comes', async (context) => {
  const bench = await createBench(context);
  const waiting = poll(bench, { timeout: 25 });
  await polls(bench, 1);
  bench.sara.send('one');
  bench.sara.send('two');
  assert.equal((await waiting).length, 2, 'what comes in the same breath comes in one answer');
});

test('a long poll ends empty after its timeout, at most 50 seconds', async (context) => {
  const bench = await createBench(context);
  const waiting = poll(bench, { timeout: 500 });
  await polls(bench, 1);
  await until(() => bench.clock.waiting() > 0, 'the poll waits');
  await bench.clock.advance(50_000);
  assert.deepEqual(await waiting, []);
});

test('the newcomer wins and the older poller gets 409', async (context) => {
  const bench = await createBench(context);
  const older = bench.call('getUpdates', { timeout: 25 });
  await polls(bench, 1);
  const newer = bench.call('getUpdates', { timeout: 25 });
  assert.deepEqual(await older, {
    ok: false,
    error_code: 409,
    description: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  });
  bench.sara.send('hi');
  assert.equal((await newer).ok, true);
});

test('a second conflict within three seconds is told only later', async (context) => {
  const bench = await createBench(context);
  const one = bench.call('getUpdates', { timeout: 25 });
  await polls(bench, 1);
  const two = bench.call('getUpdates', { timeout: 25 });
  assert.equal((await one).ok, false);
  const three = bench.call('getUpdates', { timeout: 25 });
  await polls(bench, 3);
  bench.sara.send('hi');
  assert.equal((await three).ok, true);
  assert.equal(bench.standIn.calls('getUpdates')[1]?.answer, undefined);
  await bench.clock.advance(3000);
  assert.match(JSON.stringify(await two), /409/);
});

test('a tap lives 150 seconds, a message a day', async (context) => {
  const bench = await createBench(context);
  const card = await bench.sent({ reply_markup: keyboard(button) });
  bench.sara.tap(card, { label: 'Approve' });
  bench.sara.send('hello');
  await bench.clock.advance(149_000);
  assert.equal((await poll(bench)).length, 2);
  await bench.clock.advance(1000);
  const left = await poll(bench);
  assert.deepEqual(
    left.map((update) => update.message?.text),
    ['hello'],
  );
  await bench.clock.advance(86_400_000);
  assert.equal(bench.standIn.updates().waiting, 0);
});

test('only the kinds asked for are queued, and the choice is remembered', async (context) => {
  const bench = await createBench(context);
  await poll(bench, { allowed_updates: ['callback_query'] });
  bench.sara.send('not wanted');
  await bench.clock.advance(4000);
  assert.deepEqual(await poll(bench), []);
  await bench.clock.advance(4000);
  await poll(bench, { allowed_updates: [] });
  bench.sara.block();
  await bench.clock.advance(4000);
  assert.match(JSON.stringify(await poll(bench)), /my_chat_member.*kicked/);
});

test('a poller that repeats itself at once gets one update at a time', async (context) => {
  const bench = await createBench(context);
  bench.sara.send('one');
  bench.sara.send('two');
  assert.equal((await poll(bench)).length, 2);
  assert.equal((await poll(bench)).length, 1);
});

test('no polling while a webhook is set, and setting one ends the poll', async (context) => {
  const bench = await createBench(context);
  const waiting = bench.call('getUpdates', { timeout: 25 });
  await polls(bench, 1);
  await bench.call('setWebhook', { url: 'https://example.com/hook' });
  assert.match(JSON.stringify(await waiting), /Conflict: terminated by setWebhook request/);
  assert.match(JSON.stringify(await bench.call('getUpdates')), /can't use getUpdates method while webhook is active/);
  await bench.call('deleteWebhook');
  await bench.clock.advance(4000);
  assert.deepEqual(await poll(bench), []);
});

test('forged and stale taps reach the bot, like the real ones', async (context) => {
  const bench = await createBench(context);
  const card = await bench.sent({ reply_markup: keyboard(button) });
  bench.sara.forge(card, 'never:offered');
  bench.sara.remove(card);
  bench.sara.forge(card, 'a:1');
  const updates = JSON.stringify(await poll(bench));
  assert.match(updates, /"data":"never:offered"/);
  assert.match(updates, new RegExp(`"message_id":${card},"date":0`), 'a deleted message is an inaccessible one');
  assert.throws(() => bench.sara.tap(card, { label: 'Approve' }), /no message/);
});
