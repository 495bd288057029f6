/** Every breach the audit knows, each from the smallest facts that break that promise and no other. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { audit } from '../../../src/workflow/audit/index.ts';
import type { Seen } from '../../../src/workflow/audit/index.ts';
import {
  arrived,
  asking,
  attempt,
  card,
  decision,
  draft,
  effect,
  fileAt,
  hashOf,
  otherEffect,
  recordOf,
  refused,
  revision,
  row,
  seen,
  seenAsking,
} from '../../support/audit-facts.ts';

type Case = readonly [code: string, broken: string, facts: Seen];

const second = decision({ id: 'e2', actor: { source: 'chat', id: '8', name: 'Bob' } });

/** So that a decision that does not count is not also one too few. */
const nobodyNeeded = (change: Parameters<typeof recordOf>[0]) =>
  seen({ record: recordOf(change), approvalsNeeded: 0, accepted: [], received: [] });

const sending: readonly Case[] = [
  ['P1 no_decision', 'an attempt without any decision', seen({ record: recordOf({ decisions: [] }), accepted: [] })],
  [
    'P1 no_decision',
    'an attempt under a rejection',
    nobodyNeeded({ decisions: [decision({ verb: 'reject' })], attempts: [attempt({ needed: 0 })] }),
  ],
  [
    'P1 no_decision',
    'an attempt under the approval of another draft',
    nobodyNeeded({ decisions: [decision({ draftId: 'd2' })], attempts: [attempt({ needed: 0 })] }),
  ],
  [
    'P1 other_revision',
    'an attempt with a text that nobody approved',
    nobodyNeeded({
      revisions: [revision(effect), revision(otherEffect)],
      attempts: [attempt({ revision: hashOf(otherEffect), needed: 0 })],
    }),
  ],
  [
    'P1 not_allowed',
    'an attempt approved by somebody who is on no list',
    seen({ approvers: new Map([['chat', new Set(['8'])]]) }),
  ],
  [
    'P1 other_effect',
    'a stored effect that is not what its hash says',
    seen({
      record: recordOf({
        revisions: [{ ...revision(effect), effect: otherEffect }],
        cards: [],
      }),
      shown: [],
      received: [{ effect: { text: 'Two.' } }],
    }),
  ],
  [
    'P1 other_effect',
    'an attempt of a revision that is not on record',
    seen({ record: recordOf({ revisions: [], cards: [] }), shown: [], received: [] }),
  ],
  [
    'P1 older_decision',
    'an attempt that goes back to an older approval',
    seen({
      record: recordOf({
        decisions: [decision(), second],
        attempts: [refused({ decisionId: 'e2' }), attempt({ id: 'a2', number: 2 })],
      }),
    }),
  ],
  [
    'P1 unapproved',
    'an arrival that no attempt stands for',
    seen({ received: [arrived(), { effect: { text: 'Something else.' } }] }),
  ],
  [
    'P1 unapproved',
    'an arrival whose attempt never passed the point of no return',
    seen({ record: recordOf({ attempts: [refused()] }) }),
  ],
  ['P1 unapproved', 'an arrival under the key of another run', seen({ received: [arrived(effect, 'e9')] })],
  [
    'P2 too_few',
    'an attempt that says itself it needed more',
    seen({ record: recordOf({ attempts: [attempt({ needed: 2 })] }) }),
  ],
  ['P2 too_few', 'an attempt with fewer approvals than the settings ask for', seen({ approvalsNeeded: 2 })],
  [
    'P2 too_few',
    'one person who approved twice',
    seen({
      record: recordOf({
        decisions: [decision(), { ...second, actor: decision().actor }],
        attempts: [attempt({ decisionId: 'e2' })],
      }),
      received: [arrived(effect, 'e2')],
      approvalsNeeded: 2,
    }),
  ],
  [
    'P2 too_few',
    'two approvals with a rejection between them',
    seen({
      record: recordOf({
        decisions: [decision(), decision({ id: 'e3', verb: 'reject' }), second],
        attempts: [attempt({ decisionId: 'e2' })],
      }),
      received: [arrived(effect, 'e2')],
      approvalsNeeded: 2,
    }),
  ],
  ['P2 twice', 'one approval that arrived twice', seen({ received: [arrived(), arrived()] })],
  ...(['posted', 'unknown', undefined] as const).map((outcome): Case => [
    'P2 repeated',
    `an attempt after one of the same approval whose outcome is ${outcome ?? 'not on record'}`,
    seen({
      record: recordOf({
        attempts: [
          attempt({ outcome, ...(outcome === 'posted' ? {} : { evidence: undefined }) }),
          refused({ id: 'a2', number: 2 }),
        ],
      }),
    }),
  ]),
  [
    'P3 no_evidence',
    'an attempt that is said to have gone out, without evidence',
    seen({ record: recordOf({ attempts: [attempt({ evidence: undefined })] }) }),
  ],
];

