/**
 * Carries one approved draft out, once. The order is the promise (P2): file to In_Progress, attempt on record, prepare,
 * commit on record, act, outcome on record, then everything people see.
 */
import type { Attempt } from '../../domain/attempt.ts';
import type { Decision } from '../../domain/decision.ts';
import type { Draft, Revision } from '../../domain/draft.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { Executor, Run } from '../../domain/ports.ts';
import { blocks, isBlocked } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';
import { backoff } from '../../lib/backoff.ts';
import { sleep } from '../../lib/clock.ts';
import { createId } from '../../lib/random.ts';
import { messageOf, oneLine, strange } from '../../lib/words.ts';
import type { RunLog } from '../../vault/run-files.ts';
import type { Parts } from '../parts.ts';
import { movedOnSince } from '../conversations.ts';
import { approvalsNow, isEnough } from '../enough.ts';
import { openLog } from '../open-log.ts';
import { isPaused } from '../pausing.ts';
import { allows, present, standingDecision } from '../present.ts';
import { isOnOffer, readRevision } from '../read-revision.ts';
import { runKey } from '../run-key.ts';
import { recoverAttempt } from '../recover.ts';
import { bounce, nextFree, settle, settleLocked } from '../settle.ts';
import { unknownTwins } from '../twins.ts';
import { createGate } from './gate.ts';
import type { Gate } from './gate.ts';
import { report } from './report.ts';
import type { Finished, Result } from './report.ts';

export type Started = {
  readonly draft: Draft;
  readonly revision: Revision;
  readonly attempt: Attempt;
  readonly decision: Decision;
  readonly executor: Executor;
};

/**
 * Job: carries the draft out if that is still what should happen.
 * @param begun called when the attempt is on record and the card says so: people must not look at a countdown meanwhile
 */
export async function execute(parts: Parts, draftId: string, begun: () => void): Promise<void> {
  const started = await parts.lock(draftId, () => start(parts, draftId));
  if (started === undefined) return;
  begun();
  // Without the lock: a tap during the attempt gets its answer at once ("too late").
  const result = await carryOut(parts, started);
  await keepOutcome(parts, { ...started, ...result });
  // Folder and card follow by a job; once we are told to stop none begins any more.
  if (parts.stopping.aborted) await settle(parts, draftId);
  parts.jobs.wake();
}

async function start(parts: Parts, draftId: string): Promise<Started | undefined> {
  const draft = await parts.ledger.drafts.byId(draftId);
  if (draft === undefined || parts.stopping.aborted) return undefined;
  // One job per draft: whoever began this attempt did not get to its end, because the disk failed.
  if (draft.state === 'in_progress') await recoverAttempt(parts, draft);
  const ready = draft.state === 'approved' ? await readiness(parts, draft) : undefined;
  if (ready !== undefined) return await begin(parts, ready);
  // Also after a crash between the outcome on record and what people see.
  await settleLocked(parts, draftId);
  return undefined;
}

/** Undefined when it must not begin now; settling finds out what to do instead. */
async function readiness(parts: Parts, draft: Draft): Promise<Omit<Started, 'attempt'> | undefined> {
  const now = parts.clock.now();
  if (draft.notBefore !== undefined && draft.notBefore > now) return undefined;
  if (parts.holds.end(draft.id) !== undefined) return undefined;
  if ((await isPaused(parts.ledger)) || (await nextFree(parts, draft, now)) > now) return undefined;
  const read = await readRevision(parts, draft);
  const decision = await standingDecision(parts, draft.id);
  if (read === undefined || decision === undefined || read.revision.hash !== draft.revision) return undefined;
  if (!allows(decision, draft.revision) || isBlocked(read.revision.problems)) return undefined;
  if (!isEnough(parts.rules, await approvalsNow(parts.rules, parts.ledger, draft))) return undefined;
  const stored = await parts.ledger.revisions.find(draft.id, draft.revision);
  const executor = parts.executors.get(read.revision.effect.platform);
  if (stored === undefined || executor === undefined || !isOnOffer(draft, read)) return undefined;
  if ((await unknownTwins(parts.ledger, stored, decision, now)).length > 0) return undefined;
  if ((await movedOnSince(parts.ledger, stored.effect, decision)) !== undefined) return undefined;
  // What was shown leaves. Pictures may have been moved since; they count by content.
  const effect = { ...stored.effect, media: read.revision.effect.media };
  return { draft, revision: { ...stored, effect }, decision, executor };
}

