/** The point of no return: looked at once more, put on record and synced, then open exactly once. */
import type { Attempt } from '../../domain/attempt.ts';
import type { Decision } from '../../domain/decision.ts';
import type { Draft, Revision } from '../../domain/draft.ts';
import type { Tables } from '../../domain/ledger-port.ts';
import type { CommitAnswer, Run } from '../../domain/ports.ts';
import { blocks } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';
import { messageOf } from '../../lib/words.ts';
import type { Parts } from '../parts.ts';
import { approvalsNow, isEnough, tooFew } from '../enough.ts';
import { isPaused } from '../pausing.ts';
import { leftMeanwhile, unknownTwins } from '../twins.ts';

export type Gate = {
  readonly commit: Run['commit'];
  readonly committed: () => boolean;
  /** Why we said no; undefined when we did not. Then nothing failed, and it is not counted as a try. */
  readonly held: () => Problem | undefined;
};

const stopped = blocks('stopped', 'Countersign is being stopped.', 'It goes on after the start.');
const paused = blocks('paused', 'Everything is paused.', 'Resume to go on.');
const takenBack = blocks(
  'changed_after_approval',
  'It was taken back, or its file was moved or changed, before anything left.',
  'Approve it again if it should go out.',
);

export function createGate(
  parts: Parts,
  {
    draft,
    revision,
    attempt,
    decision,
  }: {
    readonly draft: Draft;
    readonly revision: Pick<Revision, 'draftId' | 'likeness'>;
    readonly attempt: Attempt;
    readonly decision: Decision;
  },
): Gate {
  let committed = false;
  let held: Problem | undefined;
  const stop = (problem: Problem): CommitAnswer => {
    held = problem;
    return { kind: 'stop', problem };
  };

  /** What speaks against it on record, in the transaction that puts it there; undefined: nothing, and it is on record. */
  async function pass(tables: Tables, at: Date): Promise<Problem | undefined> {
    if (await isPaused(tables)) return paused;
    const approvals = await approvalsOnRecord(parts, tables, attempt);
    if (!isEnough(parts.rules, approvals)) return tooFew(parts.rules, approvals.length);
    const [twin] = await unknownTwins(tables, revision, decision, at);
    if (twin !== undefined) return leftMeanwhile(twin, draft.id);
    return (await tables.attempts.commit(attempt.id, at, draft.platform, draft.account)) ? undefined : takenBack;
  }

  async function commit(): Promise<CommitAnswer> {
    if (committed) throw new Error('commit() may be called only once per attempt');
    // A file moved or deleted by hand is a no; the rescan finds out which one.
    const there = await parts.vault.look(draft.file.folder, draft.file.path);
    if (there?.contentHash !== draft.file.contentHash) return stop(takenBack);
    const at = parts.clock.now();
    // One transaction: a pause that was answered before this is seen, one that comes after is too late and says so.
    const problem = await parts.ledger.tx((tables) => pass(tables, at));
    if (problem !== undefined) return stop(problem);
    committed = true;
    // After the record: before it, a death in between would make a good ledger look old. It guards against an old copy only.
    await parts.lastCommit.write(attempt.id).catch((thrown: unknown) => {
      parts.logger.warn(`The newest attempt could not be named in Logs: ${messageOf(thrown)}`);
    });
    return { kind: 'go' };
  }

  return {
    committed: () => committed,
    held: () => held,
    async commit() {
      if (parts.stopping.aborted) return stop(stopped);
      // One at a time: the attempt that is named last must be the one that was put on record last.
      return await parts.lock('point of no return', commit);
    },
  };
}

/** Read anew: what was found before the preparation proves nothing about this instant. */
async function approvalsOnRecord(
  { rules }: Parts,
  tables: Tables,
  { draftId, revision }: Attempt,
): Promise<readonly Decision[]> {
  const draft = await tables.drafts.byId(draftId);
  return draft === undefined ? [] : await approvalsNow(rules, tables, { ...draft, revision });
}
