import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { createVaultWorld } from '../../support/vault-world.ts';

test('media are found in the vault, by content, and checked again', async (t) => {
  const { path, vault, put } = await createVaultWorld(t);
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
  await put('Media/pic.txt', png);
  await put('outside.png', png);
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
    '../outside.png',
    '/etc/passwd',
    'Media/link.png',
    'Media/../outside.png',
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
  const png = Buffer.alloc(33);
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]).copy(png);
  png.writeUInt32BE(1_080, 16);
  png.writeUInt32BE(1_350, 20);
  await put('Media/whole.png', png);
  await put('Media/torn.png', png.subarray(0, 12));
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
