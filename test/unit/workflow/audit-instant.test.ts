/** At the instant a card is shown: for each mood, the least that must be on record, and what is missing without it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Card } from '../../../src/domain/card.ts';
import type { LedgerRecord } from '../../../src/ledger/record.ts';
import { unsupported } from '../../../src/workflow/audit/chat.ts';
import { attempt, card, decision, hashOf, otherEffect, recordOf, refused } from '../../support/audit-facts.ts';

type Case = {
  readonly mood: Card['mood'];
  readonly enough: readonly Partial<LedgerRecord>[];
  readonly lacking: readonly Partial<LedgerRecord>[];
  readonly missing: string;
};
const nothing = { decisions: [], attempts: [] };
const others = { decisions: [decision({ draftId: 'd2' })], attempts: [attempt({ draftId: 'd2' })] };
const said = (verb: 'approve' | 'retry' | 'reject' | 'happened' | 'leave' | 'postpone') => ({
  ...nothing,
  decisions: [decision({ verb })],
});
const tried = (one: ReturnType<typeof attempt>) => ({ ...nothing, attempts: [one] });

const cases: readonly Case[] = [
  {
    mood: 'waits',
    enough: [said('approve'), said('retry')],
    lacking: [
      nothing,
      others,
      said('reject'),
      { ...nothing, decisions: [decision({ revision: hashOf(otherEffect) })] },
    ],
    missing: 'no approval of this text',
  },
  { mood: 'works', enough: [tried(attempt())], lacking: [nothing, others, said('approve')], missing: 'no attempt' },
  {
    mood: 'done',
    enough: [tried(attempt()), said('reject'), said('happened')],
    lacking: [nothing, others, said('approve'), tried(refused()), tried(attempt({ outcome: 'unknown' }))],
    missing: 'nothing that went out or was closed',
  },
  { mood: 'rejected', enough: [said('reject')], lacking: [nothing, others, said('approve')], missing: 'no rejection' },
  {
    mood: 'failed',
    enough: [tried(refused()), said('leave')],
    lacking: [nothing, others, said('approve'), tried(attempt({ outcome: undefined }))],
    missing: 'no failure',
  },
  {
    mood: 'unknown',
    enough: [tried(attempt({ outcome: undefined }))],
    lacking: [nothing, others, tried(refused())],
    missing: 'no attempt that may have left',
  },
  {
    mood: 'later',
    enough: [said('postpone')],
    lacking: [nothing, others, said('approve')],
    missing: 'nobody put it off',
  },
];

describe('a card at the moment it is shown', () => {
  for (const { mood, enough, lacking, missing } of cases) {
    it(`may say ${mood} once that is on record, and not before`, () => {
      for (const facts of enough) assert.equal(unsupported(card({ mood }), recordOf(facts)), undefined);
      for (const facts of lacking) assert.equal(unsupported(card({ mood }), recordOf(facts)), missing);
    });
  }

  it('may say no more approvals than people gave, each counted once', () => {
    const asks = (given: number) => card({ mood: 'asks', approvals: { given, needed: 3 } });
    const twice = { decisions: [decision(), decision({ id: 'e2' })] };
    const owner = (source: string) => decision({ id: source, actor: { source, id: 'owner', name: 'by hand' } });
    const oneOwner = { decisions: [owner('vault'), owner('cli')] };
    for (const facts of [twice, oneOwner]) {
      assert.equal(unsupported(asks(1), recordOf(facts)), undefined);
      assert.equal(unsupported(asks(2), recordOf(facts)), 'fewer approvals than it says');
    }
    assert.equal(unsupported(card({ mood: 'asks' }), recordOf(nothing)), undefined);
  });

  it('may say what needs no decision, but of no draft that is not on record', () => {
    for (const mood of ['blocked', 'nothing', 'gone'] as const) {
      assert.equal(unsupported(card({ mood }), recordOf(nothing)), undefined);
      assert.equal(unsupported(card({ mood, key: 'k000000009' }), recordOf()), 'no such draft');
    }
  });
});
