/** What the audit of a real vault calls a breach, and what it only says because something allowed may explain it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { auditReal } from '../../../src/workflow/audit/real.ts';
import type { RealVault } from '../../../src/workflow/audit/real.ts';
import { asking, attempt, card, draft, fileAt, recordOf, row } from '../../support/audit-facts.ts';

const vault = (change: Partial<RealVault> = {}): RealVault => ({
  isRunning: false,
  waiting: new Set(),
  files: [fileAt('Done', 'n.md')],
  record: recordOf(),
  ...change,
});
const found = (facts: RealVault) => {
  const { breaches, explained } = auditReal(facts);
  return [...breaches.map(({ code }) => code), ...explained.map(({ by }) => by)];
};
const asks = { record: asking(), files: [fileAt('Pending_Approval', 'n.md')] };
const untrue = recordOf({ cards: [row({ wanted: card({ mood: 'asks' }) })] });
const misplaced = (folder: 'Rejected' | 'Approved') => ({
  files: [fileAt(folder, 'n.md')],
  record: recordOf({ drafts: [draft({ file: fileAt(folder, 'n.md') })], cards: [] }),
});
const unshown = recordOf({ cards: [row({ shownHash: '' })] });

describe('the audit of a real vault', () => {
  it('finds nothing where everything agrees', () => {
    for (const isRunning of [true, false]) {
      assert.deepEqual(found(vault({ isRunning, approvalsNeeded: 1 })), []);
      assert.deepEqual(found(vault({ isRunning, ...asks })), []);
    }
  });

  for (const [what, code, facts] of [
    ['a file that is gone', 'gone', { ...asks, files: [] }],
    ['a file that is new', 'unseen', { files: [fileAt('Done', 'n.md'), fileAt('Approved', 'm.md')] }],
    [
      'a file that was edited',
      'other_bytes',
      { ...asks, files: [fileAt('Pending_Approval', 'n.md', { contentHash: 'x' })] },
    ],
    [
      'a file with two names',
      'two_places',
      { files: [fileAt('Done', 'n.md'), fileAt('Done', 'm.md', { inode: '1:n.md' })] },
    ],
    ['a file that was not moved on', 'wrong_folder', misplaced('Approved')],
    ['a card of an open draft that is old', 'untrue_card', { ...asks, record: { ...asking(), cards: untrue.cards } }],
  ] as const) {
    it(`says ${what} when stopped, and calls it a breach when running`, () => {
      assert.deepEqual(found(vault(facts)), ['stop']);
      assert.deepEqual(found(vault({ ...facts, isRunning: true })), [code]);
    });
  }

  it('calls what no start would look at a breach, unless a job is left for it', () => {
    for (const [code, facts] of [
      ['untrue_card', { record: untrue }],
      ['wrong_folder', misplaced('Rejected')],
    ] as const) {
      assert.deepEqual(found(vault(facts)), [code]);
      assert.deepEqual(found(vault({ ...facts, waiting: new Set(['d1']) })), ['stop']);
      assert.deepEqual(found(vault({ ...facts, waiting: new Set(['d2']) })), [code]);
    }
  });

  it('never calls it a breach that a chat has not caught up', () => {
    assert.deepEqual(found(vault({ record: unshown })), ['stop']);
    assert.deepEqual(found(vault({ record: unshown, isRunning: true })), ['chat']);
  });

  it('says who is on no list now, and a number that is higher now', () => {
    for (const isRunning of [true, false]) {
      assert.deepEqual(found(vault({ isRunning, approvers: new Map() })), ['people']);
      assert.deepEqual(found(vault({ isRunning, approvalsNeeded: 2 })), ['number']);
    }
  });

  it('calls what left without enough a breach, stopped or running, whatever the settings say', () => {
    const few = recordOf({ attempts: [attempt({ needed: 2 })] });
    const none = recordOf({ decisions: [], attempts: [attempt({ needed: 0 })] });
    for (const isRunning of [true, false]) {
      assert.deepEqual(found(vault({ isRunning, record: few, approvalsNeeded: 1 })), ['too_few']);
      assert.deepEqual(found(vault({ isRunning, record: none, approvers: new Map() })), ['no_decision']);
    }
  });
});