async function begin(parts: Parts, ready: Omit<Started, 'attempt'>): Promise<Started | undefined> {
  const { draft, revision, decision } = ready;
  const at = parts.clock.now();
  const expected = { from: ['approved'], revision: revision.hash } as const;
  const running = { state: 'in_progress', trouble: undefined } as const;
  if (!(await parts.ledger.drafts.change(draft.id, expected, running, at))) return undefined;
  const moved = await parts.vault.move(draft.file, 'In_Progress');
  if (moved.kind !== 'moved') {
    // Nothing began, so no try is counted; what can't be moved can't be finished either.
    const problem = moved.kind === 'failed' ? moved.problem : fileGone;
    await parts.ledger.drafts.change(draft.id, { from: ['in_progress'] }, { state: 'approved' }, at);
    const waits = { ...draft, state: 'approved' } as const;
    if (moved.kind === 'failed') await retrySoon(parts, waits, problem);
    else await bounce(parts, waits, undefined, problem);
    return undefined;
  }
  const attempt = await parts.ledger.tx(async (tables) => {
    await tables.drafts.change(draft.id, { from: ['in_progress'] }, { file: moved.file }, at);
    return await tables.attempts.start({
      id: createId(at, parts.random),
      draftId: draft.id,
      decisionId: decision.id,
      revision: revision.hash,
      needed: parts.rules.approvalsNeeded,
      startedAt: at,
    });
  });
  parts.holds.forget(draft.id);
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

async function carryOut(parts: Parts, started: Started): Promise<Result> {
  const { draft, revision, attempt, decision, executor } = started;
  const files = await openLog(parts, attempt.id);
  files.log(`Attempt ${attempt.number} for ${oneLine(draft.file.path, 120)}, approved by ${decision.actor.name}`);
  const gate = createGate(parts, started);
  const takenBack = parts.running.begin(draft.id);
  let proof = '';
  const run: Run = {
    key: runKey(draft.id, decision.id, revision.hash),
    attempt: attempt.number,
    vaultPath: parts.vault.path,
    commit: gate.commit,
    log: files.log,
    async keep(name, bytes) {
      await files.keep(name, bytes);
      if (/^proof\.(?:png|jpg)$/.test(name)) proof = name;
    },
    signal: AbortSignal.any([parts.stopping, takenBack]),
    dryRun: parts.rules.dryRun,
  };
  parts.logger.info(`Executing ${executor.platform.label} action: ${oneLine(draft.file.path, 120)}`);
  const outcome = await guarded(executor, revision, run, gate);
  parts.running.end(draft.id, takenBack);
  files.log(`Outcome: ${outcome.kind}${'problem' in outcome ? `: ${outcome.problem.what}` : ''}`);
  await closeQuietly(parts, files);
  return { outcome, proof, held: gate.held() };
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
    const problem = bug(strange(messageOf(thrown), 300));
    return gate.committed() ? { kind: 'unknown', problem } : { kind: 'retry_later', problem };
  }
}

const bug = (what: string): Problem => blocks('bug', what, 'This is a mistake in Countersign; the log has more.');

/**
 * The outcome is known only here until it is on record: with a full disk it is kept and written when there is room.
 * Stopped before that, the next start finds an attempt that was cut off and looks for proof.
 */
async function keepOutcome(parts: Parts, finished: Finished): Promise<void> {
  for (let failures = 1; ; failures += 1) {
    try {
      await parts.lock(finished.draft.id, () => report(parts, finished));
      return;
    } catch (thrown) {
      if (parts.stopping.aborted) throw thrown;
      parts.logger.error(`An outcome could not be put on record, trying again: ${messageOf(thrown)}`, thrown);
      await sleep(parts.clock, backoff(failures, 1_000, longestWaitMs, parts.random.fraction()), parts.stopping);
    }
  }
}

const longestWaitMs = 30_000;

/** A log that can't be closed must not lose the outcome. */
async function closeQuietly(parts: Parts, files: RunLog): Promise<void> {
  try {
    await files.close();
  } catch (thrown) {
    parts.logger.error(`The log of an attempt could not be written: ${messageOf(thrown)}`, thrown);
  }
}
