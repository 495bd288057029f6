/** Several drafts of one idea: how they name it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { platforms } from '../../../../src/executors/platforms.ts';
import { readDraft } from '../../../../src/vault/reading/read-draft.ts';

const now = new Date('2026-02-19T12:00:00Z');
const read = (matter: string) =>
  readDraft(`---\ntype: linkedin_post\n${matter}\n---\n\n## LinkedIn Post\n\nWe are open.\n`, 'x.md', platforms, now)
    .reading;
const nameOf = (matter: string): string => {
  const reading = read(matter);
  return reading.kind === 'draft' ? reading.set : assert.fail(`${reading.kind}: ${matter}`);
};

describe('the name of a set', () => {
  it('comes from the keys people use for it; ours win, and a draft without one has none', () => {
    for (const key of ['set', 'idea', 'campaign', 'source_task', 'original_task', 'source_plan']) {
      assert.equal(nameOf(`${key}: Summer sale`), 'Summer sale', key);
    }
    assert.equal(nameOf('source_plan: PLAN_1\nset: Summer sale'), 'Summer sale');
    assert.equal(nameOf('set:\nsource_plan: PLAN_1'), 'PLAN_1', 'an empty one says nothing');
    assert.equal(nameOf('topic: Summer sale'), '');
  });

  it('is the same however it is written', () => {
    for (const value of [
      'PLAN_20260217_partnership',
      '"PLAN_20260217_partnership.md"',
      '"[[PLAN_20260217_partnership]]"',
      '[[PLAN_20260217_partnership]]',
      '"[[PLAN_20260217_partnership.md|the plan]]"',
      "'  PLAN_20260217_partnership  '",
      '/PLAN_20260217_partnership.md',
      '- PLAN_20260217_partnership',
    ]) {
      const line = value.startsWith('- ') ? `source_plan:\n  ${value}` : `source_plan: ${value}`;
      assert.equal(nameOf(line), 'PLAN_20260217_partnership', value);
    }
    assert.equal(nameOf('set: Cafe\u0301'), nameOf('set: Café'), 'one Unicode form');
    assert.equal(nameOf('set: "Summer \\n  sale"'), 'Summer sale');
  });

  it('is none where nobody can say which, or where it is no name', () => {
    for (const value of [
      '[a, b]',
      '{a: b}',
      '"true"',
      '"???"',
      '"[[]]"',
      '"{{campaign}}"',
      '"<name>"',
      'none',
      `"${'x'.repeat(121)}"`,
      `"${'x'.repeat(5_000)}"`,
    ]) {
      assert.equal(nameOf(`set: ${value}`), '', value.slice(0, 40));
    }
    assert.equal(nameOf(`set: ${'x'.repeat(200_000)}`), '', 'also a huge one');
  });

  it('can hold no sign that is unseen or turns the writing', () => {
    assert.equal(nameOf('set: "\\u202eelas\\u202c \\u0007 summer\\u200b\\u0000"'), 'elas summer');
  });

  it('twice and differently, it asks nothing: nothing that leaves depends on it', () => {
    const reading = read('set: One\nset: Two');
    assert.deepEqual(
      reading.problems.map(({ severity }) => severity),
      ['warns'],
    );
  });

  it('is bounded and on one line, whatever stands there, and the text stays what it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.json()), (value) => {
        const reading = read(`set: ${JSON.stringify(value)}`);
        if (reading.kind !== 'draft') return assert.fail(reading.kind);
        assert.ok(reading.set.length <= 120);
        assert.doesNotMatch(reading.set, /[\p{Cc}\u202a-\u202e]/u);
        assert.equal(reading.effect.text, 'We are open.');
      }),
    );
  });
});
