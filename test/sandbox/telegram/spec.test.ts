/** The facts we keep are those of the full description, and our own answers keep to them. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { loadBotApi } from '../../../sandbox/telegram/spec/bot-api.ts';
import { checkValue } from '../../../sandbox/telegram/spec/check.ts';
import { extract } from '../../../sandbox/telegram/spec/extract.ts';
import type { FullSpec } from '../../../sandbox/telegram/spec/extract.ts';
import { button, createBench, keyboard } from './bench.ts';

test('the facts equal those of the full description', async (context) => {
  const full = await readFile(new URL('../../../../shared/specs/telegram-bot-api.json', import.meta.url), 'utf8').catch(
    () => undefined,
  );
  if (full === undefined) {
    assert.equal(process.env['CI'], undefined, 'the full description of the Bot API is missing');
    context.skip('SKIPPED: the full description of the Bot API is not on this machine');
    return;
  }
  assert.deepEqual(await loadBotApi(), extract(JSON.parse(full) as FullSpec));
});

test('every type that is named is there', async () => {
  const api = await loadBotApi();
  const basic = new Set(['Integer', 'Float', 'String', 'Boolean', 'True', 'InputFile']);
  const shapes = [...Object.values(api.methods), ...Object.values(api.types)];
  const named = shapes
    .flatMap((shape) => [
      ...shape.fields.flatMap((field) => field.types),
      ...(shape.subtypes ?? []),
      ...(shape.returns ?? []),
    ])
    .map((type) => type.replaceAll('Array of ', ''));
  assert.ok(named.length > 1000);
  assert.deepEqual(
    named.filter((type) => !basic.has(type) && api.types[type] === undefined),
    [],
  );
});

test('what the stand-in answers and queues is as documented', async (context) => {
  const { call, sara, sent, standIn } = await createBench(context);
  const api = await loadBotApi();
  const own = sara.send('Look at https://example.com and @somebody');
  const card = await sent({ reply_parameters: { message_id: own, quote: 'Look' }, reply_markup: keyboard(button) });
  sara.reply(card, 'Better text');
  sara.correct(own, 'Corrected');
  const tap = sara.tap(card, { label: 'App' });
  sara.remove(own);
  sara.forge(own, 'x');
  sara.block();
  sara.unblock();
  await call('answerCallbackQuery', { callback_query_id: tap });
  await call('editMessageText', { chat_id: 42, message_id: card, text: 'New', reply_markup: keyboard(button) });
  await call('editMessageReplyMarkup', { chat_id: 42, message_id: card });
  await call('setMessageReaction', { chat_id: 42, message_id: card, reaction: [{ type: 'emoji', emoji: '👌' }] });
  await call('sendChatAction', { chat_id: 42, action: 'typing' });
  await call('setMyCommands', { commands: [{ command: 'next', description: 'Review' }] });
  for (const method of ['getMe', 'getWebhookInfo', 'getUpdates', 'deleteWebhook']) await call(method);
  await call('getChat', { chat_id: 42 });
  await call('deleteMessage', { chat_id: 42, message_id: card });
  const upload = new FormData();
  upload.set('chat_id', '42');
  upload.set('document', new Blob(['a report']), 'report.txt');
  const file = await fetch(`${standIn.apiRoot}/bot${standIn.token}/sendDocument`, { method: 'POST', body: upload });
  const sentFile = (await file.json()) as { result: { document: { file_id: string } } };
  const found = await call('getFile', { file_id: sentFile.result.document.file_id });
  assert.ok(found.ok);
  const path = (found.result as { file_path: string }).file_path;
  const bytes = await fetch(`${standIn.apiRoot}/file/bot${standIn.token}/${path}`);
  assert.equal(await bytes.text(), 'a report');

  for (const { method, answer } of standIn.calls()) {
    assert.ok(answer?.ok, `${method} ${JSON.stringify(answer)}`);
    assert.deepEqual(checkValue(api, api.methods[method]?.returns ?? [], answer.result, method), []);
  }
  assert.deepEqual(standIn.conformance(), []);
});
