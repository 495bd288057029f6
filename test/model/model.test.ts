/** The short form of `npm run proof:model`: always the same walks, so that a red run is a change of ours and not of luck. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const run = fileURLToPath(new URL('./run.ts', import.meta.url));

describe('walks over everything that can happen', () => {
  it('keep every promise', { timeout: 180_000 }, (t) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [run, '--runs', '60', '--seed', '20260'], {
      encoding: 'utf8',
    });
    t.diagnostic(stdout.trim());
    assert.equal(status, 0, `${stdout}${stderr}`);
  });
});
