/** No name in a draft leads out of the vault: what lies outside is neither read nor sent, however the way is written. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, test } from 'node:test';
import * as fc from 'fast-check';
import { createRoot } from '../../../src/lib/root.ts';
import { createMediaFinder } from '../../../src/vault/media.ts';

const base = await realpath(await mkdtemp(join(tmpdir(), 'countersign-paths-')));
after(() => rm(base, { recursive: true, force: true }));
const root = join(base, 'Vault');
await mkdir(join(root, 'Media', 'deep'), { recursive: true });
await mkdir(join(base, 'vault-too'));
await writeFile(join(root, 'Media', 'in.png'), 'inside');
await writeFile(join(root, '.hidden.png'), 'hidden');
await writeFile(join(base, 'secret.png'), 'outside');
await writeFile(join(base, 'vault-too', 'secret.png'), 'outside');
await symlink(join(base, 'secret.png'), join(root, 'Media', 'link.png'));
await symlink(base, join(root, 'Media', 'up'));

const finder = createMediaFinder(createRoot(root));
const found = async (name: string) => (await finder.find([name], 'Pending_Approval')).media.map(({ path }) => path);

test('a file in the vault is found, by its path, its name in a usual folder and with either slash', async () => {
  for (const name of ['Media/in.png', 'in.png', './Media/in.png', 'Media\\in.png']) {
    assert.deepEqual(await found(name), ['Media/in.png'], name);
  }
});

const outside = basename(base);
const ways: readonly string[] = [
  '../secret.png',
  'Media/../../secret.png',
  'Media/deep/../../../secret.png',
  '..\\secret.png',
  join(base, 'secret.png'),
  `/${join(base, 'secret.png')}`,
  `../${outside}/secret.png`,
  '../vault-too/secret.png',
  'Media/link.png',
  'Media/up/secret.png',
  'MEDIA/LINK.PNG',
  '.hidden.png',
  'C:\\secret.png',
  'c:secret.png',
  'D:/secret.png',
  '\\\\server\\share\\secret.png',
  '//server/share/secret.png',
  '\\\\?\\C:\\secret.png',
  'file:///etc/passwd',
  '/etc/passwd',
  '~/secret.png',
  'Media/in.png\0.txt',
  'in.png::$DATA',
  '%2e%2e/secret.png',
  '．．/secret.png',
  dirname(base),
  '',
  '.',
  '..',
];

for (const way of ways) {
  test(`nothing is found by ${JSON.stringify(way.replace(base, '<base>'))}`, async () => {
    const { media, problems } = await finder.find([way], 'Pending_Approval');
    assert.deepEqual(media, []);
    assert.equal(problems.length, 1);
  });
}

test('no mixture of such pieces leads out', async () => {
  const pieces = fc.constantFrom(
    '..',
    '.',
    '',
    'Media',
    'up',
    'deep',
    'link.png',
    'in.png',
    'secret.png',
    'C:',
    outside,
    '\0',
    'Vault',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(pieces, { maxLength: 7 }), fc.constantFrom('/', '\\'), async (parts, slash) => {
      for (const path of await found(parts.join(slash))) assert.equal(path, 'Media/in.png');
    }),
    { numRuns: 300 },
  );
});
