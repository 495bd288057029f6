import assert from 'node:assert/strict';
import { it } from 'node:test';
import { unfold } from '../../../../src/watchers/gmail/text/flowed.ts';

for (const [title, text, expected, deletesSpace = false] of [
  ['lines of a paragraph', 'We meet \r\non Monday.\r\nOr not.', 'We meet on Monday.\nOr not.'],
  ['a quoted question and its answer', '> Shall I \n> send it? \nNo, wait.', '> Shall I send it? \nNo, wait.'],
  ['depths of quotation', '>> a \n> b \n> c', '>> a \n> b c'],
  ['a signature', 'Hello \n-- \nAnn', 'Hello \n-- \nAnn'],
  ['a line that begins with a space or a mark', ' > no quotation\n  two', '> no quotation\n two'],
  ['words cut where there is no space', '你 \n好', '你好', true],
] as const) {
  it(title, () => assert.equal(unfold(text, deletesSpace), expected));
}
