import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isPublicLink } from '../../../../src/bot/chat/buttons/public-link.ts';

void test('only http(s) addresses that are not this machine are public', () => {
  for (const url of ['https://example.org/p?a=1', 'http://192.168.1.5:8484/', 'https://t.example.org']) {
    assert.equal(isPublicLink(url), true, url);
  }
  for (const url of [
    '',
    'example.org',
    'javascript:alert(1)',
    'tg://resolve?domain=x',
    'http://localhost:8484/',
    'http://LOCALHOST/',
    'http://a.localhost/',
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://[::1]/',
    'http://0.0.0.0/',
    'http://mymachine/',
  ]) {
    assert.equal(isPublicLink(url), false, url);
  }
});
