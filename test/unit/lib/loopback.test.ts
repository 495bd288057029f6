import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isLoopback } from '../../../src/lib/loopback.ts';

it('knows this very machine', () => {
  for (const host of ['127.0.0.1', 'localhost', '::1', '[::1]', '127.1.2.3'])
    assert.equal(isLoopback(host), true, host);
  for (const host of ['www.linkedin.com', '127.0.0.1.example.com', 'localhost.example', '10.0.0.1', '']) {
    assert.equal(isLoopback(host), false, host);
  }
});
