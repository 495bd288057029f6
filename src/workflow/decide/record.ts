/** Puts a decision on record, in one transaction with what follows from it, and only while the draft is what the person saw. */
import type { Decision, Tap } from '../../domain/decision.ts';
import type { Draft, Revision } from '../../domain/draft.ts';
import type { DraftChange, Tables } from '../../domain/ledger-port.ts';
import type { DraftState } from '../../domain/lifecycle.ts';
import { createId } from '../../lib/random.ts';
import { jobKinds } from '../parts.ts';
import type { Parts } from '../parts.ts';
import { putAwaySoon } from '../put-away.ts';
import { endTaken, isTooLate } from '../running.ts';

/** What a verb works on: the draft as it is now, and the revision the person saw, which is the one on offer. */
export type Case = {
  readonly draft: Draft;
  readonly revision: Revision;
  readonly tap: Tap;
  /** Drafts of equal effect of which the person was told and said yes all the same. */
  readonly knew?: readonly string[];
};

/** Among the taps of all channels, which may be about several drafts; undefined for one that can't be delivered twice. */
export const tapName = ({ id, actor, key }: Tap): string | undefined =>
  id === undefined ? undefined : `${actor.source}:${id}:${key}`;

/** Where a no or another text counts: until an attempt has passed its point of no return. */
export const beforeItLeaves: readonly DraftState[] = ['pending', 'approved', 'in_progress', 'failed'];

type With = {
  /** Looked at first: false, and nothing is written. */
  readonly only?: (tables: Tables) => Promise<boolean>;
  /** What else belongs to the decision. */
  readonly also?: (tables: Tables) => Promise<void>;
};

/**
 * One transaction: compare-and-set, the decision row, the wake-up. False when somebody else was first: then nothing
 * was written.
 */
export async function record(
  parts: Parts,
  about: Case,
  from: readonly DraftState[],
  to: DraftChange,
  { only = async () => true, also = async () => undefined }: With = {},
): Promise<boolean> {
  const at = parts.clock.now();
  const { draft, revision, tap, knew = [] } = about;
  const decision: Decision = {
    id: createId(at, parts.random),
    draftId: draft.id,
    revision: revision.hash,
    verb: tap.verb,
    actor: tap.actor,
    at,
    reason: tap.text ?? '',
    knew,
  };
  const won = await parts.ledger.tx(async (tables) => {
    if (!(await only(tables)) || (await isTooLate(tables, draft.id))) return false;
    if (!(await tables.drafts.change(draft.id, { from, revision: revision.hash }, to, at))) return false;
    await tables.decisions.append(decision, tapName(tap));
    await endTaken(tables, draft.id, at);
    await also(tables);
    if (to.state === 'done') await putAwaySoon(tables, draft.id, at);
    await tables.jobs.add({ kind: jobKinds.settle, key: draft.id, serialKey: draft.id, runAt: at });
    return true;
  });
  // On record: the executor may give up now and need not first come to its point of no return.
  if (won) parts.running.takeBack(draft.id);
  return won;
}
