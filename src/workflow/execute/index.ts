/**
 * Carries one approved draft out, once. The order is the promise (P2): attempt on record, file to In_Progress, prepare,
 * commit on record, act, outcome on record, then everything people see.
 */
import type { Attempt } from '../../domain/attempt.ts';
import type { Decision } from '../../domain/decision.ts';
import type { Draft, Revision } from '../../domain/draft.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { Executor, Run } from '../../domain/ports.ts';
import { blocks } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';
import { createId } from '../../lib/random.ts';
import { messageOf, oneLine } from '../../lib/words.ts';
import type { RunLog } from '../../vault/run-files.ts';
import type { Parts } from '../parts.ts';
import { isPaused } from '../pausing.ts';
import { present, standingDecision } from '../present.ts';
import { readRevision } from '../read-revision.ts';
import { runKey } from '../run-key.ts';
import { bounce, nextFree, settleLocked } from '../settle.ts';
import { report } from './report.ts';

type Started = {
  readonly draft: Draft;
  readonly revision: Revision;
  readonly attempt: Attempt;
  readonly decision: Decision;
  readonly executor: Executor;
};

/** Job: carries the draft out if that is still what should happen. */
export async function execute(parts: Parts, draftId: string): Promise<void> {
  const started = await parts.lock(draftId, () => start(parts, draftId));
  if (started === undefined) return;
  // Without the lock: a tap during the attempt gets its answer at once ("too late").
  const result = await carryOut(parts, started);
  await parts.lock(draftId, async () => {
    await report(parts, { ...started, ...result });
    await settleLocked(parts, draftId);
  });
  parts.jobs.wake();
}

async function start(parts: Parts, draftId: string): Promise<Started | undefined> {
  const draft = await parts.ledger.drafts.byId(draftId);
  if (draft === undefined || draft.state !== 'approved' || parts.stopping.aborted) return undefined;
  const now = parts.clock.now();
  const tooEarly = draft.notBefore !== undefined && draft.notBefore > now;
  if (tooEarly || (await isPaused(parts.ledger)) || (await nextFree(parts, draft, now)) > now) {
    await settleLocked(parts, draftId);
    return undefined;
  }
  const read = await readRevision(parts, draft);
  const decision = await standingDecision(parts, draftId);
  const executor = parts.executors.get(draft.platform);
  if (read === undefined || decision === undefined || executor === undefined) return undefined;
  const { revision } = read;
  const same = revision.hash === draft.revision && revision.hash === decision.revision;
  if (!same || revision.problems.some((problem) => problem.severity === 'blocks')) {
    await settleLocked(parts, draftId);
    return undefined;
  }
  return await begin(parts, { draft, revision, decision, executor });
}

async function begin(parts: Parts, ready: Omit<Started, 'attempt'>): Promise<Started | undefined> {
  const { draft, revision, decision } = ready;
  const at = parts.clock.now();
  const attempt = await parts.ledger.tx(async (tables) => {
    const expected = { from: ['approved'], revision: revision.hash } as const;
    if (!(await tables.drafts.change(draft.id, expected, { state: 'in_progress', trouble: undefined }, at)))
      return undefined;
    const id = createId(at, parts.random);
    return await tables.attempts.start({
      id,
      draftId: draft.id,
      decisionId: decision.id,
      revision: revision.hash,
      startedAt: at,
    });
  });
  if (attempt === undefined) return undefined;
  const moved = await parts.vault.move(draft.file, 'In_Progress');
  if (moved.kind !== 'moved') {
    // Nothing began; what can't be moved can't be finished either.
    const problem = moved.kind === 'failed' ? moved.problem : fileGone;
    await parts.ledger.attempts.end(attempt.id, parts.clock.now(), 'retry_later', undefined, problem.what);
    await parts.ledger.drafts.change(draft.id, { from: ['in_progress'] }, { state: 'approved' }, parts.clock.now());
    const stuck = { ...draft, state: 'approved' } as const;
    if (moved.kind === 'failed') await retrySoon(parts, stuck, problem);
    else await bounce(parts, stuck, undefined, problem);
    return undefined;
  }
  await parts.ledger.drafts.change(draft.id, { from: ['in_progress'] }, { file: moved.file }, parts.clock.now());
  await present(parts, draft.id);
  return { ...ready, draft: { ...draft, state: 'in_progress', file: moved.file }, attempt };
}

