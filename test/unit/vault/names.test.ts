import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { isDraftName, isInnerPath, markedStem, numbered, safeStem } from '../../../src/vault/names.ts';

test('drafts are Markdown files that nobody else is busy with', () => {
  for (const name of ['LINKEDIN_post.md', 'Mein Entwurf 🚀.MD', 'a.md.md', 'post (2).md'])
    assert.ok(isDraftName(name), name);
  const others = [
    '.hidden.md',
    '_note.md',
    '~$a.md',
    'README.md',
    'Readme.md',
    'a.txt',
    'a.tmp.md',
    'a.md.tmp',
    'a.md.part',
  ];
  const copies = [
    'a.sync-conflict-20260219-143000-ABCDEFG.md',
    "a (Ann's conflicted copy 2026-02-19).md",
    'a (Conflicted copy phone 202602191430).md',
    '.syncthing.a.md.tmp',
  ];
  for (const name of [...others, ...copies]) assert.ok(!isDraftName(name), name);
});

test('a stem made from any text is a short, valid name that is found again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      const stem = safeStem(text);
      assert.ok(isDraftName(`${stem}.md`), stem);
      assert.ok(isInnerPath(`${stem}.md`));
      assert.ok(Buffer.byteLength(stem) <= 105);
      assert.doesNotMatch(stem, /[<>:"/\\|?*\p{Cc}. ]/u);
      assert.equal(safeStem(stem), stem);
    }),
  );
  assert.equal(safeStem('CON'), 'item_CON');
  assert.equal(safeStem('../../etc/passwd'), 'etc_passwd');
  assert.equal(safeStem('🚀'), 'item');
});

test('a mark at the end survives a long text', () => {
  assert.match(markedStem('x'.repeat(500), 'a1b2c3'), /x_a1b2c3$/);
  assert.equal(safeStem(markedStem('x'.repeat(500), 'a1b2c3')), markedStem('x'.repeat(500), 'a1b2c3'));
});

test('numbered names stay within 200 bytes and keep their ending', () => {
  assert.equal(numbered('a.md', 1), 'a.md');
  assert.equal(numbered('a.md', 12), 'a-12.md');
  const long = numbered(`${'ü'.repeat(150)}.md`, 3);
  assert.ok(Buffer.byteLength(long) <= 200);
  assert.match(long, /ü-3\.md$/);
});

test('a path leads nowhere but below its folder', () => {
  for (const path of ['a.md', 'email/a.md']) assert.ok(isInnerPath(path), path);
  const bad = [
    '',
    '/a.md',
    '../a.md',
    'a/../b.md',
    'a/b/c.md',
    'a\\b.md',
    'C:\\a.md',
    'a\0.md',
    './a.md',
    '.git/a.md',
    'a//b.md',
  ];
  for (const path of bad) assert.ok(!isInnerPath(path), path);
});
