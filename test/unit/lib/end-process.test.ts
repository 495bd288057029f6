import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import type { TestContext } from 'node:test';
import { makePipe, onPosix } from '../../support/odd-files.ts';

const child = new URL('end-child.ts', import.meta.url);

async function endOf(t: TestContext, ...given: readonly string[]) {
  const process = fork(child, given);
  t.after(() => process.kill('SIGKILL'));
  return await new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    process.once('exit', (code, signal) => resolve({ code, signal })),
  );
}

it('a process that waits for nothing ends with its own code', async (t) => {
  assert.deepEqual(await endOf(t), { code: 3, signal: null });
});

it('a process ends although a thread of it waits for what never comes', { ...onPosix, timeout: 20_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-end-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const pipe = join(folder, 'pipe');
  makePipe(pipe);
  assert.deepEqual(await endOf(t, pipe), { code: null, signal: 'SIGKILL' });
});
