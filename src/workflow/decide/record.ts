import type { Decision, Tap } from '../../domain/decision.ts';
import type { Draft, Revision } from '../../domain/draft.ts';
import type { DraftChange, Tables } from '../../domain/ledger-port.ts';
import type { DraftState } from '../../domain/lifecycle.ts';
import { createId } from '../../lib/random.ts';
import { jobKinds } from '../parts.ts';
import type { Parts } from '../parts.ts';

/** What a verb works on: the draft as it is now, and the revision the person saw, which is the one on offer. */
export type Case = { readonly draft: Draft; readonly revision: Revision; readonly tap: Tap };

/** Among the taps of all channels, which may be about several drafts; undefined for one that can't be delivered twice. */
export const tapName = ({ id, actor, key }: Tap): string | undefined =>
  id === undefined ? undefined : `${actor.source}:${id}:${key}`;

/**
 * One transaction: compare-and-set, the decision row, the wake-up. False when somebody else was first: then nothing
 * was written.
 */
export async function record(
  parts: Parts,
  about: Case,
  from: readonly DraftState[],
  to: DraftChange,
  also: (tables: Tables) => Promise<void> = async () => undefined,
): Promise<boolean> {
  const at = parts.clock.now();
  const { draft, revision, tap } = about;
  const decision: Decision = {
    id: createId(at, parts.random),
    draftId: draft.id,
    revision: revision.hash,
    verb: tap.verb,
    actor: tap.actor,
    at,
    reason: tap.text ?? '',
  };
  return await parts.ledger.tx(async (tables) => {
    if (!(await tables.drafts.change(draft.id, { from, revision: revision.hash }, to, at))) return false;
    await tables.decisions.append(decision, tapName(tap));
    await also(tables);
    await tables.jobs.add({ kind: jobKinds.settle, key: draft.id, serialKey: draft.id, runAt: at });
    return true;
  });
}
