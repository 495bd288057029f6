import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roleLines } from '../../../src/domain/role-words.ts';

test('says who has which role, each person once, and how many must approve', () => {
  assert.deepEqual(roleLines({ approvers: [], editors: [], viewers: [] }, 1), ['May decide: whoever paired']);
  assert.deepEqual(roleLines({ approvers: ['1', '2'], editors: ['2', '3'], viewers: ['1', '3', '4'] }, 2), [
    'May decide: 1, 2',
    'May edit: 3',
    'May look: 4',
    'It leaves when 2 different people approved exactly the same text',
  ]);
});
