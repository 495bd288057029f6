import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sha256 } from '../../../src/lib/hash.ts';
import { png } from '../../support/pictures.ts';
import { tableUnder } from '../../support/tables.ts';
import { createVaultWorld } from '../../support/vault-world.ts';

test('media are found in the vault, by content, and checked again', async (t) => {
  const { path, vault, put } = await createVaultWorld(t);
  const file = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
  await put('Media/pic.txt', file);
  await put('outside.png', file);
  await symlink(join(path, 'outside.png'), join(path, 'Media', 'link.png'));
  const read = async (image: string) => {
    await put('Approved/INSTAGRAM_a.md', `---\nplatform: instagram\nimage: ${image}\n---\nHello`);
    const found = await vault.read('Approved', 'INSTAGRAM_a.md');
    assert.ok(found?.reading.kind === 'draft');
    return found.reading;
  };
  const { effect, problems } = await read('Media/pic.txt');
  assert.deepEqual(problems, []);
  assert.deepEqual(
    effect.media.map(({ path, type, bytes }) => [path, type, bytes]),
    [['Media/pic.txt', 'image/png', 11]],
  );
  assert.deepEqual(await vault.checkMedia(effect), []);
  for (const bad of [
    'nothing.png',
    '../../outside.png',
    '/etc/passwd',
    'Media/link.png',
    'Media/../../../outside.png',
    '.ssh/id',
  ]) {
    assert.deepEqual(
      (await read(bad)).problems.map(({ code }) => code),
      ['media_missing'],
      bad,
    );
  }
  assert.deepEqual(
    (await read('https://example.com/a.png')).problems.map(({ code }) => code),
    ['media_unsupported'],
  );
  await put('Media/pic.txt', 'other');
  assert.deepEqual(
    (await vault.checkMedia(effect)).map(({ code }) => code),
    ['changed_after_approval'],
  );
});

test('a picture is measured by its bytes; one that can’t be measured is none the worse for it', async (t) => {
  const { vault, put } = await createVaultWorld(t);
  const file = Buffer.alloc(33);
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]).copy(file);
  file.writeUInt32BE(1_080, 16);
  file.writeUInt32BE(1_350, 20);
  await put('Media/whole.png', file);
  await put('Media/torn.png', file.subarray(0, 12));
  const shapeOf = async (image: string) => {
    await put('Approved/FACEBOOK_a.md', `---\nplatform: facebook\nimage: ${image}\n---\nHello`);
    const found = await vault.read('Approved', 'FACEBOOK_a.md');
    return found?.reading.effect.media[0];
  };
  assert.deepEqual((await shapeOf('whole.png'))?.shape, { width: 1_080, height: 1_350 });
  const torn = await shapeOf('torn.png');
  assert.equal(torn?.type, 'image/png');
  assert.equal(torn?.shape, undefined);
});

test('bytes to be shown are exactly those that were read, and never from outside', async (t) => {
  const { path, vault, put } = await createVaultWorld(t);
  const [one, other] = [png(60, 40, 1), png(60, 40, 2)];
  await put('Media/pic.png', one);
  await put('outside.png', one);
  await symlink(join(path, 'outside.png'), join(path, 'Media', 'link.png'));
  const media = (name: string) => ({ path: name, sha256: sha256(one) });
  assert.deepEqual(await vault.readMedia(media('Media/pic.png')), one);
  for (const bad of ['Media/link.png', '../outside.png', '/etc/passwd', 'Media/none.png', '', 'Media']) {
    assert.equal(await vault.readMedia(media(bad)), undefined, bad);
  }
  await put('Media/pic.png', other);
  assert.equal(await vault.readMedia(media('Media/pic.png')), undefined, 'other bytes under the same name');
  await put('Media/large.png', Buffer.alloc(50 * 1_048_576 + 1));
  const large = { path: 'Media/large.png', sha256: sha256(Buffer.alloc(50 * 1_048_576 + 1)) };
  assert.equal(await vault.readMedia(large), undefined, 'too large for any chat');
});

const page = readFileSync(new URL('../../../docs/drafts.md', import.meta.url), 'utf8');

