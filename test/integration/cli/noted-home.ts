import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { ControlNote } from '../../../src/bot/web/control.ts';
import { readConfig } from '../../../src/config/index.ts';
import { controlKey, token } from '../bot/web/web-world.ts';

/** A DATA_DIR with the note of a running Countersign in it, and the settings of whoever has it. */
export function createNotedHome(t: Pick<TestContext, 'after'>, note: Partial<ControlNote>) {
  const home = mkdtempSync(join(tmpdir(), 'countersign-cli-'));
  t.after(() => rmSync(home, { recursive: true }));
  writeFileSync(join(home, 'control.json'), JSON.stringify({ token, pid: process.pid, key: controlKey, ...note }));
  const config = readConfig({ VAULT_PATH: join(home, 'vault'), DATA_DIR: home }, home);
  assert.ok(config.kind === 'settings');
  return { home, config, settings: config.settings };
}
