/** However a mail is made, reading it is bounded work, and nothing of it is lost without a word. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { systemClock } from '../../../../src/lib/clock.ts';
import { decodeBytes } from '../../../../src/watchers/gmail/text/charset.ts';
import { isEncrypted } from '../../../../src/watchers/gmail/encrypted.ts';
import { methodIn } from '../../../../src/watchers/gmail/fetch-mail.ts';
import { unfold } from '../../../../src/watchers/gmail/text/flowed.ts';
import { createHtmlReader } from '../../../../src/watchers/gmail/text/html/reader.ts';
import { noText, type OneText, type TextPart } from '../../../../src/watchers/gmail/mail.ts';
import { readShape } from '../../../../src/watchers/gmail/read-shape.ts';
import { readText, textLimit } from '../../../../src/watchers/gmail/text/read-text.ts';
import { isRoleAddress } from '../../../../src/watchers/gmail/role-address.ts';
import { saysTheSame, wordsAtAGlance } from '../../../../src/watchers/gmail/text/same-text.ts';
import { replySubject } from '../../../../src/watchers/gmail/subject.ts';

type Node = Parameters<typeof readShape>[0] & object;

const reader = createHtmlReader(systemClock);
after(() => reader.end());

const plain = (part: string): OneText => ({ kind: 'plain', part, charset: '' });
const html = (part: string): OneText => ({ kind: 'html', part, charset: '' });
const either = (one: string, other: string): TextPart => ({ kind: 'either', plain: [plain(one)], html: [html(other)] });
const holding = (texts: Readonly<Record<string, string>>) => {
  const asked: string[] = [];
  const read = ({ part }: OneText, limit: number) => {
    asked.push(part);
    const content = texts[part] ?? '';
    return Promise.resolve({ content: content.slice(0, limit), cut: content.length > limit });
  };
  return { asked, read };
};

const within = async (ms: number, work: () => unknown): Promise<void> => {
  const begun = performance.now();
  await work();
  const took = performance.now() - begun;
  assert.ok(took < ms, `${Math.round(took)} ms`);
};

describe('a mail of ten thousand parts', () => {
  it('is looked through once, and thirty texts of it are read', async () => {
    const childNodes = Array.from({ length: 10_000 }, (_, index) => ({ type: 'text/plain', part: `${index + 1}` }));
    await within(1_000, async () => {
      const shape = readShape({ type: 'multipart/mixed', childNodes });
      assert.equal(shape.texts.length, 10_000);
      const { asked, read } = holding(Object.fromEntries(childNodes.map(({ part }) => [part, `text ${part}`])));
      const text = await readText(shape.texts, read, reader);
      assert.equal(asked.length, 30);
      assert.ok(text.cut, 'the item says that there was more');
      assert.ok(text.text.endsWith('text 30'));
    });
  });

  it('keeps a hundred attachments, and looks into three calendars', () => {
    const childNodes = Array.from({ length: 10_000 }, (_, index) => ({ type: 'text/calendar', part: `${index + 1}` }));
    const shape = readShape({ type: 'multipart/mixed', childNodes });
    assert.equal(shape.attachments.length, 100);
    assert.deepEqual(shape.calendarParts, ['1', '2', '3']);
  });

  it('may be nested five thousand deep', () => {
    let node: Node = { type: 'text/plain', part: '1' };
    for (let depth = 0; depth < 5_000; depth += 1) node = { type: 'multipart/alternative', childNodes: [node] };
    assert.deepEqual(readShape(node).texts, []);
  });
});

describe('a mail of too much text', () => {
  it('is read up to its limit over all parts, and says so', async () => {
    const { read } = holding({ 1: 'a '.repeat(100_000), 2: 'b '.repeat(100_000) });
    const text = await readText([plain('1'), plain('2')], read, reader);
    assert.ok(text.text.length <= textLimit && text.text.includes('b'));
    assert.ok(text.cut);
  });

  it('takes its plain version when its HTML comes to no end', async () => {
    const endless = `${'<div>'.repeat(52_000)}<b`;
    const { read } = holding({ 1: 'Please call.', 2: endless });
    const text = await readText([either('1', '2')], read, reader);
    assert.deepEqual([text.text, text.source], ['Please call.', 'plain']);
  });

  it('is not taken for whole when one of its texts could not be read', async () => {
    const never = { read: () => Promise.resolve(undefined) };
    const { read } = holding({ 1: '<p>Question</p>', 2: 'A footer.' });
    assert.deepEqual(await readText([html('1'), plain('2')], read, never), { ...noText, source: 'unreadable' });
  });
});

describe('strangers’ texts', () => {
  const pieces = [
    '<',
    '<a ',
    '<!--',
    '<style',
    '&#1',
    '<b>x',
    ' ',
    '>',
    '\n',
    '-',
    'a',
    '&amp',
    '\u001b$B',
    're:',
    '：',
    '.',
    '@',
  ];
  it('are compared, decoded and unfolded in linear time', async () => {
    for (const piece of pieces) {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
      await within(1_500, () => {
        const glance = wordsAtAGlance(text) ?? '';
        saysTheSame(text.slice(0, textLimit), glance.slice(0, textLimit));
        unfold(text.slice(0, textLimit), true);
        decodeBytes(Buffer.from(text), '', true);
        methodIn(Buffer.from(text.slice(0, 65_536)));
        replySubject(text.slice(0, 500));
        isRoleAddress(text.slice(0, 254));
        isEncrypted({ shape: readShape(undefined), text: { ...noText, text: text.slice(0, textLimit) } });
      });
    }
  });
});
