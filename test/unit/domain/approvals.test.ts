import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { approvalsOf } from '../../../src/domain/approvals.ts';
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
const people = (given: readonly Decision[], askedFrom = 0) =>
  approvalsOf(given, { askedFrom, revision: 'r' }).map(({ actor }) => actor.name);

describe('the approvals that count', () => {
  it('are one per person, by source and id', () => {
    assert.deepEqual(people(decisions('7 approve', '7 approve', 'mail:7 approve')), ['7', 'mail:7']);
  });

  it('are one for all ways in of whoever sits at the machine', () => {
    assert.equal(people(decisions('vault:owner approve', 'web:owner approve', 'cli:owner approve')).length, 1);
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
