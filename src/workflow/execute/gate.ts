/** The point of no return: looked at once more, put on record and synced, then open exactly once. */
import { approvalsOf } from '../../domain/approvals.ts';
import type { Attempt } from '../../domain/attempt.ts';
import type { Decision } from '../../domain/decision.ts';
import type { Draft } from '../../domain/draft.ts';
import type { Tables } from '../../domain/ledger-port.ts';
import type { CommitAnswer, Run } from '../../domain/ports.ts';
import { blocks } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';
import { messageOf } from '../../lib/words.ts';
import type { Parts } from '../parts.ts';
import { isEnough, tooFew } from '../enough.ts';
import { isPaused } from '../pausing.ts';

export type Gate = {
  readonly commit: Run['commit'];
  readonly committed: () => boolean;
  /** Why we said no; undefined when we did not. */
  readonly held: () => Problem | undefined;
};

const stopped = blocks('stopped', 'Countersign is being stopped.', 'It goes on after the start.');
const paused = blocks('paused', 'Everything is paused.', 'Resume to go on.');

/** Whether an attempt ended because we held it: then nothing failed, and it is not counted as a try. */
export const wasHeld = (attempt: Attempt): boolean => attempt.words === stopped.what || attempt.words === paused.what;

export function createGate(
  parts: Parts,
  { draft, attempt }: { readonly draft: Draft; readonly attempt: Attempt },
): Gate {
  let committed = false;
  let held: Problem | undefined;
  const stop = (problem: Problem): CommitAnswer => {
    held = problem;
    return { kind: 'stop', problem };
  };

  async function pass(): Promise<CommitAnswer> {
    const at = parts.clock.now();
    // One transaction: a pause that was answered before this is seen, one that comes after is too late and says so.
    const answer = await parts.ledger.tx(async (tables) => {
      if (await isPaused(tables)) return 'paused';
      const approvals = await approvalsOnRecord(tables, attempt);
      if (!isEnough(parts.rules, approvals)) return tooFew(parts.rules, approvals.length);
      return await tables.attempts.commit(attempt.id, at, draft.platform, draft.account);
    });
    if (answer === 'paused') return stop(paused);
    if (typeof answer === 'object') return stop(answer);
    if (!answer) throw new Error('commit() may be called only once per attempt');
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
      return await parts.lock('point of no return', pass);
    },
  };
}

/** Read anew: what was found before the preparation proves nothing about this instant. */
async function approvalsOnRecord(tables: Tables, { draftId, revision }: Attempt): Promise<readonly Decision[]> {
  const draft = await tables.drafts.byId(draftId);
  return draft === undefined ? [] : approvalsOf(await tables.decisions.of(draftId), { ...draft, revision });
}
