import assert from 'node:assert/strict';
import { it } from 'node:test';
import { showingsOf } from '../../../../src/bot/chat/cards/attachment-plan.ts';

const nameFor = (type: string): string => {
  const [showing] = showingsOf([{ name: 'x', path: 'x', type, bytes: 5, sha256: 'a'.repeat(64) }]);
  assert.equal(showing?.kind, 'document');
  return showing.name;
};

it('a file goes under a name its program opens', () => {
  const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  assert.deepEqual([word, 'text/csv', 'text/calendar', 'image/avif', 'application/zip'].map(nameFor), [
    'file-1.docx',
    'file-1.csv',
    'file-1.ics',
    'file-1.avif',
    'file-1.zip',
  ]);
  assert.equal(nameFor('application/octet-stream'), 'file-1.bin');
});

it('what could run or load something when it is opened is shown as the text it is', () => {
  assert.deepEqual(['text/html', 'image/svg+xml', 'application/xml'].map(nameFor), Array(3).fill('file-1.txt'));
});
