/** An outcome becomes record, state and words: in one transaction, before any folder or card shows it (promise P4). */
import type { Attempt } from '../../domain/attempt.ts';
import type { Note } from '../../domain/card.ts';
import type { Decision } from '../../domain/decision.ts';
import type { Draft, Revision } from '../../domain/draft.ts';
import type { DraftChange } from '../../domain/ledger-port.ts';
import type { Evidence, Outcome } from '../../domain/outcome.ts';
import type { Executor } from '../../domain/ports.ts';
import { blocks } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';
import { backoff } from '../../lib/backoff.ts';
import { localClock } from '../../lib/local-time.ts';
import { oneLine, strange } from '../../lib/words.ts';
import { firstLook } from '../confirm.ts';
import { jobKinds } from '../parts.ts';
import type { Parts } from '../parts.ts';
import { putAwaySoon } from '../put-away.ts';
import { tell } from '../tell.ts';

export type Result = {
  readonly outcome: Outcome;
  /** Name of the picture that shows what came out; empty when none was kept. */
  readonly proof: string;
  /** The commit was refused by us (paused, stopping): not a failed try. */
  readonly held: Problem | undefined;
};

export type Finished = Result & {
  readonly draft: Draft;
  readonly revision: Revision;
  readonly attempt: Attempt;
  readonly decision: Decision;
  readonly executor: Executor;
};

const loginWaitMs = 30 * 60_000;
const longestRetryMs = 3_600_000;

export async function report(parts: Parts, finished: Finished): Promise<void> {
  const { draft, attempt, outcome } = finished;
  const at = parts.clock.now();
  const next = await nextStep(parts, finished, at);
  const evidence = outcome.kind === 'posted' ? outcome.evidence : undefined;
  const words = outcome.kind === 'posted' ? '' : (finished.held ?? outcome.problem).what;
  const isOurs = await parts.ledger.tx(async (tables) => {
    const held = finished.held !== undefined;
    // It was taken back and ended while it was being prepared: what the draft is now is another matter.
    if (!(await tables.attempts.end(attempt.id, at, outcome.kind, evidence, words, held))) return false;
    await tables.drafts.change(draft.id, { from: ['in_progress'] }, next.to, at);
    if (next.to.state === 'done') await putAwaySoon(tables, draft.id, at);
    if (next.note !== undefined) await tell(parts, tables, draft.id, next.note, next.noteKey);
    // Folder and card follow by a job of their own: the next draft of this account need not wait for them.
    await tables.jobs.add({ kind: jobKinds.settle, key: draft.id, serialKey: draft.id, runAt: at });
    return true;
  });
  if (isOurs) logOutcome(parts, finished);
  else parts.logger.info(`Taken back before it left: ${oneLine(draft.file.path, 120)}`);
}

type Step = { readonly to: DraftChange; readonly note: Note | undefined; readonly noteKey: string };

async function nextStep(parts: Parts, finished: Finished, at: Date): Promise<Step> {
  const { outcome, held, attempt, draft } = finished;
  const note = (text: string, loud: boolean, evidence?: Evidence): Note => ({
    text,
    loud,
    links: linksFor(parts, attempt.id, evidence),
    key: draft.key,
  });
  const noteKey = `${attempt.id}:${outcome.kind}`;
  switch (outcome.kind) {
    case 'posted':
      return {
        to: finishedChange('done'),
        note: {
          ...note(postedWords(finished, at, parts.rules.dryRun ? 'dry' : 'real'), false, outcome.evidence),
          ...(finished.proof === '' ? {} : { proof: { attempt: attempt.id, name: finished.proof } }),
        },
        noteKey,
      };
    case 'unknown': {
      const text = `${subject(finished)} may have gone out: ${outcome.problem.what} I am looking for proof.`;
      return {
        to: { state: 'unknown', notBefore: firstLook(at), trouble: outcome.problem },
        note: note(text, true),
        noteKey,
      };
    }
    case 'refused': {
      if (held !== undefined) return waiting(at, held);
      const text = `${subject(finished)} did not go out. ${outcome.problem.what} ${outcome.problem.remedy}`;
      return { to: { ...finishedChange('failed'), trouble: outcome.problem }, note: note(text, true), noteKey };
    }
    case 'needs_login': {
      const text = `${subject(finished)} waits: ${outcome.problem.what} ${outcome.problem.remedy}`;
      const later = waiting(new Date(at.getTime() + loginWaitMs), outcome.problem);
      return { ...later, note: note(text, true), noteKey: `login:${draft.platform}:${finished.decision.id}` };
    }
    case 'rate_limited':
      return waiting(new Date(at.getTime() + outcome.afterSeconds * 1_000), outcome.problem);
    case 'retry_later':
      return held === undefined ? await retryOrFail(parts, finished, outcome, at, note) : waiting(at, held);
  }
}

