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

it('says every reason at once', () => {
  const media = [{ path: 'a.png', name: 'a.png', sha256: '0'.repeat(64), bytes: 1, type: 'image/png' }];
  assert.deepEqual(codes({ action: 'comment', text: ' \n', media, to: ['a@b.example'], account: 'c@d.example' }), [
    'unknown_action',
    'media_unsupported',
    'contradiction',
    'wrong_account',
  ]);
});
