import assert from 'node:assert/strict';
import { test } from 'node:test';

import { GrammyError, HttpError } from 'grammy';

import { sayTrouble, showTrouble } from '../../../../src/bot/chat/trouble.ts';
import { troubleOf } from '../../../../src/bot/telegram/errors.ts';

const refusal = (code: number, description: string, parameters = {}) =>
  new GrammyError('Call failed', { ok: false, error_code: code, description, parameters }, 'sendMessage', {});

const broken = (code: string) =>
  new HttpError(
    'Network request failed',
    new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }),
  );

void test('every refusal of Telegram has its meaning', () => {
  const table: [GrammyError, string][] = [
    [refusal(400, 'Bad Request: message is not modified: specified new message content'), 'unchanged'],
    [refusal(400, 'Bad Request: message to edit not found'), 'message_gone'],
    [refusal(400, "Bad Request: message can't be edited"), 'message_gone'],
    [refusal(400, 'Bad Request: chat not found'), 'chat_closed'],
    [refusal(400, 'Bad Request: not enough rights to send text messages to the chat'), 'chat_closed'],
    [refusal(400, 'Bad Request: not enough rights to send photos to the chat'), 'rejected'],
    [refusal(400, 'Bad Request: query is too old and response timeout expired'), 'expired'],
    [refusal(400, 'Bad Request: message is too long'), 'rejected'],
    [refusal(400, 'Bad Request: group chat was upgraded', { migrate_to_chat_id: -100 }), 'moved'],
    [refusal(401, 'Unauthorized'), 'token_refused'],
    [refusal(403, 'Forbidden: bot was blocked by the user'), 'chat_closed'],
    [refusal(404, 'Not Found'), 'token_refused'],
    [refusal(409, 'Conflict: terminated by other getUpdates request'), 'conflict'],
    [refusal(429, 'Too Many Requests: retry after 9', { retry_after: 9 }), 'wait'],
    [refusal(500, 'Internal Server Error: restart'), 'down'],
  ];
  for (const [error, kind] of table) assert.equal(troubleOf(error)?.kind, kind, error.description);
});

void test('only a connection that was never made is certainly not sent', () => {
  for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']) {
    assert.equal(troubleOf(broken(code))?.kind, 'not_sent', code);
  }
  for (const code of ['ECONNRESET', 'UND_ERR_SOCKET', 'ETIMEDOUT', 'EPIPE']) {
    assert.equal(troubleOf(broken(code))?.kind, 'answer_lost', code);
  }
  assert.equal(troubleOf(new HttpError('x', new SyntaxError('not JSON')))?.kind, 'answer_lost');
});

void test('what is not Telegram’s is a bug and stays one', () => {
  assert.equal(troubleOf(new TypeError('x is undefined')), undefined);
});

void test('a chat that takes nothing holds all, what it does not take is refused alone', () => {
  for (const judge of [showTrouble, sayTrouble]) {
    assert.equal(judge({ kind: 'chat_closed', words: 'blocked' }).kind, 'later');
    assert.equal(judge({ kind: 'rejected', words: 'too long' }).kind, 'refused');
  }
});

void test('a card with a lost answer is repeated, a note is not', () => {
  assert.deepEqual(showTrouble({ kind: 'answer_lost', words: '' }).kind, 'later');
  assert.deepEqual(sayTrouble({ kind: 'answer_lost', words: '' }).kind, 'unknown');
  assert.deepEqual(showTrouble({ kind: 'message_gone', words: '' }), { kind: 'card_gone' });
  const wait = showTrouble({ kind: 'wait', seconds: 9, words: '' });
  assert.equal(wait.kind === 'later' && wait.afterSeconds, 9);
});