const finishedChange = (state: 'done' | 'failed'): DraftChange => ({ state, notBefore: undefined, trouble: undefined });

const waiting = (notBefore: Date, trouble: Problem): Step => ({
  to: { state: 'approved', notBefore, trouble },
  note: undefined,
  noteKey: '',
});

/** Tries under this approval, failed before their point of no return, are counted on record; holds don't count. */
async function retryOrFail(
  parts: Parts,
  finished: Finished,
  outcome: Extract<Outcome, { kind: 'retry_later' }>,
  at: Date,
  note: (text: string, loud: boolean) => Note,
): Promise<Step> {
  const attempts = await parts.ledger.attempts.of(finished.draft.id);
  const failures = 1 + attempts.filter((past) => past.decisionId === finished.decision.id && isFailure(past)).length;
  if (failures > parts.rules.maxRetries) {
    const problem = blocks(
      'too_many_tries',
      `It failed ${failures} times: ${outcome.problem.what}`,
      outcome.problem.remedy,
    );
    const text = `${subject(finished)} did not go out after ${failures} tries. ${outcome.problem.what} ${outcome.problem.remedy}`;
    return {
      to: { ...finishedChange('failed'), trouble: problem },
      note: note(text, true),
      noteKey: `${finished.attempt.id}:gave_up`,
    };
  }
  const usual = backoff(failures, parts.rules.retryDelaySeconds * 1_000, longestRetryMs, parts.random.fraction());
  const waitMs = outcome.afterSeconds === undefined ? usual : outcome.afterSeconds * 1_000;
  return waiting(new Date(at.getTime() + waitMs), outcome.problem);
}

const isFailure = (past: Attempt): boolean => past.outcome === 'retry_later' && !past.held;

const subject = ({ executor, draft }: Finished): string =>
  `${executor.platform.noun} (${strange(draft.file.path.split('/').at(-1) ?? draft.file.path, 80)})`;

const mostNamed = 5;

function recipients(to: readonly string[]): string {
  const named = to.slice(0, mostNamed).map((address) => strange(address, 80));
  return `${named.join(', ')}${to.length > mostNamed ? ` and ${to.length - mostNamed} more` : ''}`;
}

function postedWords(finished: Finished, at: Date, run: 'dry' | 'real'): string {
  const { outcome, executor, revision } = finished;
  const where = executor.platform.addressed
    ? `Sent to ${recipients(revision.effect.to)}`
    : `Posted on ${executor.platform.label}`;
  // With a link in the note, the far side's own words add nothing.
  const said = outcome.kind === 'posted' && outcome.evidence.link === '' ? outcome.evidence.note : '';
  const extra = said === '' ? '' : `\n${strange(said, 300)}`;
  if (run === 'dry') return `Dry run, nothing left: ${where.charAt(0).toLowerCase()}${where.slice(1)}.`;
  return `${where} at ${localClock(at)}.${extra}`;
}

function linksFor(parts: Parts, attemptId: string, evidence: Evidence | undefined): Note['links'] {
  const log = { label: 'Log', url: parts.runLink(attemptId), attempt: attemptId };
  return evidence === undefined || evidence.link === '' ? [log] : [{ label: 'Open post', url: evidence.link }, log];
}

function logOutcome(parts: Parts, finished: Finished): void {
  const { executor, outcome, draft } = finished;
  const file = oneLine(draft.file.path, 120);
  if (outcome.kind === 'posted') parts.logger.info(`✓ ${executor.platform.label} action completed: ${file}`);
  else parts.logger.warn(`${executor.platform.label} action: ${outcome.kind}: ${outcome.problem.what} (${file})`);
}
