/**
 * The audit of a real vault. There something allowed may explain what is found: people work in the folders while nothing
 * runs, a stop leaves moves and cards to the next start, lists of people and numbers change. What can't be told apart
 * from that is said, and not called a breach.
 */
import type { DraftState, Folder } from '../../domain/lifecycle.ts';
import type { LedgerRecord } from '../../ledger/record.ts';
import { audit } from './index.ts';
import type { Breach, Seen } from './seen.ts';

export type RealVault = Pick<Seen, 'files' | 'record' | 'approvers' | 'approvalsNeeded' | 'identities'> & {
  /** Then folders and cards have to follow the record within seconds. */
  readonly isRunning: boolean;
  /** Drafts for which a job is left. */
  readonly waiting: ReadonlySet<string>;
};

export type Explained = {
  readonly words: string;
  /**
   * It is stopped · a chat is away or has much to catch up with · other people may decide now · more are needed now · ids
   * are one person's now.
   */
  readonly by: 'stop' | 'chat' | 'people' | 'number' | 'identities';
};

export type AuditFindings = { readonly breaches: readonly Breach[]; readonly explained: readonly Explained[] };

export function auditReal({
  isRunning,
  waiting,
  approvers,
  approvalsNeeded,
  identities,
  ...facts
}: RealVault): AuditFindings {
  const found = audit({ ...facts, settled: true });
  const isLeft = (one: Breach) => (isRunning ? one.code === 'not_shown' : mayBeLeft(one, facts.record, waiting));
  const known = new Set(found.map(({ words }) => words));
  const rules = {
    ...(approvers === undefined ? {} : { approvers }),
    ...(approvalsNeeded === undefined ? {} : { approvalsNeeded }),
  };
  const byRules = audit({ ...facts, ...rules, settled: false }).filter(({ words }) => !known.has(words));
  for (const { words } of byRules) known.add(words);
  const byIdentities =
    identities === undefined
      ? []
      : audit({ ...facts, ...rules, identities, settled: false }).filter(({ words }) => !known.has(words));
  return {
    breaches: found.filter((one) => !isLeft(one)),
    explained: [
      ...found.filter(isLeft).map(({ words }): Explained => ({ words, by: isRunning ? 'chat' : 'stop' })),
      ...byRules.map(({ code, words }): Explained => ({ words, by: code === 'not_allowed' ? 'people' : 'number' })),
      ...byIdentities.map(({ words }): Explained => ({ words, by: 'identities' })),
    ],
  };
}

const leftByStop: ReadonlySet<string> = new Set([
  'two_drafts',
  'gone',
  'two_places',
  'unseen',
  'wrong_folder',
  'other_bytes',
  'untrue_card',
  'not_shown',
]);

/** Whether the next start looks at it. At a draft that is over it does so only for a job, or where its file is listed. */
function mayBeLeft({ code, draftId }: Breach, record: LedgerRecord, waiting: ReadonlySet<string>): boolean {
  if (!leftByStop.has(code)) return false;
  const draft = record.drafts.find(({ id }) => id === draftId);
  return draft === undefined || waiting.has(draft.id) || !isOver(draft.state) || isListed(draft.file.folder);
}

const isOver = (state: DraftState): boolean =>
  state === 'done' || state === 'rejected' || state === 'failed' || state === 'vanished';

const isListed = (folder: Folder): boolean =>
  folder === 'Pending_Approval' || folder === 'Approved' || folder === 'In_Progress';
