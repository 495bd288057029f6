/** The quick way to read a block of keys says what the library says, or nothing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { keyName, parseYaml } from '../../../src/vault/front-matter.ts';
import { readPlainBlock } from '../../../src/vault/plain-block.ts';

test('a block read quickly is read as YAML would be', () => {
  const signs = fc.constantFrom(
    ...'abXY019 _-.:#"\'&*!|>%@`,[]{}?\\/~=<+()$;^éß–“\t\u00a0\u2028\u0085'.split(''),
    '\u{1f600}',
    ': ',
    ' #',
    '- ',
    'null',
    'true',
    '2026-02-19',
  );
  const line = fc
    .tuple(
      fc.constantFrom('a', 'b', 'key', 'to-x', 'A B', 'null'),
      fc.constantFrom(': ', ':', ':  ', ' : '),
      fc.array(signs, { maxLength: 8 }),
      fc.constantFrom('', ' '),
    )
    .map(([key, colon, value, end]) => key + colon + value.join('') + end);
  let quick = 0;
  fc.assert(
    fc.property(fc.array(line, { maxLength: 4 }), fc.constantFrom('\n', '\r\n'), (lines, end) => {
      const block = lines.join(end);
      const found = readPlainBlock(block, keyName);
      if (found === undefined) return;
      quick += 1;
      assert.deepEqual(found, parseYaml(block), block);
    }),
    { numRuns: 5_000 },
  );
  assert.ok(quick > 1_000, `only ${quick} were read quickly`);
});

test('the blocks of most drafts are read quickly, and whatever is more is left to the library', () => {
  const plain =
    'type: linkedin_post\nto: "Ann <ann@example.com>"\nempty:\ncreated: 2026-02-19T10:30:00Z\nimage: a/b.jpg';
  assert.deepEqual(readPlainBlock(plain, keyName), parseYaml(plain));
  for (const block of [
    'a: [b]',
    'a: |\n  b',
    'a:\n  - b',
    'a: b # c',
    'a: b: c',
    'a: "b\\n"',
    'a: b\na: c',
    'a: *b',
    'a: !!js/function x',
    '- a',
    'a',
    '"a": b',
  ]) {
    assert.equal(readPlainBlock(block, keyName), undefined, block);
  }
});
