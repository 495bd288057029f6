import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mayAct } from '../../../src/domain/approver.ts';

const sara = { source: 'chat', id: '7', name: 'Sara' };

describe('who may act', () => {
  it('goes by immutable id and source, never by name', () => {
    const list = new Map([['chat', new Set(['7'])]]);
    assert.equal(mayAct(list, sara, 'approve').kind, 'allowed');
    assert.equal(mayAct(list, { ...sara, id: '8' }, 'approve').kind, 'refused');
    assert.equal(mayAct(list, { ...sara, source: 'web' }, 'approve').kind, 'refused');
  });

  it('refuses everybody when the list is empty or missing, and says why', () => {
    for (const list of [new Map(), new Map([['chat', new Set<string>()]])]) {
      const permission = mayAct(list, sara, 'look');
      assert.equal(permission.kind, 'refused');
      assert.match(permission.kind === 'refused' ? permission.why : '', /not on the list/);
    }
  });
});
