import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openLedger } from '../../../src/ledger/ledger.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';

const child = fileURLToPath(new URL('./kill-child.ts', import.meta.url));

test('after kill -9 everything acknowledged is there, whole, and nothing half', { timeout: 60_000 }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-kill-'));
  t.after(() => rm(folder, { recursive: true, force: true }));

  for (const killAfter of [1, 50, 400]) {
    const file = join(folder, `${killAfter}`, 'ledger.db');
    const acknowledged = await writeUntilKilled(file, killAfter);
    const opened = await openLedger({ file, clock: systemClock, logger: silentLogger });
    assert(opened.kind === 'open', JSON.stringify(opened));
    const { ledger } = opened;
    const drafts = await ledger.drafts.open();

    assert.ok(acknowledged >= killAfter);
    assert.ok(drafts.length > acknowledged, `${drafts.length} drafts, number ${acknowledged} was acknowledged`);
    for (const [index, draft] of drafts.entries()) {
      assert.equal(draft.id, `n${index}`);
      assert.equal(draft.state, 'approved');
      assert.equal((await ledger.decisions.of(draft.id)).length, 1);
    }
    assert.equal((await ledger.drafts.counts()).approved, drafts.length);
    await ledger.close();
  }
});

/** Returns the last number the writer had acknowledged when it died. */
async function writeUntilKilled(file: string, killAfter: number): Promise<number> {
  const writer = spawn(process.execPath, [child, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(writer, 'close');
  let last = -1;
  for await (const line of createInterface({ input: writer.stdout })) {
    last = Number(line);
    if (last === killAfter) writer.kill('SIGKILL');
  }
  await closed;
  assert.equal(writer.signalCode, 'SIGKILL', 'the writer died of something else');
  return last;
}
