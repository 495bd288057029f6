/** Structures as servers report them, beyond the table in docs/mail.md. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { methodIn } from '../../../../src/watchers/gmail/fetch-mail.ts';
import { isInvitation, readShape } from '../../../../src/watchers/gmail/read-shape.ts';
import type { TextPart } from '../../../../src/watchers/gmail/mail.ts';

type Node = Parameters<typeof readShape>[0] & object;

const leaf = (type: string, part: string, more: Partial<Node> = {}): Node => ({ type, part, size: 9, ...more });
const group = (kind: string, ...childNodes: Node[]): Node => ({ type: `multipart/${kind}`, childNodes });
const numbers = (texts: readonly TextPart[]): readonly string[] =>
  texts.map((one) =>
    one.kind === 'either'
      ? `${one.plain.map(({ part }) => part).join('+')}|${one.html.map(({ part }) => part).join('+')}`
      : one.part,
  );

const text = (part: string, more: Partial<Node> = {}) => leaf('text/plain', part, more);
const html = (part: string) => leaf('text/html', part);

const rows: readonly (readonly [title: string, root: Node, texts: readonly string[], attachments: number])[] = [
  [
    'Gmail with a file',
    group('mixed', group('alternative', text('1.1'), html('1.2')), leaf('application/pdf', '2')),
    ['1.1|1.2'],
    1,
  ],
  [
    'Outlook with a picture in the text',
    group('related', group('alternative', text('1.1'), html('1.2')), leaf('image/png', '2')),
    ['1.1|1.2'],
    1,
  ],
  [
    'Apple Mail, where the HTML is in pieces around a file',
    group('alternative', text('1'), group('mixed', html('2.1'), leaf('application/pdf', '2.2'), html('2.3'))),
    ['1|2.1+2.3'],
    1,
  ],
  [
    'a list that adds its footer',
    group('mixed', group('alternative', text('1.1'), html('1.2')), text('2', { disposition: 'inline' })),
    ['1.1|1.2', '2'],
    0,
  ],
  ['a signed mail', group('signed', text('1'), leaf('application/pgp-signature', '2')), ['1'], 1],
  [
    'a forwarded mail',
    group('mixed', text('1'), { type: 'message/rfc822', part: '2', childNodes: [text('2.1')] }),
    ['1'],
    1,
  ],
  [
    'a version for watches and one with scripts',
    group('alternative', text('1'), leaf('text/x-amp-html', '2'), html('3')),
    ['1|3'],
    0,
  ],
  ['an empty plain version', group('alternative', text('1', { size: 0 }), html('2')), ['2'], 0],
  ['named versions', group('alternative', text('1', { parameters: { name: 'a.txt' } }), html('2')), ['1|2'], 0],
  ['a disposition in capitals', group('mixed', text('1'), text('2', { disposition: 'ATTACHMENT' })), ['1'], 1],
  [
    'two named texts and no other',
    group('mixed', text('1', { parameters: { name: 'a' } }), text('2', { parameters: { name: 'b' } })),
    ['1'],
    1,
  ],
];

describe('the structure of a mail', () => {
  for (const [title, root, texts, attachments] of rows) {
    it(title, () => {
      const shape = readShape(root);
      assert.deepEqual(numbers(shape.texts), texts);
      assert.equal(shape.attachments.length, attachments);
    });
  }
});

describe('a calendar', () => {
  it('is looked into when its type does not say what it is for', () => {
    const looked = (type: string, more: Partial<Node> = {}) =>
      readShape(group('mixed', text('1'), leaf(type, '2', more)));
    assert.deepEqual(looked('text/calendar').calendarParts, ['2']);
    assert.deepEqual(looked('application/ics').calendarParts, ['2']);
    const named = { disposition: 'attachment', dispositionParameters: { filename: 'Meeting.ICS' } };
    assert.deepEqual(looked('application/octet-stream', named).calendarParts, ['2']);
    assert.deepEqual(looked('text/plain', named).calendarParts, ['2']);
    assert.deepEqual(looked('application/pdf').calendarParts, []);
    const said = looked('text/calendar', { parameters: { method: 'request' } });
    assert.deepEqual([said.calendar, said.calendarParts], [true, []]);
    assert.equal(looked('text/calendar', { parameters: { method: 'PUBLISH' } }).calendar, false);
  });

  it('says by METHOD what it is for, wherever its lines are folded', () => {
    for (const [calendar, method] of [
      ['BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n', 'REQUEST'],
      ['BEGIN:VCALENDAR\nmethod:cancel\n', 'cancel'],
      ['BEGIN:VCALENDAR\r\nMETHOD;X-A=1:COUNTER\r\n', 'COUNTER'],
      ['BEGIN:VCALENDAR\r\nMET\r\n HOD:REP\r\n\tLY\r\n', 'REPLY'],
      ['BEGIN:VCALENDAR\r\nDESCRIPTION:say\r\n METHOD:REQUEST\r\n', ''],
      ['BEGIN:VCALENDAR\r\nSUMMARY:METHOD:REQUEST\r\n', ''],
    ] as const) {
      assert.equal(methodIn(Buffer.from(calendar)), method);
    }
    assert.deepEqual(['', 'PUBLISH', 'publish', 'REQUEST', 'reply'].map(isInvitation), [
      false,
      false,
      false,
      true,
      true,
    ]);
  });
});
