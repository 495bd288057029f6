import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createChatLogger } from '../../../../src/bot/chat/chat-logger.ts';
import { createKeepingLogger } from '../../../support/fake-stores.ts';

void test('each line names the chat, and none carries its secret: not in an address, not escaped, not in a cause', () => {
  const kept = createKeepingLogger();
  const logger = createChatLogger(kept, { label: 'Chat', secret: 'AAsecret' });
  logger.info('GET http://host/bot123456789:AAsecret/getMe');
  logger.warn('GET http://host/bot123456789%3AAAsecret/getMe');
  logger.error('failed', new Error('at http://host/bot123456789:AAsecret', { cause: 'AAsecret' }));
  assert.equal(kept.lines.length, 3);
  assert.ok(!kept.lines.join('\n').includes('AAsecret'));
  assert.match(kept.lines[2] ?? '', /Chat: failed at http/);
});
