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
    assert.deepEqual(approving, ['pending', 'rejected', 'failed', 'vanished']);
  });

  it('never touch what is being carried out', () => {
    for (const folder of folders.filter((one) => one !== 'In_Progress')) {
      assert.equal(meaningOfMove('in_progress', folder).kind, 'undo_move', folder);
    }
  });

  it('say why when they are undone', () => {
    for (const state of states) {
      for (const folder of folders) {
        const meaning = meaningOfMove(state, folder);
        if (meaning.kind === 'undo_move' || meaning.kind === 'ask_again') assert.ok(meaning.say.length > 10);
      }
    }
  });
});
