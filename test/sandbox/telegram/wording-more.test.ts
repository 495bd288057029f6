/** More of the words of the real server: for uploads, texts that can't be read, and a server that is busy or moved. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from '../../../sandbox/telegram/index.ts';
import { png } from '../../support/pictures.ts';
import { createBench } from './bench.ts';

test('what is written after an upload, and to nobody, has its words too', async (context) => {
  const { call, standIn } = await createBench(context);
  const upload = async (method: string, fields: Record<string, string>, bytes: Uint8Array<ArrayBuffer>) => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ chat_id: '42', ...fields })) body.set(name, value);
    body.set(method === 'sendPhoto' ? 'photo' : 'document', new Blob([bytes]), 'a.bin');
    const response = await fetch(`${standIn.apiRoot}/bot${standIn.token}/${method}`, { method: 'POST', body });
    return (await response.json()) as Answer;
  };
  const words = (answer: Answer) => (answer.ok ? 'ok' : `${answer.error_code} ${answer.description}`);
  const small = new Uint8Array([1, 2, 3]);
  const long = await upload('sendDocument', { caption: 'é'.repeat(1_025) }, small);
  assert.equal(words(long), '400 Bad Request: message caption is too long');
  const photo = await upload('sendPhoto', {}, Uint8Array.from(png(9, 9)));
  assert.ok(photo.ok);
  const { message_id: id } = photo.result as { message_id: number };
  const edited = await call('editMessageText', { chat_id: 42, message_id: id, text: 'x' });
  assert.equal(words(edited), '400 Bad Request: there is no text in the message to edit');
  const big = await upload('sendDocument', {}, new Uint8Array(20 * 1024 * 1024 + 1));
  assert.ok(big.ok);
  const { document } = big.result as { document: { file_id: string } };
  assert.equal(words(await call('getFile', { file_id: document.file_id })), '400 Bad Request: file is too big');
  const self = await call('sendMessage', { chat_id: Number(standIn.token.split(':')[0]), text: 'x' });
  assert.equal(words(self), "403 Forbidden: the bot can't send messages to the bot");
});

test('a text that is no UTF-8 is refused, however it came', async (context) => {
  const { standIn } = await createBench(context);
  const send = async (type: string, body: Buffer<ArrayBuffer>) => {
    const headers = { 'content-type': type };
    const response = await fetch(`${standIn.apiRoot}/bot${standIn.token}/sendMessage`, {
      method: 'POST',
      headers,
      body,
    });
    return await response.json();
  };
  const broken = Buffer.from([0xc3, 0x28]);
  const part = (name: string, value: Buffer) =>
    Buffer.concat([
      Buffer.from(`--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n`),
      value,
      Buffer.from('\r\n'),
    ]);
  const bodies = [
    ['application/json', Buffer.concat([Buffer.from('{"chat_id":42,"text":"'), broken, Buffer.from('"}')])],
    ['application/x-www-form-urlencoded', Buffer.from('chat_id=42&text=%C3%28')],
    [
      'multipart/form-data; boundary=b',
      Buffer.concat([part('chat_id', Buffer.from('42')), part('text', broken), Buffer.from('--b--')]),
    ],
  ] as const;
  for (const [type, body] of bodies) {
    assert.deepEqual(
      await send(type, body),
      { ok: false, error_code: 400, description: 'Bad Request: strings must be encoded in UTF-8' },
      type,
    );
  }
});

test('a busy or moved far side says so in its parameters, a restarting one in words', async (context) => {
  const { call, standIn } = await createBench(context);
  standIn.fault({ method: 'sendMessage', kind: 'status', retryAfter: 7, times: 1 });
  const busy = await fetch(`${standIn.apiRoot}/bot${standIn.token}/sendMessage?chat_id=42&text=x`);
  assert.equal(busy.headers.get('retry-after'), '7');
  assert.deepEqual(await busy.json(), {
    ok: false,
    error_code: 429,
    description: 'Too Many Requests: retry after 7',
    parameters: { retry_after: 7 },
  });
  standIn.fault({ method: 'sendMessage', kind: 'status', migrateTo: -1_001_234, times: 1 });
  assert.deepEqual(await call('sendMessage', { chat_id: 42, text: 'x' }), {
    ok: false,
    error_code: 400,
    description: 'Bad Request: group chat was upgraded to a supergroup chat',
    parameters: { migrate_to_chat_id: -1_001_234 },
  });
  standIn.fault({ method: 'sendMessage', kind: 'status', times: 1 });
  assert.deepEqual(await call('sendMessage', { chat_id: 42, text: 'x' }), {
    ok: false,
    error_code: 500,
    description: 'Internal Server Error: restart',
  });
});

test('MarkdownV2 becomes entities, and what is escaped is text', async (context) => {
  const { call, sara } = await createBench(context);
  const text = '*bold _both_* __under__ ~gone~ ||hid|| `a_b` [site](https://example\\.com/a\\)b)\n>one\n>two\nend\\.';
  const answer = await call('sendMessage', { chat_id: 42, text, parse_mode: 'MarkdownV2' });
  assert.ok(answer.ok, JSON.stringify(answer));
  const message = sara.messages().at(-1);
  assert.equal(message?.text, 'bold both under gone hid a_b site\none\ntwo\nend.');
  const named = message.entities.map(({ type, offset, length, url }) => [
    type,
    message.text.slice(offset, offset + length),
    ...(url === undefined ? [] : [url]),
  ]);
  assert.deepEqual(named, [
    ['bold', 'bold both'],
    ['italic', 'both'],
    ['underline', 'under'],
    ['strikethrough', 'gone'],
    ['spoiler', 'hid'],
    ['code', 'a_b'],
    ['text_link', 'site', 'https://example.com/a)b'],
    ['blockquote', 'one\ntwo'],
  ]);
});
