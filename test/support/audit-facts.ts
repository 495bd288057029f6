/** One draft that a person approved and that went out, as an audit sees it: everything agrees until a test changes it. */
import type { Attempt } from '../../src/domain/attempt.ts';
import type { Card } from '../../src/domain/card.ts';
import type { Decision } from '../../src/domain/decision.ts';
import type { Draft, FileTrace, Revision } from '../../src/domain/draft.ts';
import { plainLayout } from '../../src/domain/draft.ts';
import { canonicalEffect, emptyEffect } from '../../src/domain/effect.ts';
import type { Effect } from '../../src/domain/effect.ts';
import type { CardRow } from '../../src/domain/ledger-port.ts';
import type { LedgerRecord } from '../../src/ledger/record.ts';
import { likenessHash } from '../../src/ledger/likeness.ts';
import { sha256 } from '../../src/lib/hash.ts';
import type { Surveyed } from '../../src/vault/survey.ts';
import type { Seen } from '../../src/workflow/audit/seen.ts';
import { runKey } from '../../src/workflow/run-key.ts';
import { sampleCard } from './fake-door.ts';

const at = new Date('2026-03-02T09:00:00Z');

export const effect: Effect = { ...emptyEffect, platform: 'linkedin', action: 'post', account: 'you', text: 'One.' };
export const otherEffect: Effect = { ...effect, text: 'Two.' };
export const hashOf = (one: Effect): string => sha256(canonicalEffect(one));

type Place = readonly [folder: FileTrace['folder'], path: string, change?: Partial<FileTrace>];

const traceAt = (...[folder, path, change = {}]: Place): FileTrace => ({
  folder,
  path,
  contentHash: sha256('One.'),
  inode: `1:${path}`,
  size: 4,
  mtimeMs: 0,
  ...change,
});

export const fileAt = (...place: Place): Surveyed => ({ ...traceAt(...place), text: 'One.' });

export const draft = (change: Partial<Draft> = {}): Draft => ({
  id: 'd1',
  key: 'k000000001',
  state: 'done',
  file: traceAt('Done', 'n.md'),
  revision: hashOf(effect),
  platform: 'linkedin',
  account: 'you',
  choice: '',
  notBefore: undefined,
  askedFrom: 0,
  trouble: undefined,
  createdAt: at,
  updatedAt: at,
  ...change,
});

export const revision = (one: Effect): Revision => ({
  draftId: 'd1',
  hash: hashOf(one),
  mark: `mark of ${hashOf(one)}`,
  likeness: likenessHash(one),
  effect: one,
  problems: [],
  original: '',
  layout: plainLayout,
  at,
});

export const decision = (change: Partial<Decision> = {}): Decision => ({
  id: 'e1',
  draftId: 'd1',
  revision: hashOf(effect),
  verb: 'approve',
  actor: { source: 'chat', id: '7', name: 'Sara' },
  at,
  reason: '',
  knew: [],
  ...change,
});

export const attempt = (change: Partial<Attempt> = {}): Attempt => ({
  id: 'a1',
  draftId: 'd1',
  number: 1,
  decisionId: 'e1',
  revision: hashOf(effect),
  needed: 1,
  phase: 'ended',
  startedAt: at,
  committedAt: at,
  endedAt: at,
  outcome: 'posted',
  evidence: { link: 'https://example.com/1', messageId: '', note: '' },
  words: '',
  held: false,
  ...change,
});

/** An attempt that did not leave, for certain. */
export const refused = (change: Partial<Attempt> = {}): Attempt =>
  attempt({ committedAt: undefined, outcome: 'retry_later', evidence: undefined, ...change });

export const card = (change: Partial<Card> = {}): Card =>
  sampleCard({
    key: 'k000000001',
    revision: `mark of ${hashOf(effect)}`,
    mood: 'done',
    standing: 'Posted',
    text: 'One.',
    verbs: [],
    file: 'Done/n.md',
    ...change,
  });

export const row = (change: Partial<CardRow> = {}): CardRow => ({
  draftId: 'd1',
  channel: 'chat',
  wanted: card(),
  wantedHash: 'h',
  shownHash: 'h',
  ref: 'message-1',
  retiring: undefined,
  ...change,
});

export const arrived = (one: Effect = effect, decisionId = 'e1') => ({
  key: runKey('d1', decisionId, hashOf(one)),
  effect: one,
});

export const recordOf = (change: Partial<LedgerRecord> = {}): LedgerRecord => ({
  drafts: [draft()],
  revisions: [revision(effect)],
  decisions: [decision()],
  attempts: [attempt()],
  cards: [row()],
  ...change,
});

/** The same draft while it still asks. */
export const asking = (change: Partial<Draft> = {}): LedgerRecord => {
  const waiting = draft({ state: 'pending', file: traceAt('Pending_Approval', 'n.md'), ...change });
  const place = `${waiting.file.folder}/${waiting.file.path}`;
  const wanted = card({ mood: 'asks', standing: 'Waiting for you', verbs: ['approve'], file: place });
  return recordOf({ drafts: [waiting], decisions: [], attempts: [], cards: [row({ wanted })] });
};

export const seen = (change: Partial<Seen> = {}): Seen => ({
  settled: true,
  files: [fileAt('Done', 'n.md')],
  record: recordOf(),
  approvers: new Map([['chat', new Set(['7', '8'])]]),
  approvalsNeeded: 1,
  received: [arrived()],
  shown: [{ channel: 'chat', key: 'k000000001', card: card(), words: 'Posted\nOne.' }],
  accepted: [{ key: 'k000000001', verb: 'approve', actorId: '7' }],
  written: [{ mark: 'One.', least: 1, most: 1 }],
  ...change,
});

/** A draft that asks, nothing decided and nothing sent. */
export const seenAsking = (change: Partial<Seen> = {}): Seen =>
  seen({
    files: [fileAt('Pending_Approval', 'n.md')],
    record: asking(),
    received: [],
    shown: [],
    accepted: [],
    written: [],
    ...change,
  });
