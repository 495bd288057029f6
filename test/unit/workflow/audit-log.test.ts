/** The log in the vault against the record: each way in which they may disagree, in words. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LogEntry } from '../../../src/vault/record-log.ts';
import { auditLog } from '../../../src/workflow/audit/log.ts';
import { entryOf, resultOf } from '../../../src/workflow/keep-log.ts';
import { attempt, decision, recordOf } from '../../support/audit-facts.ts';

const record = recordOf();
const approved = entryOf(decision(), 'n.md');
const left = resultOf(attempt(), 'n.md');
const found = (...entries: readonly LogEntry[]) => auditLog({ entries, brokenAt: undefined }, record);

describe('the log against the record', () => {
  it('agrees when each decision and each result has its line', () => {
    assert.deepEqual(found(approved, left), []);
  });

  it('agrees when a file was renamed and the zone of the clock changed', () => {
    assert.deepEqual(found({ ...approved, file: 'other.md', at: '2026-03-02 23:00:00' }, left), []);
  });

  it('expects no result of an attempt that still runs', () => {
    const running = recordOf({ attempts: [attempt({ phase: 'committed', outcome: undefined })] });
    assert.deepEqual(auditLog({ entries: [approved], brokenAt: undefined }, running), []);
  });

  it('names a line the ledger does not know', () => {
    const words = `${approved.at} approve n.md ${approved.who}`;
    assert.deepEqual(found(approved, left, { ...approved, id: 'x9' }), [
      `The log says “${words}”; the ledger knows nothing of it.`,
    ]);
  });

  it('names a line that says other words than the ledger, whichever they are', () => {
    const changes = [
      { what: 'reject' },
      { who: 'by Mallory (chat:666)' },
      { text: '0000000000' },
    ] as const satisfies readonly Partial<LogEntry>[];
    for (const change of changes) {
      const entry = { ...approved, ...change };
      assert.deepEqual(found(entry, left), [
        `The log says “${entry.at} ${entry.what} n.md ${entry.who}”; the ledger says “approve ${approved.who}”.`,
      ]);
    }
    assert.match(found(approved, { ...left, what: 'did not leave' }).join(), /the ledger says “passed the point of no/);
  });

  it('names a line that stands there twice', () => {
    assert.deepEqual(found(approved, approved, left), [
      `“${approved.at} approve n.md ${approved.who}” stands in the log twice.`,
    ]);
  });

  it('names what the ledger has and the log has not', () => {
    assert.deepEqual(found(left), [
      `The ledger says “${approved.at} approve ${approved.who}”; the log does not have it.`,
    ]);
    assert.deepEqual(found(approved), [
      `The ledger says “${left.at} passed the point of no return ${left.who}”; the log does not have it.`,
    ]);
  });

  it('says where the chain breaks, also where every line agrees', () => {
    assert.deepEqual(auditLog({ entries: [approved, left], brokenAt: 2 }, record), [
      'The chain is broken at line 2: that line, or one before it, was changed, put in or taken out.',
    ]);
  });
});
