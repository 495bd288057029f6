/** The real programs on a Node that says it is one without the newest security fixes. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { until } from '../../support/until.ts';

/** Ends it as soon as it has said that, on whichever stream. @returns the line */
async function saidBy(
  context: TestContext,
  program: string,
  words: readonly string[],
  version: string,
  wanted: RegExp,
) {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-old-node-'));
  const disguise = join(folder, 'disguise.cjs');
  const versions = `{ ...process.versions, node: '${version}' }`;
  writeFileSync(disguise, `Object.defineProperty(process, 'versions', { value: ${versions} });`);
  const path = fileURLToPath(new URL(`../../../${program}`, import.meta.url));
  const env = { HOME: folder, PATH: process.env['PATH'] ?? '' };
  const settings = program === 'src/main.ts' ? { VAULT_PATH: join(folder, 'vault'), WEB_PORT: '0' } : {};
  const child = spawn(process.execPath, ['--require', disguise, path, ...words], {
    cwd: folder,
    env: { ...env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = new Promise((resolve) => child.once('close', resolve));
  context.after(async () => {
    child.kill('SIGTERM');
    await closed;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  return await until(() => said.split('\n').find((line) => wanted.test(line)), `it says ${String(wanted)}`);
}

const lacks = /Node 24\.21\.0 lacks the security fixes of 21 October 2026 and 11 November 2026/;

for (const program of ['src/main.ts', 'sandbox/start.ts']) {
  test(`a start of ${program} on it says so in one line, with what to do`, async (context) => {
    const line = await saidBy(context, program, [], '24.21.0', lacks);
    assert.match(line, /\. Install Node 24\.22\.3 or 26\.13\.1 or newer/);
  });
}

test('doctor says so', async (context) => {
  const line = await saidBy(context, 'src/cli/index.ts', ['doctor'], '24.21.0', lacks);
  assert.match(line, /^! /);
});

test('doctor names the fixes that a good one has, and sends one that is too old away', async (context) => {
  const good = await saidBy(context, 'src/cli/index.ts', ['doctor'], '24.22.3', /Node 24/);
  assert.equal(good, '✓ Node 24.22.3, with the security fixes of 11 November 2026');
  await saidBy(context, 'src/cli/index.ts', ['doctor'], '22.23.5', /^✗ Node 22\.23\.5 is too old/);
});
