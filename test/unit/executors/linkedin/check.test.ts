import assert from 'node:assert/strict';
import { it } from 'node:test';
import { checkPost } from '../../../../src/executors/linkedin/check.ts';
import { emptyEffect } from '../../../../src/domain/effect.ts';
import type { Effect } from '../../../../src/domain/effect.ts';

const post: Effect = {
  ...emptyEffect,
  platform: 'linkedin',
  action: 'post_update',
  account: 'a@b.example',
  text: 'Hi.',
};
const codes = (changes: Partial<Effect>) => checkPost({ ...post, ...changes }, 'A@b.example').map(({ code }) => code);

it('takes a plain post', () => {
  assert.deepEqual(codes({}), []);
});

it('counts the larger of signs and UTF-16 units against 3,000', () => {
  assert.deepEqual(codes({ text: 'a'.repeat(3000) }), []);
  assert.deepEqual(codes({ text: 'a'.repeat(3001) }), ['too_long']);
  assert.deepEqual(codes({ text: '🙂'.repeat(1500) }), []);
  assert.deepEqual(codes({ text: '🙂'.repeat(1501) }), ['too_long']);
});

it('says every reason at once', () => {
  const media = [{ path: 'a.png', sha256: '0'.repeat(64), bytes: 1, type: 'image/png' }];
  assert.deepEqual(codes({ action: 'comment', text: ' \n', media, target: 'x', account: 'c@d.example' }), [
    'unknown_action',
    'no_text',
    'media_unsupported',
    'contradiction',
    'wrong_account',
  ]);
});
