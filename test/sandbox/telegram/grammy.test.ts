/** The library the product uses works against the stand-in, and faults reach it as they would from the network. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bot, GrammyError, HttpError, InlineKeyboard, InputFile } from 'grammy';
import type { Context } from 'grammy';
import { png } from '../../support/pictures.ts';
import { until } from '../../support/until.ts';
import { createBench } from './bench.ts';
import type { Bench } from './bench.ts';

/** Leaving, grammY confirms what it got by a poll of its own, which is braked when one with the same offset just ran. */
async function stopped({ clock }: Bench, bot: Bot): Promise<void> {
  let left = false;
  const leaving = bot.stop().then(() => (left = true));
  await until(async () => {
    await clock.advance(3_000);
    return left;
  }, 'the bot has left');
  await leaving;
}

const botOf = ({ standIn }: Bench) => new Bot<Context>(standIn.token, { client: { apiRoot: standIn.apiRoot } });

test('grammY sends a card, hears the tap, answers and edits', async (context) => {
  const bench = await createBench(context);
  const bot = botOf(bench);
  bot.on('callback_query:data', async (tapped) => {
    await tapped.answerCallbackQuery({ text: `Got ${tapped.callbackQuery.data}`, show_alert: true });
    await tapped.editMessageText('Approved', { reply_markup: new InlineKeyboard().disabled('Sending') });
  });
  const running = bot.start();
  const keyboard = new InlineKeyboard().text('Approve', 'a:1').success().row().text('Reject', 'r:1').danger();
  const card = await bot.api.sendMessage(42, 'Draft <b>&', {
    entities: [{ type: 'bold', offset: 0, length: 5 }],
    reply_markup: keyboard,
  });
  const tap = bench.sara.tap(card.message_id, { label: 'Appr' });
  assert.deepEqual(await until(() => bench.sara.toast(tap), 'the tap was answered'), { text: 'Got a:1', alert: true });
  const shown = await until(() => bench.sara.messages().find((one) => one.text === 'Approved'), 'the card changed');
  assert.equal(shown.buttons[0]?.[0]?.disabled, true);
  assert.equal(shown.edited, true);
  assert.throws(() => bench.sara.tap(card.message_id, { label: 'Sending' }), /sends nothing/);
  await stopped(bench, bot);
  await running;
  assert.deepEqual(bench.standIn.conformance(), []);
});

test('uploads arrive whole, whatever the file is called', async (context) => {
  const bench = await createBench(context);
  const bytes = Buffer.from('\r\n--not the boundary\r\n\0\xff', 'latin1');
  const { document } = await botOf(bench).api.sendDocument(42, new InputFile(bytes, 'my report; final.txt'));
  assert.equal(document?.file_size, bytes.length);
  const photo = await botOf(bench).api.sendPhoto(42, new InputFile(png(30, 20), 'a b.jpg'), { caption: 'Look' });
  assert.equal(photo.caption, 'Look');
  const full = photo.photo.at(-1);
  assert.deepEqual([full?.width, full?.height, full?.file_size], [30, 20, png(30, 20).length]);
  const album = await botOf(bench).api.sendMediaGroup(42, [
    { type: 'photo', media: new InputFile(png(10, 10), 'a.jpg'), caption: 'One' },
    { type: 'photo', media: full?.file_id ?? '' },
  ]);
  assert.equal(album.length, 2);
  assert.deepEqual(
    bench.sara.messages().map(({ file }) => file?.bytes.length),
    [bytes.length, png(30, 20).length, png(10, 10).length, png(30, 20).length],
  );
  // They arrived here, but a name that is not plain does not arrive as it was at the real server.
  assert.deepEqual(bench.standIn.conformance(), [
    'sendDocument: file name "my report": should be plain ASCII, like photo.jpg',
    'sendPhoto: file name "a b.jpg": should be plain ASCII, like photo.jpg',
  ]);
});

