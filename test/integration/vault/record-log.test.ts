import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { createRoot } from '../../../src/lib/root.ts';
import { createRecordLog, readRecordLog } from '../../../src/vault/record-log.ts';
import type { LogEntry } from '../../../src/vault/record-log.ts';

const entry = (id: string, change: Partial<LogEntry> = {}): LogEntry => ({
  at: '2026-03-02 09:00:00',
  what: 'approve',
  file: 'LINKEDIN_a.md',
  who: 'by Olive (telegram:42)',
  text: '8d7bc7a569',
  id,
  ...change,
});

async function logWith(t: TestContext, ...ids: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-log-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'Logs', 'record.log');
  const root = createRoot(folder);
  const log = createRecordLog(root);
  for (const id of ids) await log.append([entry(id)]);
  const lines = () => readFileSync(file, 'utf8').trimEnd().split('\n');
  return {
    file,
    root,
    log,
    lines,
    write: (changed: readonly string[]) => writeFileSync(file, `${changed.join('\n')}\n`),
  };
}

describe('the log of decisions', () => {
  it('is plain lines in order, and knows its last one', async (t) => {
    const { root, log, lines } = await logWith(t, 'a', 'b');
    assert.match(lines()[0] ?? '', /^2026-03-02 09:00:00 \| approve \| LINKEDIN_a\.md \| by Olive/);
    assert.equal((await log.last())?.id, 'b');
    const read = await readRecordLog(root);
    assert.deepEqual(read, { entries: [entry('a'), entry('b')], brokenAt: undefined });
  });

  it('keeps its name before its first line, so that no power cut takes lines that count as written', async (t) => {
    const { file, root } = await logWith(t);
    const synced: string[] = [];
    const log = createRecordLog(root, async (folder) => void synced.push(`${folder}: “${readFileSync(file, 'utf8')}”`));
    for (const id of ['a', 'b']) await log.append([entry(id)]);
    assert.deepEqual(synced, [`${dirname(file)}: “”`]);
  });

  it('gives the newest of it, however long they are', async (t) => {
    const { log } = await logWith(t);
    assert.deepEqual(await log.latest(3), []);
    const ids = Array.from({ length: 120 }, (_, number) => `id${number}`);
    await log.append(ids.map((id) => entry(id, { file: 'ä'.repeat(120) })));
    const latest = (await log.latest(100)).map(({ id }) => id);
    assert.ok(latest.length >= 100);
    assert.deepEqual(latest, ids.slice(-latest.length));
    assert.deepEqual((await log.latest(1_000)).length, 120);
  });

  it('shows a line that was changed, put in or taken out', async (t) => {
    const { root, lines, write } = await logWith(t, 'a', 'b', 'c');
    const [a = '', b = '', c = ''] = lines();
    for (const [changed, at] of [
      [[a, b.replace('Olive', 'Mallory'), c], 2],
      [[a, c], 2],
      [[a, b, b, c], 3],
      [[b, a, c], 1],
    ] as const) {
      write(changed);
      assert.equal((await readRecordLog(root)).brokenAt, at);
    }
  });

  it('goes on after a line the process died in', async (t) => {
    const { file, root, log } = await logWith(t, 'a');
    appendFileSync(file, '2026-03-02 09:00:01 | appr');
    await log.append([entry('b')]);
    const { entries, brokenAt } = await readRecordLog(root);
    assert.deepEqual(
      entries.map(({ id }) => id),
      ['a', 'b'],
    );
    assert.equal(brokenAt, undefined);
  });

  it('keeps strangers’ names on their line and in their column', async (t) => {
    const { root, log } = await logWith(t);
    await log.append([entry('a', { file: 'x | approve | y.md' })]);
    assert.equal((await readRecordLog(root)).entries[0]?.file, 'x ¦ approve ¦ y.md');
  });
});
