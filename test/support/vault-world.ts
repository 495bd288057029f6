/** A vault in a folder of its own, with files as if written a minute ago. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, realpath, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { platforms } from '../../src/executors/platforms.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { createRoot } from '../../src/lib/root.ts';
import { createVault } from '../../src/vault/vault.ts';

export async function createVaultWorld(t: TestContext) {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'vault-')));
  t.after(() => rm(path, { recursive: true, force: true }));
  const open = () => createVault({ root: createRoot(path), platforms, clock: systemClock, logger: silentLogger });
  const vault = open();
  await vault.prepare();
  /** A file as if written a minute ago. */
  const put = async (place: string, content: string | Uint8Array) => {
    await mkdir(join(path, place, '..'), { recursive: true });
    await writeFile(join(path, place), content);
    const past = new Date(Date.now() - 60_000);
    await utimes(join(path, place), past, past);
  };
  const text = (place: string) => readFile(join(path, place), 'utf8');
  const first = async (folder: 'Pending_Approval' | 'Approved') => {
    const [file] = (await vault.list(folder)).files;
    assert.ok(file);
    return file;
  };
  return { path, vault, open, put, text, first };
}