test('files are found as Obsidian and Markdown name them: every row of the page', async (t) => {
  const { vault, put } = await createVaultWorld(t);
  await put('images/plan.pdf', '%PDF-1.7 plan');
  const ours = [
    ['"[the plan](images/plan.pdf)"', 'yes'],
    ['"![](<../images/plan.pdf>)"', 'yes'],
  ];
  const rows = tableUnder(`# Files\n${page.slice(page.indexOf('**Files** are found'))}`, 'Files', 10);
  for (const [cell = '', found = ''] of [...rows, ...ours]) {
    const written = cell.replaceAll('`', '');
    await put('Pending_Approval/EMAIL_a.md', `---\nto: a@example.com\nsubject: x\nattachment: ${written}\n---\nHello`);
    const read = await vault.read('Pending_Approval', 'EMAIL_a.md');
    assert.ok(read?.reading.kind === 'draft', written);
    const { effect, problems } = read.reading;
    const code = /`(\w+)`/.exec(found)?.[1];
    assert.deepEqual(
      problems.map((problem) => problem.code),
      code === undefined ? [] : [code],
      written,
    );
    assert.deepEqual(
      effect.media.map(({ path }) => path),
      code === undefined ? ['images/plan.pdf'] : [],
      written,
    );
  }
});

test('a file is found by its name anywhere but among finished ones, and two of a name are a question', async (t) => {
  const { path, vault, put } = await createVaultWorld(t);
  const read = async (attachment: string) => {
    await put(
      'Pending_Approval/EMAIL_a.md',
      `---\nto: a@example.com\nsubject: x\nattachment: ${attachment}\n---\nHello`,
    );
    const found = await vault.read('Pending_Approval', 'EMAIL_a.md');
    assert.ok(found?.reading.kind === 'draft');
    return [...found.reading.effect.media.map((one) => one.path), ...found.reading.problems.map(({ code }) => code)];
  };
  await put('Files/2026/offer.pdf', '%PDF-1.7 one');
  await put('Done/late.pdf', '%PDF-1.7 two');
  await put('.hidden/key.pdf', '%PDF-1.7 three');
  await symlink(join(path, 'Done'), join(path, 'Linked'));
  assert.deepEqual(await read('offer.pdf'), ['Files/2026/offer.pdf']);
  assert.deepEqual(await read('"[[2026/offer.pdf]]"'), ['Files/2026/offer.pdf']);
  for (const name of ['late.pdf', 'key.pdf']) assert.deepEqual(await read(name), ['media_missing'], name);
  await put('Archive/offer.pdf', '%PDF-1.7 other');
  assert.deepEqual(await read('offer.pdf'), ['media_missing']);
  assert.deepEqual(await read('Archive/offer.pdf'), ['Archive/offer.pdf']);
});

test('a picture is measured however much a camera wrote before it', async (t) => {
  const { vault, put } = await createVaultWorld(t);
  // Two segments of 40 kB, then the frame: 900 wide, 1,600 high.
  const segment = Buffer.alloc(40_004);
  segment.set([0xff, 0xed], 0);
  segment.writeUInt16BE(40_002, 2);
  const frame = Buffer.from([0xff, 0xc0, 0, 17, 8, 6, 64, 3, 132, 3, 1, 34, 0, 2, 17, 1, 3, 17, 1]);
  await put('Media/camera.jpg', Buffer.concat([Buffer.from([0xff, 0xd8]), segment, segment, frame, Buffer.alloc(100)]));
  await put('Approved/INSTAGRAM_a.md', '---\nplatform: instagram\nimage: camera.jpg\n---\nHello');
  const found = await vault.read('Approved', 'INSTAGRAM_a.md');
  assert.deepEqual(found?.reading.effect.media[0]?.shape, { width: 900, height: 1_600 });
});

test('a file has the type its content and, among sorts of text, its ending tell', async (t) => {
  const { vault, put } = await createVaultWorld(t);
  await put('Media/meeting.ics', 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n');
  await put('Media/logo.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>');
  await put('Media/tool.svg', Buffer.from('MZ\u0000<svg width="9" height="9">'));
  await put(
    'Approved/EMAIL_a.md',
    '---\nto: a@b.example\nsubject: Hi\nattachments: [meeting.ics, logo.svg, tool.svg]\n---\nHello',
  );
  const found = await vault.read('Approved', 'EMAIL_a.md');
  assert.ok(found?.reading.kind === 'draft');
  assert.deepEqual(
    found.reading.effect.media.map(({ type, shape }) => [type, shape]),
    [
      ['text/calendar', undefined],
      // A drawing has no pixels.
      ['image/svg+xml', undefined],
      ['application/octet-stream', undefined],
    ],
  );
});