test('faults look like those of a network and of a busy server', async (context) => {
  const bench = await createBench(context);
  const { api } = botOf(bench);
  const { standIn, sara } = bench;
  standIn.fault({ method: 'sendMessage', kind: 'drop_before', times: 1 });
  await assert.rejects(api.sendMessage(42, 'one'), HttpError);
  assert.deepEqual(sara.messages(), []);
  standIn.fault({ method: 'sendMessage', kind: 'drop_after', times: 1 });
  await assert.rejects(api.sendMessage(42, 'two'), HttpError);
  assert.equal(sara.messages().length, 1, 'it happened, only the answer was lost');
  standIn.fault({ method: 'getMe', kind: 'drop_before', skip: 1, times: 1 });
  await api.getMe();
  await assert.rejects(api.getMe(), HttpError, 'the second of them');
  await api.getMe();
  standIn.fault({ method: '*', kind: 'status', retryAfter: 7 });
  await assert.rejects(api.getMe(), (thrown: unknown) => {
    assert.ok(thrown instanceof GrammyError);
    assert.equal(thrown.description, 'Too Many Requests: retry after 7');
    assert.equal(thrown.parameters.retry_after, 7);
    return true;
  });
  standIn.heal();
  standIn.fault({ method: 'getMe', kind: 'status', code: 502 });
  await assert.rejects(api.getMe(), HttpError);
  standIn.heal();
  standIn.fault({ method: 'getMe', kind: 'garbage', times: 1 });
  await assert.rejects(api.getMe(), HttpError);
  standIn.fault({ method: 'getMe', kind: 'slow', times: 1 });
  const slow = assert.rejects(api.getMe(), HttpError);
  await until(() => bench.clock.waiting() > 0, 'the first byte came');
  await bench.clock.advance(3_000);
  standIn.heal();
  await slow;
  standIn.fault({ method: 'sendMessage', kind: 'hang' });
  const hanging = assert.rejects(api.sendMessage(42, 'three'), HttpError);
  await until(() => standIn.calls('sendMessage').length === 3, 'the call hangs');
  standIn.heal();
  await hanging;
  assert.equal((await api.getMe()).username, 'countersign_sandbox_bot');
});

test('wrong tokens, paths and bodies get what the real server gives', async (context) => {
  const { standIn } = await createBench(context);
  const get = async (path: string, request: RequestInit = {}) => {
    const response = await fetch(`${standIn.apiRoot}/${path}`, request);
    return `${response.status} ${await response.text()}`;
  };
  const refused = (code: number, description: string) =>
    `${code} ${JSON.stringify({ ok: false, error_code: code, description })}`;
  assert.equal(await get('bot123456789:AAAAAAAAAAAAAAAA/getMe'), refused(401, 'Unauthorized'));
  assert.equal(await get('bothello/getMe'), refused(401, 'Unauthorized: invalid token specified'));
  assert.equal(await get('somewhere'), refused(404, 'Not Found'));
  assert.match(await get(`bot${standIn.token}/GETME?`), /^200 /);
  const json = { method: 'POST', headers: { 'content-type': 'application/json' } };
  for (const body of ['{', '[]', '"x"']) {
    assert.equal(await get(`bot${standIn.token}/getMe`, { ...json, body }), '400 ');
  }
  const form = (body: string) => ({
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    body,
  });
  assert.equal(await get(`bot${standIn.token}/getMe`, form('--b\r\nno end')), '400 ');
  const files = Array.from(
    { length: 51 },
    (_, n) => `--b\r\ncontent-disposition: form-data; name=f${n}; filename=a.txt\r\n\r\nx\r\n`,
  );
  assert.equal(await get(`bot${standIn.token}/getMe`, form(`${files.join('')}--b--`)), '413 ');
  const huge = JSON.stringify({ text: 'x'.repeat(1024 * 1024) });
  assert.equal(await get(`bot${standIn.token}/sendMessage`, { ...json, body: huge }), '413 ');
});
