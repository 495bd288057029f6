/** Whether enough different people approved exactly what a draft says now. Asked again at each step on the way out. */
import { approvalsOf } from '../domain/approvals.ts';
import { personOf } from '../domain/approver.ts';
import type { Actor } from '../domain/actor.ts';
import type { Decision } from '../domain/decision.ts';
import type { Draft } from '../domain/draft.ts';
import type { Tables } from '../domain/ledger-port.ts';
import { warns } from '../domain/problem.ts';
import type { Problem } from '../domain/problem.ts';
import type { Rules } from './parts.ts';

/** The approvals of this text of the draft that count now. */
export const approvalsNow = async (
  { identities }: Pick<Rules, 'identities'>,
  tables: Pick<Tables, 'decisions'>,
  draft: Pick<Draft, 'id' | 'askedFrom' | 'revision'>,
): Promise<readonly Decision[]> => approvalsOf(await tables.decisions.of(draft.id), draft, identities);

/** Those of other people than this one, through whichever chat. */
export const approvalsBeside = (
  { identities }: Pick<Rules, 'identities'>,
  approvals: readonly Decision[],
  actor: Actor,
): readonly Decision[] =>
  approvals.filter((given) => personOf(given.actor, identities) !== personOf(actor, identities));

export const isEnough = ({ approvalsNeeded }: Rules, approvals: readonly Decision[]): boolean =>
  approvals.length >= approvalsNeeded;

/** It was approved, but not by enough people: the number was raised since, or a single one moved the file. */
export const tooFew = ({ approvalsNeeded }: Rules, given: number): Problem =>
  warns(
    'too_few_approvals',
    `It needs ${approvalsNeeded} approvals and has ${given}, so it did not leave.`,
    `${peopleWords(approvalsNeeded - given)} must approve it too.`,
  );

/** "One more person", "2 more people". */
export const peopleWords = (more: number): string => (more === 1 ? 'One more person' : `${more} more people`);

/** The latest instant somebody who approved wanted it to wait for; the epoch when nobody named one. */
export const wishedBy = (approvals: readonly Decision[]): Date =>
  new Date(Math.max(0, ...approvals.map(({ verb, reason }) => (verb === 'approve' ? readWish(reason) : 0))));

/** An approval keeps the instant it was given for; one by hand says where the file went. */
const readWish = (reason: string): number => (/^\d{4}-\d{2}-\d{2}T/.test(reason) ? Date.parse(reason) || 0 : 0);
