import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { createRoot } from '../../../src/lib/root.ts';
import { createLastCommit } from '../../../src/vault/last-commit.ts';

function start(t: TestContext) {
  const home = mkdtempSync(join(tmpdir(), 'countersign-commit-'));
  t.after(() => rmSync(home, { recursive: true }));
  const root = createRoot(home);
  return { file: join(home, 'Logs', '.last-commit'), root, lastCommit: createLastCommit(root) };
}

describe('the newest attempt that may have gone out', () => {
  it('is the one that was named last, also by another process', async (t) => {
    const { root, lastCommit } = start(t);
    assert.equal(await lastCommit.read(), undefined);
    await lastCommit.write('0mw1abcdefgh');
    await lastCommit.write('0mw2');
    assert.equal(await createLastCommit(root).read(), '0mw2');
  });

  it('is written over the one before, in one piece', async (t) => {
    const { file, lastCommit } = start(t);
    await lastCommit.write('0mw1abcdefgh');
    const { ino, size } = statSync(file);
    await lastCommit.write('0mw2');
    assert.deepEqual({ ino: statSync(file).ino, size: statSync(file).size }, { ino, size });
  });

  it('is nobody when the file is half, or somebody else’s', async (t) => {
    const { file, lastCommit } = start(t);
    await lastCommit.write('0mw1abcdefgh');
    writeFileSync(file, readFileSync(file).subarray(0, 40));
    assert.equal(await lastCommit.read(), undefined);
    writeFileSync(file, 'x'.repeat(500));
    assert.equal(await lastCommit.read(), undefined);
  });
});
