import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as fc from 'fast-check';

import { cutText } from '../../../../src/bot/chat/text/cut-text.ts';

void test('the pieces joined are the text, none is too long or empty, and no sign is cut in two', () => {
  const texts = fc.string({
    unit: fc.oneof(fc.constantFrom('\n\n', '\n', ' ', '👩‍👩‍👧', '𝒳'), fc.string({ minLength: 1 })),
  });
  fc.assert(
    fc.property(texts, fc.integer({ min: 2, max: 40 }), (text, limit) => {
      const pieces = cutText(text, limit);
      assert.equal(pieces.join(''), text);
      for (const piece of pieces) {
        assert.ok(piece.length > 0 && piece.length <= limit);
        assert.equal(piece.isWellFormed(), true);
      }
    }),
  );
});

void test('it cuts between paragraphs before lines, and between lines before words', () => {
  assert.deepEqual(cutText('one two\nthree\n\nfour five six', 20), ['one two\nthree\n\n', 'four five six']);
  assert.deepEqual(cutText('one two three\nfour five six', 20), ['one two three\n', 'four five six']);
  assert.deepEqual(cutText('one two three four five', 14), ['one two three ', 'four five']);
});

void test('the name of a sign nobody sees stays in one piece', () => {
  assert.deepEqual(cutText('abcd‹U+202E›efgh', 9), ['abcd', '‹U+202E›e', 'fgh']);
  assert.deepEqual(cutText('abcd‹U+202Eefgh', 9), ['abcd‹U+20', '2Eefgh'], 'what is no name is text');
});
