/** What a button looks like on the phone's page, and what is said about media that can't be. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from '../../../sandbox/telegram/index.ts';
import { png } from '../../support/pictures.ts';
import { launchTestBrowser } from '../../support/test-browser.ts';
import { createBench, keyboard } from './bench.ts';
import type { Bench } from './bench.ts';

test('the style of a button reaches the page, and looks different from a button without one', async (context) => {
  const { sent, standIn } = await createBench(context);
  const styled = (text: string, style?: string) => ({ text, callback_data: text, ...(style && { style }) });
  const row = [styled('Yes', 'success'), styled('No', 'danger'), styled('Later', 'primary'), styled('Plain')];
  const id = await sent({
    reply_markup: keyboard(...row, { text: 'Site', url: 'https://a.example', style: 'danger' }),
  });
  const browser = await launchTestBrowser();
  context.after(() => browser.close());
  const page = await browser.newPage();
  await page.goto(standIn.pageUrl);
  const keys = page.locator(`#message-${id} .key`);
  await keys.first().waitFor();
  const classes = await keys.evaluateAll((nodes) => nodes.map((node) => node.className));
  assert.deepEqual(classes, ['key success', 'key danger', 'key primary', 'key', 'key danger']);
  const colours = await keys.evaluateAll((nodes) => nodes.map((node) => getComputedStyle(node).backgroundColor));
  assert.equal(new Set(colours.slice(0, 4)).size, 4, colours.join(' '));
});

const wordsOf = (answer: Answer) => (answer.ok ? 'ok' : `${answer.error_code} ${answer.description}`);

/** A call with files in it. */
async function upload({ standIn }: Bench, method: string, fields: Record<string, unknown>): Promise<Answer> {
  const body = new FormData();
  body.set('chat_id', '42');
  for (const [name, value] of Object.entries(fields)) {
    body.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  for (const name of ['one', 'two']) body.set(name, new Blob([Uint8Array.from(png(9, 9))]), `${name}.png`);
  const response = await fetch(`${standIn.apiRoot}/bot${standIn.token}/${method}`, { method: 'POST', body });
  return (await response.json()) as Answer;
}

const item = (type: string, name: string) => ({ type, media: `attach://${name}` });

test('an edit of media needs media that can be read', async (context) => {
  const { call, sent } = await createBench(context);
  const id = await sent({});
  const edit = async (media?: unknown) =>
    wordsOf(await call('editMessageMedia', { chat_id: 42, message_id: id, ...(media === undefined ? {} : { media }) }));
  assert.equal(await edit(), '400 Bad Request: parameter "media" is required');
  assert.equal(await edit('{'), "400 Bad Request: can't parse input media JSON object");
  assert.equal(await edit({ type: 'photo' }), "400 Bad Request: can't parse InputMedia: media not found");
  assert.equal(await edit([]), "400 Bad Request: can't parse InputMedia: expected an Object");
});

test('a picture of an album stays a picture', async (context) => {
  const bench = await createBench(context);
  const album = await upload(bench, 'sendMediaGroup', { media: [item('photo', 'one'), item('photo', 'two')] });
  assert.ok(album.ok, wordsOf(album));
  const [first] = album.result as { message_id: number }[];
  const edit = async (type: string) =>
    wordsOf(
      await upload(bench, 'editMessageMedia', { message_id: String(first?.message_id), media: item(type, 'two') }),
    );
  assert.equal(await edit('document'), "400 Bad Request: message media can't be edited");
  assert.equal(await edit('photo'), 'ok');
  const single = await upload(bench, 'sendPhoto', { photo: 'attach://one' });
  assert.ok(single.ok, wordsOf(single));
  const { message_id: alone } = single.result as { message_id: number };
  const other = await upload(bench, 'editMessageMedia', { message_id: String(alone), media: item('document', 'two') });
  assert.equal(wordsOf(other), 'ok', 'one that stands alone may become a file');
});
