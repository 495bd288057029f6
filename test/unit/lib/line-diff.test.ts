import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { lineDiff } from '../../../src/lib/line-diff.ts';

const signs = (before: string, after: string) =>
  lineDiff(before, after).map(({ kind, text }) => `${kind === 'removed' ? '-' : '+'}${text}`);

test('what went and what came, in the order of the text', () => {
  assert.deepEqual(signs('a\nb\nc', 'a\nB\nc'), ['-b', '+B']);
  assert.deepEqual(signs('a\nb\nc\nd', 'b\nc\nX\nd'), ['-a', '+X']);
  assert.deepEqual(signs('same', 'same'), []);
  assert.deepEqual(signs('a\n\nb', 'a\nb'), [], 'empty lines are not mentioned');
});

test('the lines that stay are the same in both, whatever the texts', () => {
  const line = fc.constantFrom('a', 'b', 'c', 'd');
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.array(line, { maxLength: 12 }), (before, after) => {
      const changes = lineDiff(before.join('\n'), after.join('\n'));
      const count = (kind: string, text: string) =>
        changes.filter((one) => one.kind === kind && one.text === text).length;
      for (const text of ['a', 'b', 'c', 'd']) {
        const stay = before.filter((one) => one === text).length - count('removed', text);
        assert.equal(stay, after.filter((one) => one === text).length - count('added', text));
      }
    }),
  );
});

test('a thousand changed lines take no time', () => {
  const lines = (mark: string) => Array.from({ length: 5_000 }, (_, n) => `${mark}${n}`).join('\n');
  assert.equal(lineDiff(lines('a'), lines('b')).length, 10_000);
});
