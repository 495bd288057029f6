/** `npm run verify` on a log somebody touched, and on a ledger that is not the one it was written with. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { verify } from '../../../src/cli/verify.ts';
import { createRoot } from '../../../src/lib/root.ts';
import { createRecordLog } from '../../../src/vault/record-log.ts';
import { createPaper, createStoppedWorld, settingsOf } from '../../support/stopped-world.ts';
import { createWorld } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const logOf = ({ vaultPath }: World): string => join(vaultPath, 'Logs', 'record.log');

async function verified(world: World) {
  const paper = createPaper();
  const code = await verify(settingsOf(world), paper.print);
  return { code, said: paper.text() };
}

/** @param touch gets the lines of the log and gives those that stand there afterwards */
async function touched(t: TestContext, touch: (lines: readonly string[]) => readonly string[]) {
  const world = await createStoppedWorld(t);
  const lines = readFileSync(logOf(world), 'utf8').trimEnd().split('\n');
  writeFileSync(logOf(world), `${touch(lines).join('\n')}\n`);
  return await verified(world);
}

describe('verify', () => {
  it('says that all is well and ends with 0', async (t) => {
    assert.deepEqual(await verified(await createStoppedWorld(t)), {
      code: 0,
      said: '✓ Logs/record.log: 2 lines, the chain is whole and the ledger says the same.',
    });
  });

  it('finds a line that was changed', async (t) => {
    const { code, said } = await touched(t, ([a = '', ...rest]) => [
      a.replace('vault:owner', 'vault:mallory'),
      ...rest,
    ]);
    assert.equal(code, 1);
    assert.match(said, /✗ The chain is broken at line 1: that line, or one before it, was changed/);
    assert.match(
      said,
      /✗ The log says “.+ approve sent\.md .+mallory.+”; the ledger says “approve by by hand \(vault:owner\)”/,
    );
    assert.match(said, /\n2 thing\(s\) don’t agree\. docs\/proof\.md says what that means\.$/);
  });

  it('finds a line that was taken out, also the last one, after which the chain is whole', async (t) => {
    const first = await touched(t, ([, ...rest]) => rest);
    assert.equal(first.code, 1);
    assert.match(first.said, /The chain is broken at line 1/);
    assert.match(first.said, /The ledger says “.+ approve by by hand \(vault:owner\)”; the log does not have it/);
    const last = await touched(t, ([a = '']) => [a]);
    assert.equal(last.code, 1);
    assert.doesNotMatch(last.said, /chain/);
    assert.match(last.said, /✗ The ledger says “.+ passed the point of no return .+”; the log does not have it/);
  });

  it('finds a line that was put in', async (t) => {
    const forged = (line: string) => line.replace('| approve |', '| reject |').replace(/id \w+/, 'id f0rged');
    const { code, said } = await touched(t, ([a = '', b = '']) => [a, forged(a), b]);
    assert.equal(code, 1);
    assert.match(said, /The chain is broken at line 2/);
    assert.match(said, /The log says “.+ reject sent\.md .+”; the ledger knows nothing of it/);
  });

  it('finds a line that stands there twice', async (t) => {
    const { code, said } = await touched(t, ([a = '', b = '']) => [a, b, b]);
    assert.equal(code, 1);
    assert.match(said, /The chain is broken at line 3/);
    assert.match(said, /stands in the log twice/);
  });

  it('finds a line that was added with a right hash: only the ledger does not know it', async (t) => {
    const world = await createStoppedWorld(t);
    const log = createRecordLog(createRoot(world.vaultPath));
    const last = await log.last();
    assert.ok(last);
    await log.append([{ ...last, id: 'f0rged' }]);
    const { code, said } = await verified(world);
    assert.equal(code, 1);
    assert.match(said, /^✗ The log says “.+”; the ledger knows nothing of it\.\n\n1 thing\(s\)/);
  });

  it('finds a ledger that knows nothing of the log, and a log that is gone', async (t) => {
    const world = await createStoppedWorld(t);
    const log = readFileSync(logOf(world));
    rmSync(logOf(world));
    const gone = await verified(world);
    assert.equal(gone.code, 1);
    assert.match(gone.said, /\n2 thing\(s\) don’t agree/);
    const other = await createWorld(t);
    await other.stop();
    writeFileSync(logOf(other), log);
    const lost = await verified(other);
    assert.equal(lost.code, 1);
    assert.match(lost.said, /\n2 thing\(s\) don’t agree/);
    assert.equal(lost.said.match(/the ledger knows nothing of it/g)?.length, 2);
  });

  it('ends with 1 as a command too', async (t) => {
    const world = await createStoppedWorld(t);
    rmSync(logOf(world));
    const env = { PATH: process.env['PATH'], VAULT_PATH: world.vaultPath, DATA_DIR: world.home };
    const cli = fileURLToPath(new URL('../../../src/cli/index.ts', import.meta.url));
    const ended = spawnSync(process.execPath, [cli, 'verify'], { cwd: world.home, env, encoding: 'utf8' });
    assert.equal(ended.status, 1);
    assert.match(ended.stdout, /the log does not have it/);
  });

  it('says what to do when there is no ledger', async (t) => {
    const world = await createStoppedWorld(t);
    rmSync(world.ledgerFile);
    const { code, said } = await verified(world);
    assert.equal(code, 1);
    assert.match(said, /There is no ledger to compare the log with\.\nStart Countersign once, or set DATA_DIR\./);
  });
});
