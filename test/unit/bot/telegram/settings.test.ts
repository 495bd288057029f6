import assert from 'node:assert/strict';
import { it } from 'node:test';
import { telegramSettings } from '../../../../src/bot/telegram/settings.ts';

const read = (set: Readonly<Record<string, string>>) =>
  telegramSettings.read((name) => set[name] ?? telegramSettings.rows.find((row) => row.name === name)?.fallback ?? '');

it('takes the private chat of the one approver, unless another is named', () => {
  const chatId = (set: Readonly<Record<string, string>>) => read(set).config.chatId;
  assert.equal(chatId({ TELEGRAM_BOT_TOKEN: '123:abc' }), '', 'that of whoever pairs');
  assert.equal(chatId({ TELEGRAM_BOT_TOKEN: '123:abc', TELEGRAM_APPROVERS: ' 77,' }), '77');
  assert.equal(chatId({ TELEGRAM_APPROVERS: '77', TELEGRAM_CHAT_ID: '-1001' }), '-1001');
});

it('makes topics only when told so, and talks to Telegram itself unless told otherwise', () => {
  assert.deepEqual(read({}).config, { token: '', chatId: '', topics: false, apiRoot: '' });
  assert.deepEqual(read({}).server, { host: 'api.telegram.org', port: 443 });
  const { config, server, addresses } = read({
    TELEGRAM_TOPICS: 'Yes',
    TELEGRAM_API_ROOT: 'http://own.example:8081//',
  });
  assert.deepEqual([config.topics, config.apiRoot], [true, 'http://own.example:8081']);
  assert.deepEqual(server, { host: 'own.example', port: 8081 });
  assert.deepEqual(
    addresses.map(({ name, url }) => [name, url]),
    [['TELEGRAM_API_ROOT', 'http://own.example:8081']],
  );
  assert.equal(read({ TELEGRAM_API_ROOT: 'http://own.example' }).server.port, 80);
});
