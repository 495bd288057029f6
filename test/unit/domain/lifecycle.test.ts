import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { folderOf, meaningOfMove } from '../../../src/domain/lifecycle.ts';
import type { DraftState, Folder } from '../../../src/domain/lifecycle.ts';

const states: readonly DraftState[] = [
  'pending',
  'approved',
  'in_progress',
  'unknown',
  'done',
  'rejected',
  'failed',
  'vanished',
];
const folders: readonly Folder[] = [
  'Inbox',
  'Needs_Action',
  'Pending_Approval',
  'Approved',
  'In_Progress',
  'Done',
  'Rejected',
  'Failed',
  'Logs',
];

describe('moves by hand', () => {
  it('have a meaning for every state and every folder', () => {
    for (const state of states)
      for (const folder of folders) assert.ok(meaningOfMove(state, folder).kind, `${state} ${folder}`);
  });

  it('mean nothing when the file lies where it belongs', () => {
    for (const state of states) {
      if (state !== 'vanished') assert.equal(meaningOfMove(state, folderOf(state)).kind, 'none', state);
    }
  });

  it('approve only out of states in which nothing has left or may have', () => {
    const approving = states.filter((state) => meaningOfMove(state, 'Approved').kind === 'approve');
    assert.deepEqual(approving, ['pending', 'failed', 'vanished']);
  });

  it('ask once more about what was rejected, wherever the move into Approved came from', () => {
    assert.equal(meaningOfMove('rejected', 'Approved').kind, 'ask_again');
  });

  it('take back what is being prepared, until its point of no return', () => {
    const meanings = ['Pending_Approval', 'Rejected', 'Done'] as const;
    assert.deepEqual(
      meanings.map((folder) => meaningOfMove('in_progress', folder).kind),
      ['ask_again', 'reject', 'close'],
    );
  });

  it('never touch what is past its point of no return, and say that it is too late', () => {
    for (const folder of ['Pending_Approval', 'Approved', 'Done', 'Rejected', 'Failed'] as const) {
      assert.equal(meaningOfMove('in_progress', folder, true).kind, 'too_late', folder);
    }
    assert.equal(meaningOfMove('in_progress', 'In_Progress', true).kind, 'none');
  });

  it('say why when they are undone', () => {
    for (const state of states) {
      for (const folder of folders) {
        const meaning = meaningOfMove(state, folder);
        if ('say' in meaning) assert.ok(meaning.say.length > 10);
      }
    }
  });
});
