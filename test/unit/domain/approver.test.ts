import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mayAct, roleOf } from '../../../src/domain/approver.ts';
import type { Verb } from '../../../src/domain/decision.ts';

const sara = { source: 'chat', id: '7', name: 'Sara' };

const verbs: readonly (Verb | 'look')[] = [
  'look',
  'comment',
  'approve',
  'reject',
  'close',
  'edit',
  'restore',
  'choose',
  'reply_all',
  'plain',
  'postpone',
  'reason',
  'undo',
  'happened',
  'not_happened',
  'leave',
  'retry',
  'pause',
  'resume',
];

describe('who may act', () => {
  it('goes by immutable id and source, never by name', () => {
    const list = new Map([['chat', new Set(['7'])]]);
    assert.equal(mayAct({ approvers: list }, sara, 'approve').kind, 'allowed');
    assert.equal(mayAct({ approvers: list }, { ...sara, id: '8' }, 'approve').kind, 'refused');
    assert.equal(mayAct({ approvers: list }, { ...sara, source: 'web' }, 'approve').kind, 'refused');
  });

  it('refuses everybody when the list is empty or missing, and says why', () => {
    for (const list of [new Map(), new Map([['chat', new Set<string>()]])]) {
      const permission = mayAct({ approvers: list }, sara, 'look');
      assert.equal(permission.kind, 'refused');
      assert.match(permission.kind === 'refused' ? permission.why : '', /not on the list/);
    }
  });

  it('lets an approver do everything, an editor change texts, a viewer look and comment, a stranger nothing', () => {
    const list = (id: string) => new Map([['chat', new Set([id])]]);
    const people = { approvers: list('1'), editors: list('2'), viewers: list('3') };
    const may = (id: string) => verbs.filter((verb) => mayAct(people, { ...sara, id }, verb).kind === 'allowed');
    assert.deepEqual(may('1'), verbs);
    assert.deepEqual(may('2'), ['look', 'comment', 'edit', 'restore', 'choose', 'reply_all', 'plain', 'reason']);
    assert.deepEqual(may('3'), ['look', 'comment']);
    assert.deepEqual(may('4'), []);
  });

  it('says what somebody is, and what they can’t', () => {
    const people = { approvers: new Map(), editors: new Map([['chat', new Set(['7'])]]) };
    const permission = mayAct(people, sara, 'approve');
    assert.equal(
      permission.kind === 'refused' && permission.why,
      "You may edit drafts but are not on the list of approvers, so you can't approve drafts here.",
    );
  });

  it('takes the stronger role of somebody in two lists', () => {
    const list = new Map([['chat', new Set(['7'])]]);
    assert.equal(roleOf({ approvers: list, editors: list, viewers: list }, sara), 'approver');
    assert.equal(roleOf({ approvers: new Map(), editors: list, viewers: list }, sara), 'editor');
  });
});