const vault: readonly Case[] = [
  [
    'P3 decision_lost',
    'an answer "accepted" whose decision is not on record',
    seen({ accepted: [{ key: 'k000000001', verb: 'reject', actorId: '7' }] }),
  ],
  [
    'P3 decision_lost',
    'two answers "accepted" for one decision',
    seen({ accepted: [1, 2].map(() => ({ key: 'k000000001', verb: 'approve', actorId: '7' }) as const) }),
  ],
  ['P3 lost', 'a text that is in no file', seen({ written: [{ mark: 'Three.', least: 1, most: 1 }] })],
  ['P3 doubled', 'a text that is in two files', seen({ files: [fileAt('Done', 'n.md'), fileAt('Done', 'n-2.md')] })],
  [
    'P3 doubled',
    'a text that is in two files, while everything is on its way',
    seen({ settled: false, files: [fileAt('Done', 'n.md'), fileAt('Done', 'n-2.md')] }),
  ],
  [
    'P3 two_drafts',
    'two drafts that wait at one place',
    seenAsking({
      record: { ...asking(), drafts: [...asking().drafts, ...asking({ id: 'd2', key: 'k000000002' }).drafts] },
    }),
  ],
  ['P3 gone', 'a draft that waits without a file', seenAsking({ files: [] })],
  [
    'P3 two_places',
    'one file under two names',
    seen({ files: [fileAt('Done', 'n.md'), fileAt('Done', 'm.md', { inode: '1:n.md' })], written: [] }),
  ],
  ...(['Pending_Approval', 'Approved', 'In_Progress'] as const).map((folder): Case => [
    'P3 unseen',
    `a file in ${folder} that is no draft`,
    seen({ files: [fileAt('Done', 'n.md'), fileAt(folder, 'm.md')], written: [] }),
  ]),
  [
    'P4 wrong_folder',
    'a file in another folder than its state has',
    seen({
      files: [fileAt('Rejected', 'n.md')],
      record: recordOf({ drafts: [draft({ file: fileAt('Rejected', 'n.md') })], cards: [] }),
      shown: [],
    }),
  ],
  [
    'P4 other_bytes',
    'a file that waits and says something else than the record',
    seenAsking({ files: [fileAt('Pending_Approval', 'n.md', { contentHash: 'other' })] }),
  ],
];

const wanting = (wanted: Parameters<typeof card>[0]) =>
  seen({ record: recordOf({ cards: [row({ wanted: card(wanted) })] }), shown: [] });

const cards: readonly Case[] = [
  ['P4 untrue_card', 'a card in the mood of another state', wanting({ mood: 'rejected' })],
  ['P4 untrue_card', 'a card with an old revision', wanting({ revision: '0000000000' })],
  ['P4 untrue_card', 'a card with another text', wanting({ text: 'Two.' })],
  ['P4 untrue_card', 'a card that offers to approve what is over', wanting({ verbs: ['approve'] })],
  ['P4 untrue_card', 'a card that names another place', wanting({ file: 'Approved/n.md' })],
  [
    'P4 not_shown',
    'a card that the chat does not show',
    seen({ record: recordOf({ cards: [row({ shownHash: '' })] }), shown: [] }),
  ],
  [
    'P4 not_shown',
    'a replaced card that still has its buttons',
    seen({ record: recordOf({ cards: [row({ retiring: 'message-0' })] }) }),
  ],
  [
    'P4 unknown_card',
    'a card in the chat that is not on record',
    seen({ shown: [{ channel: 'chat', key: 'k000000009', card: card() }] }),
  ],
  [
    'P4 other_card',
    'a card in the chat with another text',
    seen({ shown: [{ channel: 'chat', key: 'k000000001', card: { text: 'Two.' } }] }),
  ],
  [
    'P4 other_card',
    'a message that does not say how things stand',
    seen({ shown: [{ channel: 'chat', key: 'k000000001', card: {}, words: 'Waiting for you' }] }),
  ],
];

const all = [...sending, ...vault, ...cards];
const codesOf = (facts: Seen) => audit(facts).map(({ promise, code }) => `${promise} ${code}`);

describe('the audit finds', () => {
  for (const [code, broken, facts] of all) {
    it(`${broken}: ${code}`, () => assert.deepEqual(codesOf(facts), [code]));
  }
});

describe('the audit', () => {
  it('finds nothing where everything agrees, whether settled or on its way', () => {
    for (const settled of [true, false]) {
      assert.deepEqual(audit(seen({ settled })), []);
      assert.deepEqual(audit(seenAsking({ settled })), []);
    }
  });

  it('has a case here for every breach it knows', () => {
    const known = ['sending', 'folders', 'chat'].flatMap((part) => {
      const source = readFileSync(new URL(`../../../src/workflow/audit/${part}.ts`, import.meta.url), 'utf8');
      return [...source.matchAll(/breach\('(P\d)', '(\w+)'/g)].map(([, promise, code]) => `${promise} ${code}`);
    });
    assert.deepEqual([...new Set(all.map(([code]) => code))].toSorted(), [...new Set(known)].toSorted());
  });

  it('lets files, places and cards differ while everything is on its way', () => {
    for (const [code, , facts] of [...vault, ...cards]) {
      const found = codesOf({ ...facts, settled: false });
      assert.deepEqual(found, /lost|doubled/.test(code) ? [code] : [], code);
    }
  });

  it('takes the two names a file has while it is moved for one', () => {
    const files = [fileAt('Approved', 'n.md'), fileAt('Done', 'n.md')];
    assert.deepEqual(audit(seen({ settled: false, files })), []);
  });
});
