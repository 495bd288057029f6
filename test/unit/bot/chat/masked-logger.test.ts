import assert from 'node:assert/strict';
import { test } from 'node:test';

import { withoutToken } from '../../../../src/bot/chat/masked-logger.ts';
import { createKeepingLogger } from '../../../support/fake-stores.ts';

void test('no line carries the token, not in an address, not escaped, not in a cause', () => {
  const kept = createKeepingLogger();
  const logger = withoutToken(kept, '123456789:AAsecret');
  logger.info('GET http://host/bot123456789:AAsecret/getMe');
  logger.warn('GET http://host/bot123456789%3AAAsecret/getMe');
  logger.error('failed', new Error('at http://host/bot123456789:AAsecret', { cause: 'AAsecret' }));
  assert.equal(kept.lines.length, 3);
  assert.ok(!kept.lines.join('\n').includes('AAsecret'));
  assert.match(kept.lines[2] ?? '', /failed at http/);
});
