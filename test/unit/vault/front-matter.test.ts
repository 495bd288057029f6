import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { decodeFile } from '../../../src/vault/file-text.ts';
import { readFrontMatter } from '../../../src/vault/front-matter.ts';
import { linesOf } from '../../../src/vault/lines.ts';
import { quoted, stampText } from '../../../src/vault/stamp.ts';

const read = (text: string) => readFrontMatter(linesOf(text));
const value = (text: string, key: string) => read(text).fields.get(key)?.join('|');

test('every value stays the text that was written', () => {
  const text =
    '---\ntime: 10:30\nid: 01234\nphone: +4915112345\nwhen: 2026-02-19\nyes: no\nlist: [a, b]\nnested:\n  Body: x\n---\nbody';
  assert.equal(read(text).kind, 'read');
  const expected = {
    time: '10:30',
    id: '01234',
    phone: '+4915112345',
    when: '2026-02-19',
    yes: 'no',
    list: 'a|b',
    'nested.body': 'x',
  };
  for (const [key, wanted] of Object.entries(expected)) assert.equal(value(text, key), wanted);
});

test('a number sign that is part of a value is no comment', () => {
  assert.equal(value('---\nsubject: Invoice #12\nto: a@example.com # the client\n---\n', 'subject'), 'Invoice #12');
  assert.equal(value('---\nto: a@example.com # the client\n---\n', 'to'), 'a@example.com');
  assert.equal(value('---\nhashtags: #AI #Work\n---\n', 'hashtags'), '#AI #Work');
});

test('a subject keeps the number behind a lone sign; other words behind one are told to stay behind', () => {
  const subject = (written: string) => value(`---\nsubject: ${written}\nto: a@example.com\n---\n`, 'subject');
  assert.equal(subject('Invoice # 4711'), 'Invoice # 4711');
  assert.equal(subject('Invoice # 4711 for March # 2'), 'Invoice # 4711 for March # 2');
  assert.equal(subject('Order: # 4711'), 'Order: # 4711');
  assert.equal(subject('"Invoice" # 4711'), 'Invoice');
  assert.equal(subject('Invoice # to be checked'), 'Invoice');
  const told = read('---\nsubject: Invoice # to be checked\nto: a@example.com # 2 Ann\n---\n');
  assert.deepEqual([...told.cut], [['subject', '# to be checked']]);
  assert.equal(told.fields.get('to')?.join(), 'a@example.com');
});

test('a text between two dividing lines is no header', () => {
  for (const text of [
    '---\nGood morning, our shop has moved\n---\nCome and see it\n',
    '---\nSee: us\nat the fair.\nCome!\n---\n',
  ]) {
    const { kind, bodyLine, fields } = read(text);
    assert.deepEqual([kind, bodyLine, fields.size], ['none', 0, 0], text);
  }
});

test('a block may end with dots, and a link of Obsidian needs no quotes', () => {
  const found = read('---\ntype: linkedin_post\n...\nHello\n');
  assert.deepEqual([found.kind, found.bodyLine, found.closingLine], ['read', 3, 2]);
  assert.equal(read('---\ntype: x\n\nHello\n...\nBye\n').bodyLine, 2, 'dots in a text are text');
  const linked = read('---\nimage: [[cover.jpg]]\nfiles:\n  - [[a.pdf]]\n---\n');
  assert.equal(linked.kind, 'read');
  assert.deepEqual([linked.fields.get('image'), linked.fields.get('files')], [['[[cover.jpg]]'], ['[[a.pdf]]']]);
});

test('no block runs code, whatever language it claims', () => {
  const canary = 'globalThis.frontMatterRan = true';
  for (const mark of ['---js', '---javascript', '--- js', '---JS', '---json', '---coffee']) {
    read(`${mark}\n${canary}\n---\nbody`);
    read(`---\n${mark}\n${canary}\n---\n`);
  }
  assert.equal('frontMatterRan' in globalThis, false);
});

test('what is no YAML is read line by line, lists included', () => {
  const text = '---\nsubject: Re: your offer: yes\ncc:\n  - a@example.com\n  - b@example.com\n---\nbody';
  assert.equal(read(text).kind, 'damaged');
  assert.equal(value(text, 'subject'), 'Re: your offer: yes');
  assert.equal(value(text, 'cc'), 'a@example.com|b@example.com');
});

test('a key that occurs twice is told', () => {
  assert.deepEqual(read('---\nto: a\nto: b\n---\n').conflicts, ['to']);
  assert.deepEqual(read('---\nto: a\nto: a\n---\n').conflicts, []);
});

test('a block that is not closed ends at the first line that is no key', () => {
  const found = read('---\ntype: linkedin_post\n\nHello world');
  assert.equal(found.fields.get('type')?.[0], 'linkedin_post');
  assert.equal(found.bodyLine, 2);
});

test('an alias is refused, and a large block is read in no time', () => {
  assert.equal(read('---\na: &x 1\nb: *x\n---\n').kind, 'damaged');
  const before = performance.now();
  read(`---\n${'k: v\n'.repeat(200_000)}---\n`);
  assert.ok(performance.now() - before < 2_000);
});

const line = fc
  .string({ unit: 'grapheme', maxLength: 30 })
  .map((text) => text.replaceAll(/[\r\n\u2028\u2029\u0085\f\v\0]/g, ' '));

test('a stamp changes its own line and nothing else', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), line, (body, end, stamped) => {
      const head = ['---', '# a comment', "to: 'a@example.com'  # keep", 'unknown:   spaced', '---'];
      const text = [...head, ...body].join(end);
      const changed = stampText(text, [['sent_at', stamped]]);
      assert.equal(
        changed.replace(`sent_at: ${quoted(stamped)}${end}`, () => ''),
        text,
      );
      assert.equal(value(changed, 'sent_at'), stamped);
      assert.equal(stampText(changed, [['sent_at', stamped]]), changed);
    }),
  );
});

test('a key without a value is taken out, with the block when it held nothing else', () => {
  const drop = [['rejected_reason', undefined]] as const;
  for (const text of ['Hello\n', '---\na: 1\n---\nHello', '---\r\na: 1\r\n---\r\n']) {
    assert.equal(stampText(text, drop), text);
    assert.equal(stampText(stampText(text, [['rejected_reason', 'No: "never"']]), drop), text);
  }
});

test('a stamp makes the block when there is none, and replaces a value of several lines', () => {
  assert.equal(stampText('Hello', [['a', 'b']]), '---\na: b\n---\nHello');
  assert.equal(stampText('---\na: |\n  x\n  y\nb: 1\n---\n', [['a', 'z']]), '---\na: z\nb: 1\n---\n');
});

test('bytes go in and come out the same in every encoding', () => {
  for (const bytes of [
    Buffer.from('\ufeffhé\r\n'),
    Buffer.from('plain'),
    Buffer.from('\ufeffhé', 'utf16le'),
    Buffer.from('\ufeffhé', 'utf16le').swap16(),
  ]) {
    const decoded = decodeFile(bytes);
    assert.ok(decoded);
    assert.deepEqual(decoded.encode(decoded.text), bytes);
  }
  assert.equal(decodeFile(Buffer.from([0x80, 0x81])), undefined);
  assert.equal(decodeFile(Buffer.from('a\0b')), undefined);
});