const fileGone: Problem = blocks(
  'changed_after_approval',
  'The file was moved away at the last moment.',
  'Approve it again if it should go out.',
);

async function retrySoon(parts: Parts, draft: Draft, problem: Problem): Promise<void> {
  const notBefore = new Date(parts.clock.now().getTime() + parts.rules.retryDelaySeconds * 1_000);
  await parts.ledger.drafts.change(
    draft.id,
    { from: ['approved'] },
    { notBefore, trouble: problem },
    parts.clock.now(),
  );
  await settleLocked(parts, draft.id);
}

export type Result = {
  readonly outcome: Outcome;
  /** The commit was refused by us (paused, stopping): not a failed try. */
  readonly held: Problem | undefined;
};

async function carryOut(parts: Parts, started: Started): Promise<Result> {
  const { draft, revision, attempt, decision, executor } = started;
  const files = await parts.runFiles.open(attempt.id);
  files.log(`Attempt ${attempt.number} for ${oneLine(draft.file.path, 120)}, approved by ${decision.actor.name}`);
  const gate = createGate(parts, started);
  const run: Run = {
    key: runKey(draft.id, decision.id, revision.hash),
    attempt: attempt.number,
    vaultPath: parts.vault.path,
    commit: gate.commit,
    log: files.log,
    keep: files.keep,
    signal: parts.stopping,
    dryRun: parts.rules.dryRun,
  };
  parts.logger.info(`Executing ${executor.platform.label} action: ${oneLine(draft.file.path, 120)}`);
  const outcome = await guarded(executor, revision, run, gate);
  files.log(`Outcome: ${outcome.kind}${'problem' in outcome ? `: ${outcome.problem.what}` : ''}`);
  await closeQuietly(parts, files);
  return { outcome, held: gate.held() };
}

type Gate = {
  readonly commit: Run['commit'];
  readonly committed: () => boolean;
  readonly held: () => Problem | undefined;
};

/** The point of no return: looked at once more, put on record and synced, then open exactly once. */
function createGate(parts: Parts, { draft, attempt }: Started): Gate {
  let committed = false;
  let held: Problem | undefined;
  const stop = (problem: Problem) => {
    held = problem;
    return { kind: 'stop', problem } as const;
  };
  return {
    committed: () => committed,
    held: () => held,
    async commit() {
      if (parts.stopping.aborted)
        return stop(blocks('stopped', 'Countersign is being stopped.', 'It goes on after the start.'));
      if (await isPaused(parts.ledger)) return stop(blocks('paused', 'Everything is paused.', 'Resume to go on.'));
      const at = parts.clock.now();
      if (!(await parts.ledger.attempts.commit(attempt.id, at, draft.platform, draft.account))) {
        throw new Error('commit() may be called only once per attempt');
      }
      committed = true;
      return { kind: 'go' };
    },
  };
}

/** An executor that throws is a bug; what it means depends only on whether it had passed the point of no return. */
async function guarded(executor: Executor, revision: Revision, run: Run, gate: Gate): Promise<Outcome> {
  try {
    const outcome = await executor.carryOut(revision.effect, run);
    if (outcome.kind === 'posted' && !gate.committed() && !run.dryRun) {
      return { kind: 'unknown', problem: bug('It says it went out without asking whether it may.') };
    }
    return outcome;
  } catch (thrown) {
    const problem = bug(messageOf(thrown));
    return gate.committed() ? { kind: 'unknown', problem } : { kind: 'retry_later', problem };
  }
}

const bug = (what: string): Problem => blocks('bug', what, 'This is a mistake in Countersign; the log has more.');

/** A log that can't be closed must not lose the outcome. */
async function closeQuietly(parts: Parts, files: RunLog): Promise<void> {
  try {
    await files.close();
  } catch (thrown) {
    parts.logger.error(`The log of an attempt could not be written: ${messageOf(thrown)}`, thrown);
  }
}
