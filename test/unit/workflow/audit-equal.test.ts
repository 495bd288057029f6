/** Equal effects leave once, unless whoever approved the second was told of the first: what the audit says of it. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Attempt } from '../../../src/domain/attempt.ts';
import type { Decision } from '../../../src/domain/decision.ts';
import { canonicalEffect } from '../../../src/domain/effect.ts';
import type { Effect } from '../../../src/domain/effect.ts';
import { sha256 } from '../../../src/lib/hash.ts';
import { audit } from '../../../src/workflow/audit/index.ts';
import {
  attempt,
  decision,
  draft,
  effect,
  fileAt,
  hashOf,
  otherEffect,
  recordOf,
  revision,
  seen,
} from '../../support/audit-facts.ts';

const day = 86_400_000;
const later = (days: number): Date => new Date((attempt().committedAt?.getTime() ?? 0) + days * day);

type Twins = {
  readonly first?: Partial<Attempt>;
  readonly second?: Partial<Attempt>;
  readonly decided?: Partial<Decision>;
  readonly other?: Effect;
};

/** Two drafts of equal effect, and what an audit finds in them. */
function found({ first = {}, second = {}, decided = {}, other = effect }: Twins): readonly string[] {
  const file = fileAt('Done', 'm.md');
  const record = recordOf({
    drafts: [draft(), draft({ id: 'd2', key: 'k000000002', file, revision: hashOf(other) })],
    revisions: [revision(effect), { ...revision(other), draftId: 'd2' }],
    decisions: [decision(), decision({ id: 'e2', draftId: 'd2', revision: hashOf(other), ...decided })],
    attempts: [
      attempt(first),
      attempt({ id: 'a2', draftId: 'd2', decisionId: 'e2', revision: hashOf(other), ...second }),
    ],
  });
  const files = [fileAt('Done', 'n.md'), file];
  return audit(seen({ record, files, received: [], shown: [], written: [] })).map(
    ({ promise, code }) => `${promise} ${code}`,
  );
}

const failed = { committedAt: undefined, outcome: 'retry_later', evidence: undefined } as const;
const unclear = { outcome: 'unknown', evidence: undefined } as const;

const cases: readonly (readonly [title: string, twins: Twins, expected: readonly string[]])[] = [
  ['two that left, the second without a word', {}, ['P2 equal_twice']],
  ['the first may have left', { first: unclear }, ['P2 equal_twice']],
  ['the second may have left', { second: unclear }, ['P2 equal_twice']],
  ['29 days later', { second: { committedAt: later(29) } }, ['P2 equal_twice']],
  ['the second was approved knowing of another one', { decided: { knew: ['d3'] } }, ['P2 equal_twice']],
  ['only case and answer marks differ', { other: { ...effect, account: 'YOU' } }, ['P2 equal_twice']],
  ['the second was approved knowing of the first', { decided: { knew: ['d1'] } }, []],
  ['the second was decided before anybody was asked', { decided: { knew: undefined } }, []],
  ['31 days later', { second: { committedAt: later(31) } }, []],
  ['the first never left', { first: failed }, []],
  ['the second never left', { second: failed }, []],
  ['they say different things', { other: otherEffect }, []],
];

for (const [title, twins, expected] of cases) {
  it(`${title}: ${expected.join() || 'nothing is found'}`, () => {
    assert.deepEqual(found(twins), expected);
  });
}

it('an effect on record from before names counted is what its hash says', () => {
  const media = [
    { path: 'Media/a.png', name: 'a.png', sha256: sha256('png'), bytes: 3, type: 'image/png' },
  ] as Effect['media'];
  const pictured: Effect = { ...effect, media };
  const hash = sha256(canonicalEffect(pictured, 1));
  assert.notEqual(hash, hashOf(pictured));
  const record = recordOf({
    drafts: [draft({ revision: hash })],
    revisions: [{ ...revision(pictured), hash, mark: revision(effect).mark }],
    decisions: [decision({ revision: hash })],
    attempts: [attempt({ revision: hash })],
  });
  assert.deepEqual(audit(seen({ record, received: [], shown: [] })), []);
});
