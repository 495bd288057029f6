import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { createRoot } from '../../../src/lib/root.ts';
import { moveTo } from '../../../src/lib/move-file.ts';

it('never moves over a file that came to lie there in the last instant', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-move-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const [from, to] = [join(folder, 'a.md'), join(folder, 'b.md')];
  writeFileSync(from, 'ours');
  writeFileSync(to, 'theirs');
  assert.equal(await moveTo(createRoot(folder), from, to), 'taken');
  assert.deepEqual([readFileSync(from, 'utf8'), readFileSync(to, 'utf8')], ['ours', 'theirs']);
});
