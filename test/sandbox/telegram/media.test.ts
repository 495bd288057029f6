/** Pictures, files and albums at the stand-in: its limits, its words, and what a person sees and sends. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Api, GrammyError, InputFile } from 'grammy';
import { png } from '../../support/pictures.ts';
import { launchTestBrowser } from '../../support/test-browser.ts';
import { until } from '../../support/until.ts';
import { createBench, keyboard, button } from './bench.ts';
import type { Bench } from './bench.ts';

const apiOf = ({ standIn }: Bench) => new Api(standIn.token, { apiRoot: standIn.apiRoot });
const photo = (bytes: Uint8Array) => new InputFile(bytes, 'photo.png');

const reasonOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return 'ok';
  } catch (thrown) {
    return thrown instanceof GrammyError ? thrown.description.replace('Bad Request: ', '') : String(thrown);
  }
};

test('a picture that is none, too large or too long is refused in the words of the real server', async (context) => {
  const bench = await createBench(context);
  const api = apiOf(bench);
  const heavy = Buffer.concat([png(10, 10), Buffer.alloc(10 * 1024 * 1024)]);
  const refused: readonly (readonly [Uint8Array, string])[] = [
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), 'IMAGE_PROCESS_FAILED'],
    [png(9_000, 1_001), 'PHOTO_INVALID_DIMENSIONS'],
    [png(21, 1), 'PHOTO_INVALID_DIMENSIONS'],
    [heavy, `file "photo.png" of size ${heavy.length} bytes is too big for a photo`],
  ];
  for (const [bytes, words] of refused) {
    assert.equal(await reasonOf(api.sendPhoto(42, photo(bytes))), words);
    assert.equal(await reasonOf(api.sendDocument(42, photo(bytes))), 'ok', 'as a file it passes');
  }
  assert.equal(await reasonOf(api.sendPhoto(42, photo(png(20, 1)))), 'ok');
  assert.equal(await reasonOf(api.sendPhoto(42, photo(png(9_500, 500)))), 'ok');
});

test('a caption has 1,024 signs at most, counted in code points', async (context) => {
  const api = apiOf(await createBench(context));
  const send = (caption: string) => reasonOf(api.sendPhoto(42, photo(png(9, 9)), { caption }));
  assert.equal(await send('🌹'.repeat(1_024)), 'ok');
  assert.equal(await send('x'.repeat(1_025)), 'message caption is too long');
});

test('one bad item, and nothing of an album is sent', async (context) => {
  const bench = await createBench(context);
  const api = apiOf(bench);
  const item = (bytes: Uint8Array) => ({ type: 'photo' as const, media: photo(bytes) });
  assert.equal(
    await reasonOf(api.sendMediaGroup(42, [item(png(9, 9)), item(png(30, 1))])),
    'failed to send message #2 with the error message "PHOTO_INVALID_DIMENSIONS"',
  );
  const form = new FormData();
  form.set('chat_id', '42');
  form.set('media', JSON.stringify(['photo', 'document'].map((type) => ({ type, media: `attach://${type}` }))));
  for (const name of ['photo', 'document']) form.set(name, new Blob([Uint8Array.from(png(9, 9))]), 'a.png');
  const address = `${bench.standIn.apiRoot}/bot${bench.standIn.token}/sendMediaGroup`;
  const mixed = (await (await fetch(address, { method: 'POST', body: form })).json()) as { description: string };
  assert.equal(mixed.description, "Bad Request: document can't be mixed with other media types");
  assert.deepEqual(bench.sara.messages(), []);
  await api.sendMediaGroup(42, [item(png(9, 9)), item(png(9, 9, 1))]);
  const [first, second] = bench.sara.messages();
  assert.ok(first?.album !== undefined && first.album === second?.album);
  assert.deepEqual(second?.file?.bytes, png(9, 9, 1));
});

test('a text becomes a picture and gets another one, but never a text again', async (context) => {
  const bench = await createBench(context);
  const api = apiOf(bench);
  const id = await bench.sent({ reply_markup: keyboard(button) });
  const media = (bytes: Uint8Array) => ({ type: 'photo' as const, media: photo(bytes), caption: 'Look' });
  await api.editMessageMedia(42, id, media(png(9, 9)), { reply_markup: keyboard(button) as never });
  assert.deepEqual(bench.sara.messages()[0]?.file?.bytes, png(9, 9));
  assert.equal(bench.sara.messages()[0]?.buttons.length, 1);
  await api.editMessageMedia(42, id, media(png(9, 9, 7)));
  assert.deepEqual(bench.sara.messages()[0]?.file?.bytes, png(9, 9, 7));
  assert.deepEqual(bench.sara.messages()[0]?.buttons, [], 'an edit without a keyboard takes it away');
  assert.equal(await reasonOf(api.editMessageText(42, id, 'x')), 'there is no text in the message to edit');
  await api.editMessageCaption(42, id, { caption: 'Other' });
  assert.equal(bench.sara.messages()[0]?.text, 'Other');
  assert.equal(await reasonOf(api.editMessageMedia(42, id, media(png(21, 1)))), 'PHOTO_INVALID_DIMENSIONS');
  assert.match(await reasonOf(api.editMessageMedia(42, id, { type: 'photo', media: 'nonsense' })), /wrong remote file/);
  const file = await api.sendDocument(42, photo(png(9, 9)));
  const documentId = file.document?.file_id ?? '';
  assert.equal(await reasonOf(api.sendPhoto(42, documentId)), "can't use file of type Document as Photo");
  assert.deepEqual(bench.standIn.conformance(), []);
});

test("a person's picture comes as an update, small one first, and is downloaded whole", async (context) => {
  const bench = await createBench(context);
  const { call, sara, sent, standIn } = bench;
  const card = await sent({});
  sara.sendFile({ bytes: png(300, 200), as: 'photo', caption: 'New words', replyTo: card });
  const answer = await call('getUpdates');
  assert.ok(answer.ok);
  const [update] = answer.result as {
    message: {
      caption: string;
      reply_to_message: { message_id: number };
      photo: { file_id: string; width: number; file_size: number }[];
    };
  }[];
  assert.equal(update?.message.caption, 'New words');
  assert.equal(update.message.reply_to_message.message_id, card);
  const [small, full] = update.message.photo;
  assert.ok(small !== undefined && full !== undefined && small.width < full.width);
  const found = await call('getFile', { file_id: full.file_id });
  assert.ok(found.ok);
  const { file_path: path } = found.result as { file_path: string };
  assert.match(path, /^photos\/file_\d+\.jpg$/);
  const address = `${standIn.apiRoot}/file/bot${standIn.token}/${path}`;
  assert.deepEqual(Buffer.from(await (await fetch(address)).arrayBuffer()), png(300, 200));
  standIn.fault({ method: 'download', kind: 'status', code: 404, times: 1 });
  assert.equal((await fetch(address)).status, 404);
  const stolen = await fetch(address.replace(standIn.token, '1:AAAAAAAAAAAAAAAAAAAA'));
  assert.equal(stolen.status, 401);
  const large = Buffer.alloc(20 * 1024 * 1024 + 1);
  sara.sendFile({ bytes: large, as: 'document' });
  const updates = await call('getUpdates', { offset: -1 });
  assert.ok(updates.ok);
  const [last] = updates.result as { message: { document: { file_id: string } } }[];
  assert.match(JSON.stringify(await call('getFile', { file_id: last?.message.document.file_id })), /file is too big/);
  assert.throws(() => sara.sendFile({ bytes: Buffer.from('<html>'), as: 'photo' }), /IMAGE_PROCESS_FAILED/);
});

test('the page shows pictures and albums, hands files out as files, and sends a picture as a reply', async (context) => {
  const bench = await createBench(context);
  const api = apiOf(bench);
  const browser = await launchTestBrowser();
  context.after(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  page.on('pageerror', (problem) => assert.fail(problem));
  await page.goto(bench.standIn.pageUrl);
  const item = (shade: number) => ({ type: 'photo' as const, media: photo(png(60, 40, shade)) });
  const album = await api.sendMediaGroup(42, [item(1), item(2)]);
  await page.locator(`#message-${album[1]?.message_id}.album img`).waitFor();
  const drawn = await page
    .locator('.album img')
    .evaluateAll((images) =>
      Promise.all(
        images.map((image) =>
          (image as HTMLImageElement).decode().then(() => (image as HTMLImageElement).naturalWidth),
        ),
      ),
    );
  assert.deepEqual(drawn, [60, 60]);

  const report = await api.sendDocument(42, new InputFile(Buffer.from('<script>alert(1)</script>'), 'log.html'));
  const link = page.locator(`#message-${report.message_id} a`);
  const answer = await fetch(new URL((await link.getAttribute('href')) ?? '', bench.standIn.apiRoot));
  assert.equal(answer.headers.get('content-type'), 'application/octet-stream');
  assert.match(answer.headers.get('content-disposition') ?? '', /^attachment/);

  const card = await api.sendPhoto(42, photo(png(60, 40, 3)), { caption: 'The card' });
  await page.locator(`#message-${card.message_id} .foot`).click();
  await page.getByLabel('Message', { exact: true }).fill('Better');
  await page
    .getByLabel('Picture', { exact: true })
    .setInputFiles({ name: 'mine.png', mimeType: 'image/png', buffer: png(50, 50) });
  const reply = await until(() => bench.sara.messages().find(({ from }) => from === 'person'), 'the picture arrived');
  assert.deepEqual(
    [reply.text, reply.replyTo, reply.file?.kind, Buffer.from(reply.file?.bytes ?? [])],
    ['Better', card.message_id, 'photo', png(50, 50)],
  );
});
