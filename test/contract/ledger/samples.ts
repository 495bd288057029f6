import type { Card, Note } from '../../../src/domain/card.ts';
import type { Decision } from '../../../src/domain/decision.ts';
import type { Draft, Revision } from '../../../src/domain/draft.ts';
import { plainLayout } from '../../../src/domain/draft.ts';
import { emptyEffect } from '../../../src/domain/effect.ts';
import type { ItemRow, Tables } from '../../../src/domain/ledger-port.ts';
import { start } from './bench.ts';

export const draftOf = (id: string, changes: Partial<Draft> = {}): Draft => ({
  id,
  key: `key-${id}`,
  state: 'pending',
  file: {
    folder: 'Pending_Approval',
    path: `work/LINKEDIN_${id}.md`,
    contentHash: `content-${id}`,
    inode: `1:${id}`,
    size: 120,
    mtimeMs: start.getTime() - 0.25,
  },
  revision: `revision-${id}`,
  platform: 'linkedin',
  account: 'you@example.com',
  choice: '',
  notBefore: undefined,
  askedFrom: 0,
  trouble: undefined,
  createdAt: start,
  updatedAt: start,
  ...changes,
});

export const revisionOf = (draftId: string, changes: Partial<Revision> = {}): Revision => ({
  draftId,
  hash: `revision-${draftId}`,
  mark: `mark-${draftId}`,
  likeness: `likeness-${draftId}`,
  effect: { ...emptyEffect, platform: 'linkedin', action: 'post_update', text: 'Grüße 👋\nfrom a test' },
  problems: [{ code: 'too_long', what: 'Too long.', remedy: 'Shorten it.', severity: 'blocks' }],
  original: '',
  layout: plainLayout,
  at: start,
  ...changes,
});

export const decisionOf = (id: string, draftId: string, changes: Partial<Decision> = {}): Decision => ({
  id,
  draftId,
  revision: `revision-${draftId}`,
  verb: 'approve',
  actor: { source: 'telegram', id: '42', name: 'Sara' },
  at: start,
  reason: '',
  knew: [],
  ...changes,
});

/** A draft with all an attempt needs: its revision and a decision `yes-<id>`. */
export async function approvedDraft(tables: Tables, id: string, changes: Partial<Draft> = {}): Promise<void> {
  const draft = draftOf(id, { state: 'approved', ...changes });
  await tables.drafts.insert(draft);
  await tables.revisions.put(revisionOf(id, { hash: draft.revision ?? '' }));
  await tables.decisions.append(decisionOf(`yes-${id}`, id));
}

export const cardOf = (key: string, standing: string): Card => ({
  key,
  revision: 'abcdef0123',
  mood: 'asks',
  noun: 'LinkedIn post',
  account: 'you@example.com',
  action: 'linkedin/post_update',
  headline: 'Hello',
  title: 'LinkedIn post · you@example.com',
  standing,
  fields: [{ id: 'schedule', label: 'Goes out', value: 'as soon as approved' }],
  text: 'Hello',
  changes: [],
  candidates: [],
  leftOut: [],
  original: '',
  media: [],
  problems: [],
  risks: [],
  sure: '',
  verbs: ['approve', 'reject'],
  links: [],
  file: 'Pending_Approval/LINKEDIN_hello.md',
});

export const noteOf = (text: string): Note => ({ text, links: [], loud: false, key: '' });

export const itemOf = (key: string, changes: Partial<ItemRow> = {}): ItemRow => ({
  key,
  watcher: 'folder',
  at: start,
  file: '',
  draftFile: '',
  state: 'seen',
  messageId: '',
  sender: '',
  ...changes,
});
