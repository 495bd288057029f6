import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { approvalsOf } from '../../../src/domain/approvals.ts';
import type { Identities } from '../../../src/domain/approver.ts';
import type { Decision, DraftVerb } from '../../../src/domain/decision.ts';

/** "7 approve", "web:owner approve other": who, what, on which text. */
const decisions = (...lines: readonly string[]): readonly Decision[] =>
  lines.map((line, at) => {
    const [who = '', verb, revision = 'r'] = line.split(' ');
    const [source, id] = who.includes(':') ? who.split(':') : ['chat', who];
    const actor = { source: source ?? '', id: id ?? '', name: who };
    return {
      id: `${at}`,
      draftId: 'd',
      revision,
      verb: verb as DraftVerb,
      actor,
      at: new Date(at),
      reason: '',
      knew: [],
    };
  });
const nobody: Identities = new Map();
const people = (given: readonly Decision[], askedFrom = 0, identities = nobody) =>
  approvalsOf(given, { askedFrom, revision: 'r' }, identities).map(({ actor }) => actor.name);

describe('the approvals that count', () => {
  it('are one per person, by source and id', () => {
    assert.deepEqual(people(decisions('7 approve', '7 approve', 'mail:7 approve')), ['7', 'mail:7']);
  });

  it('are one for all ways in of whoever sits at the machine', () => {
    assert.equal(people(decisions('vault:owner approve', 'web:owner approve', 'cli:owner approve')).length, 1);
  });

  it('are one for all ids of one person, and the newest counts', () => {
    const identities = new Map([
      ['chat:7', 'Sara'],
      ['desk:7', 'Sara'],
      ['owner', 'Sara'],
      ['chat:8', 'Ben'],
    ]);
    const given = decisions('7 approve', 'desk:7 approve', 'vault:owner approve', '8 approve');
    assert.deepEqual(people(given, 0, identities), ['vault:owner', '8']);
    assert.deepEqual(people(given), ['7', 'desk:7', 'vault:owner', '8']);
  });

  it('are not taken together because a person is called like an id', () => {
    const identities = new Map([['chat:7', 'chat:8']]);
    assert.equal(people(decisions('7 approve', '8 approve'), 0, identities).length, 2);
  });

  it('begin anew with whatever else is decided, but not with a reason', () => {
    for (const verb of [
      'edit',
      'choose',
      'plain',
      'reply_all',
      'reject',
      'postpone',
      'undo',
      'not_happened',
      'leave',
    ]) {
      assert.deepEqual(people(decisions('7 approve', `8 ${verb}`, '9 approve')), ['9'], verb);
    }
    assert.deepEqual(people(decisions('7 approve', '8 reason', '9 approve')), ['7', '9']);
  });

  it('are of exactly this text, and none from before the question', () => {
    assert.deepEqual(people(decisions('7 approve other', '8 approve')), ['8']);
    assert.deepEqual(people(decisions('7 approve', '8 approve other')), []);
    assert.deepEqual(people(decisions('7 approve', '8 approve'), 1), ['8']);
  });

  it('count trying again as a yes to the same text', () => {
    assert.deepEqual(people(decisions('7 approve', '8 retry')), ['7', '8']);
  });
});
