/** The second verdict: what the real server lets pass but no caller should do. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { button, createBench, keyboard } from './bench.ts';

const message = (more: Record<string, unknown>) => ({ chat_id: 42, text: 'Hello', ...more });

/** What is sent, and what the log must say about it. */
const lapses: readonly (readonly [string, Record<string, unknown>, RegExp])[] = [
  ['sendMessage', message({ silent: true }), /silent: is not a documented field/],
  ['sendMessage', message({ disable_notification: 'true' }), /disable_notification: should be Boolean/],
  ['sendMessage', message({ text: 5 }), /text: should be String, was 5/],
  ['sendMessage', message({ entities: '[' }), /entities: should be Array of MessageEntity/],
  ['sendMessage', message({ entities: [{ type: 'email', offset: 0, length: '2' }] }), /length: should be Integer/],
  ['sendMessage', message({ link_preview_options: { disabled: true } }), /disabled: is not a documented field/],
  ['sendMessage', message({ reply_markup: keyboard({ ...button, url: 'https://example.com' }) }), /exactly one action/],
  ['sendMessage', message({ reply_markup: keyboard({ ...button, text: '' }) }), /silently left out/],
  [
    'sendMessage',
    message({ reply_markup: keyboard(...Array.from({ length: 13 }, () => button)) }),
    /more than 12 buttons/,
  ],
  [
    'sendMessage',
    message({ reply_markup: { force_reply: true, input_field_placeholder: 'x'.repeat(65) } }),
    /input_field_placeholder: 65 chars, allowed are 1 to 64/,
  ],
  [
    'sendMessage',
    message({ entities: Array.from({ length: 101 }, () => ({ type: 'bold', offset: 0, length: 1 })) }),
    /the server keeps 100/,
  ],
  ['sendChatAction', { chat_id: 42, action: 'cancel' }, /"cancel" is not one of typing/],
  ['getMe', { verbose: 1 }, /verbose: is not a documented field/],
];

test('lapses that pass are written down', async (context) => {
  for (const [method, parameters, expected] of lapses) {
    await context.test(`${method} ${expected.source}`, async (inner) => {
      const { call, standIn } = await createBench(inner);
      const answer = await call(method, parameters);
      assert.equal(answer.ok, true, JSON.stringify(answer));
      assert.match(standIn.conformance().join('\n'), expected);
    });
  }
});

test('text that came by form is judged by what it says, not by being text', async (context) => {
  const { standIn } = await createBench(context);
  const send = (body: Record<string, string>) =>
    fetch(`${standIn.apiRoot}/bot${standIn.token}/SENDMESSAGE`, { method: 'POST', body: new URLSearchParams(body) });
  const markup = JSON.stringify(keyboard(button));
  await send({ chat_id: '42', text: '5', disable_notification: 'true', reply_markup: markup });
  assert.deepEqual(standIn.conformance(), []);
  assert.deepEqual(standIn.calls('sendMessage')[0]?.parameters['reply_markup'], keyboard(button));
  await send({ chat_id: '42', text: '5', disable_notification: 'yes' });
  assert.match(standIn.conformance().join(), /disable_notification: should be Boolean/);
});

test('a method the stand-in lacks is refused and written down', async (context) => {
  const { call, standIn } = await createBench(context);
  assert.match(JSON.stringify(await call('sendDice', { chat_id: 42 })), /Not Found: method not found/);
  assert.match(standIn.conformance().join(), /sendDice: the stand-in does not know this method/);
});
