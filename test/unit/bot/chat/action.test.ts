import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as fc from 'fast-check';

import { decodeWish, encodeWish } from '../../../../src/bot/chat/buttons/action.ts';
import type { PlainVerb, Wish } from '../../../../src/bot/chat/buttons/action.ts';

const verbs: PlainVerb[] = [
  'approve',
  'reject',
  'close',
  'edit',
  'plain',
  'reply_all',
  'undo',
  'happened',
  'not_happened',
  'leave',
  'retry',
];
const key = fc.stringMatching(/^[a-z0-9]{10}$/);
const revision = fc.stringMatching(/^([0-9a-f]{10})?$/);
const minutes = fc.integer({ min: 1, max: 60_000_000 }).map((count) => new Date(count * 60_000));
const wishes: fc.Arbitrary<Wish> = fc.oneof(
  fc.record({ kind: fc.constant('draft' as const), verb: fc.constantFrom(...verbs), key, revision }),
  fc.record({ kind: fc.constant('use_text' as const), key, revision }),
  fc.record({
    kind: fc.constant('joint' as const),
    key,
    revision,
    joint: fc.record(
      { seam: fc.integer({ min: 0, max: 999 }), with: fc.constantFrom('p', 'l', 's', 'n') },
      { noNullPrototype: true },
    ),
  }),
  fc.record({ kind: fc.constantFrom('left_out' as const, 'show_files' as const), key, revision }),
  fc.record({ kind: fc.constant('choose' as const), key, revision, part: fc.stringMatching(/^[0-9a-f]{10}$/) }),
  fc.record({
    kind: fc.constantFrom('more', 'less', 'more_text', 'more_file', 'more_history', 'more_copy'),
    key,
    revision,
  }),
  fc.record({ kind: fc.constant('slot' as const), key, revision, at: minutes }),
  fc.record({ kind: fc.constant('sound' as const), to: fc.constantFrom('usual', 'never', 'always') }),
  fc.record({ kind: fc.constantFrom('set_approve', 'set_reject', 'set_undo'), key, revision }),
  fc.record({ kind: fc.constantFrom('take_back' as const, 'batch' as const, 'batch_yes' as const), key, revision }),
  fc.record({
    kind: fc.constantFrom('mail_open' as const, 'mail_draft' as const, 'mails_older' as const, 'mails_newer' as const),
    mail: fc.stringMatching(/^[a-z0-9]{20}$/),
  }),
  fc.constantFrom<Wish>(
    { kind: 'mails' },
    { kind: 'batch_no' },
    { kind: 'drop_text' },
    { kind: 'pause' },
    { kind: 'resume' },
  ),
);

void test('what is written is read back, within 64 bytes', () => {
  fc.assert(
    fc.property(wishes, (wish) => {
      const text = encodeWish(wish);
      assert.ok(Buffer.byteLength(text) <= 64);
      assert.deepEqual(decodeWish(text), { ...wish });
    }),
  );
});

void test('anything else is nobody’s wish, and reading never throws', () => {
  for (const foreign of [
    '',
    '1',
    '1:a',
    '0:a:k3y0000001:',
    '1:0:k3y0000001:abc',
    '1:a:K3Y:abc',
    '1:a:key:abc:more',
    ' 1:p',
  ]) {
    assert.equal(decodeWish(foreign), undefined, foreign);
  }
  fc.assert(
    fc.property(fc.string(), (text) => {
      const wish = decodeWish(text);
      assert.ok(wish === undefined || encodeWish(wish) === text);
    }),
  );
});
