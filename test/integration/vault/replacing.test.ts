/** A file is replaced while people save, move and delete it: in every instant one copy stays, and it is theirs. */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { createRoot } from '../../../src/lib/root.ts';
import { replaceFile } from '../../../src/vault/replacing.ts';

type Instants = { readonly before?: () => Promise<void>; readonly atRename?: () => Promise<void> };

async function createBench(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'replacing-'));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, 'a.md');
  await writeFile(path, 'old');
  let count = 0;
  return {
    path,
    moved: join(folder, 'moved.md'),
    replace: ({ before, atRename }: Instants) =>
      replaceFile(path, (old) => Buffer.from(old).toString() === 'old', {
        root: createRoot(folder),
        bytes: Buffer.from('ours'),
        draught: () => join(folder, `.draught-${(count += 1)}`),
        write: async (draught, bytes) => {
          if (count === 1) await before?.();
          await writeFile(draught, bytes, { flag: 'wx' });
        },
        rename: async (from, to) => {
          await atRename?.();
          await rename(from, to);
        },
      }),
    async files() {
      const names = (await readdir(folder)).toSorted();
      return await Promise.all(names.map(async (name) => `${name}: ${await readFile(join(folder, name), 'utf8')}`));
    },
  };
}

const apart = process.platform === 'win32' ? { skip: 'Windows renames over no file that is open' } : {};

describe('replacing a file', () => {
  it('puts the new bytes in its place', async (t) => {
    const { replace, files } = await createBench(t);
    assert.equal(await replace({}), true);
    assert.deepEqual(await files(), ['a.md: ours']);
  });

  it('leaves a file alone that was saved meanwhile', async (t) => {
    const { path, replace, files } = await createBench(t);
    assert.equal(await replace({ before: () => writeFile(path, 'theirs') }), false);
    assert.deepEqual(await files(), ['a.md: theirs']);
  });

  it('puts nothing where a file was moved away or deleted', async (t) => {
    const { path, moved, replace, files } = await createBench(t);
    assert.equal(await replace({ before: () => rename(path, moved) }), false);
    assert.deepEqual(await files(), ['moved.md: old']);
    assert.equal(await replace({}), false, 'there is no file');
    assert.deepEqual(await files(), ['moved.md: old']);
  });

  it('makes no second copy of a file moved away in the very instant', apart, async (t) => {
    const { path, moved, replace, files } = await createBench(t);
    assert.equal(await replace({ atRename: () => rename(path, moved) }), false);
    assert.deepEqual(await files(), ['moved.md: old']);
  });

  it('gives back what was saved into the file in the very instant', apart, async (t) => {
    const { path, replace, files } = await createBench(t);
    assert.equal(await replace({ atRename: () => writeFile(path, 'theirs') }), false);
    assert.deepEqual(await files(), ['a.md: theirs']);
  });

  it('writes what was approved of when the file is deleted in the very instant: nothing is lost', async (t) => {
    const { path, replace, files } = await createBench(t);
    assert.equal(await replace({ atRename: () => unlink(path) }), true);
    assert.deepEqual(await files(), ['a.md: ours']);
  });
});
