/**
 * One draft: what should be true, what is true, do the difference. Runs after every decision, at start, and for open
 * drafts at every rescan; running it twice changes nothing. Never carries anything out itself: it only says when.
 */
import type { Draft } from '../domain/draft.ts';
import type { DraftChange } from '../domain/ledger-port.ts';
import { folderOf } from '../domain/lifecycle.ts';
import type { DraftState, Folder } from '../domain/lifecycle.ts';
import { nextFreeInstant } from '../domain/posting-limit.ts';
import { blocks, isBlocked, warns } from '../domain/problem.ts';
import type { Problem } from '../domain/problem.ts';
import { localClock } from '../lib/local-time.ts';
import { comeBack } from './come-back.ts';
import { movedOnSince } from './conversations.ts';
import { approvalsNow, isEnough, tooFew } from './enough.ts';
import { jobKinds } from './parts.ts';
import type { Parts } from './parts.ts';
import { isPaused } from './pausing.ts';
import { findMoved, ownsPlace } from './whose-file.ts';
import type { MoveResult } from '../vault/types.ts';
import { allows, present, standingDecision } from './present.ts';
import { leftMeanwhile, unknownTwins } from './twins.ts';
import { isOnOffer, onOffer, readRevision } from './read-revision.ts';
import type { ReadRevision } from './read-revision.ts';
import { stampReason } from './stamp-reason.ts';

export const settle = (parts: Parts, draftId: string): Promise<void> =>
  parts.lock(draftId, () => settleLocked(parts, draftId));

/** The same, for callers that hold the draft's lock. */
export async function settleLocked(parts: Parts, draftId: string): Promise<void> {
  const draft = await parts.ledger.drafts.byId(draftId);
  if (draft === undefined) return;
  const there = draft.state === 'vanished' ? draft : await bringHome(parts, draft, draft.state);
  if (there !== undefined) {
    const home = await stampReason(parts, there);
    if (home.state === 'pending') await settlePending(parts, home);
    if (home.state === 'approved') await settleApproved(parts, home);
  }
  // The question stays when its file is gone.
  if (draft.state === 'unknown') await wakeAt(parts, jobKinds.confirm, draft, draft.notBefore ?? parts.clock.now());
  await present(parts, draftId);
}

/** Puts the file where its state says; undefined when it is not there to be moved (the rescan finds out). */
async function bringHome(
  parts: Parts,
  draft: Draft,
  state: Exclude<DraftState, 'vanished'>,
): Promise<Draft | undefined> {
  const wanted = folderOf(state);
  const own = await ownsPlace(parts, draft);
  if (own && draft.file.folder === wanted) return draft;
  const moved: MoveResult = own ? await parts.vault.move(draft.file, wanted) : { kind: 'gone' };
  if (moved.kind === 'failed') {
    parts.logger.warn(`${draft.file.folder}/${draft.file.path} can’t be moved to ${wanted}: ${moved.problem.what}`);
    // Why it failed or what is asked must stay on the card.
    if (draft.trouble === undefined) await change(parts, draft, [state], { trouble: stuck(moved.problem, wanted) });
    await wakeAt(parts, jobKinds.settle, draft, in_(parts, parts.rules.retryDelaySeconds));
    return undefined;
  }
  const file = moved.kind === 'moved' ? moved.file : await followMoved(parts, draft, state);
  if (file === undefined) {
    // Sync tools take files away and bring them back: without another look an approval would be forgotten.
    if (state === 'approved') await wakeAt(parts, jobKinds.settle, draft, in_(parts, parts.rules.retryDelaySeconds));
    return undefined;
  }
  const mended = draft.trouble?.code === 'stuck_move' ? { trouble: undefined } : {};
  await change(parts, draft, [state], { file, ...mended });
  return { ...draft, file, ...mended };
}

/**
 * The file was moved before a crash could put it on record, or a person moved it in the moment of a decision. Open
 * drafts are found by the rescan, which knows what the move means; finished folders are not listed, so a draft that
 * is over is looked for in those here and brought to the right one.
 */
async function followMoved(
  parts: Parts,
  draft: Draft,
  state: Exclude<DraftState, 'vanished'>,
): Promise<Draft['file'] | undefined> {
  const wanted = folderOf(state);
  const there = await findMoved(parts, draft, wanted);
  if (there !== undefined || !finished.includes(wanted)) return there;
  for (const folder of finished) {
    if (folder === wanted) continue;
    const elsewhere = await findMoved(parts, draft, folder);
    const moved = elsewhere === undefined ? undefined : await parts.vault.move(elsewhere, wanted);
    if (moved?.kind === 'moved') return moved.file;
  }
  return undefined;
}

const finished: readonly Folder[] = ['Done', 'Rejected', 'Failed'];

const stuck = ({ what, remedy }: Problem, wanted: string): Problem =>
  warns('stuck_move', `The file can’t be moved to ${wanted}: ${what}`, remedy);

async function settlePending(parts: Parts, draft: Draft): Promise<void> {
  if (draft.notBefore !== undefined) {
    if (draft.notBefore > parts.clock.now()) await wakeAt(parts, jobKinds.settle, draft, draft.notBefore);
    else await comeBack(parts, draft);
  }
  const read = await readRevision(parts, draft);
  if (read === undefined || isOnOffer(draft, read)) return;
  // What was wrong with the old text says nothing about the new one.
  const other = draft.revision !== undefined && draft.revision !== read.revision.hash;
  await change(parts, draft, ['pending'], { ...onOffer(read), ...(other ? { trouble: undefined } : {}) });
}

async function settleApproved(parts: Parts, draft: Draft): Promise<void> {
  const read = await readRevision(parts, draft);
  if (read === undefined) {
    await wakeAt(parts, jobKinds.settle, draft, in_(parts, parts.rules.retryDelaySeconds));
    return;
  }
  const decision = await standingDecision(parts, draft.id);
  if (decision === undefined || read.revision.hash !== draft.revision || !allows(decision, draft.revision)) {
    await bounce(parts, draft, read, changedProblem);
    return;
  }
  const approvals = await approvalsNow(parts.rules, parts.ledger, draft);
  if (!isEnough(parts.rules, approvals)) {
    await bounce(parts, draft, read, tooFew(parts.rules, approvals.length), draft.askedFrom);
    return;
  }
  if (isBlocked(read.revision.problems)) {
    const problem = read.revision.problems.find((candidate) => candidate.severity === 'blocks');
    await bounce(parts, draft, read, problem);
    return;
  }
  const now = parts.clock.now();
  const [twin] = await unknownTwins(parts.ledger, read.revision, decision, now);
  if (twin !== undefined) {
    await bounce(parts, draft, read, leftMeanwhile(twin, draft.id));
    return;
  }
  const moved = await movedOnSince(parts.ledger, read.revision.effect, decision);
  if (moved !== undefined) {
    await bounce(parts, draft, read, moved);
    return;
  }
  if (!isOnOffer(draft, read)) await change(parts, draft, ['approved'], onOffer(read));
  const { at, problem } = await earliest(parts, draft, read.revision.effect.schedule);
  const trouble = problem ?? (draft.trouble?.code === 'limit_reached' ? undefined : draft.trouble);
  if (at.getTime() !== draft.notBefore?.getTime() || trouble?.code !== draft.trouble?.code) {
    await change(parts, draft, ['approved'], { notBefore: at, trouble });
  }
  if (at > parts.clock.now()) {
    await wakeAt(parts, jobKinds.settle, draft, at);
  } else if (!(await isPaused(parts.ledger))) {
    await parts.ledger.jobs.add({
      kind: jobKinds.execute,
      key: draft.id,
      serialKey: `${read.revision.effect.platform}:${read.revision.effect.account}`,
      runAt: parts.clock.now(),
    });
    parts.jobs.wake();
  }
}

/** Hold and retry time, schedule, rate limit: the latest of them counts. */
async function earliest(
  parts: Parts,
  draft: Draft,
  schedule: string,
): Promise<{ readonly at: Date; readonly problem: Problem | undefined }> {
  const now = parts.clock.now();
  const wished = Math.max(heldUntil(parts, draft, now), Date.parse(schedule) || 0);
  const free = await nextFree(parts, draft, now);
  // Equal: it is the limit that set `notBefore` the last time.
  if (free <= now || free.getTime() < wished) return { at: new Date(wished), problem: undefined };
  return { at: free, problem: limitProblem(parts, draft, free) };
}

/** Undo time and retry time, in milliseconds. The undo time ends by a clock that nobody can set. */
function heldUntil({ holds }: Parts, { id, notBefore }: Draft, now: Date): number {
  const recorded = notBefore?.getTime() ?? 0;
  const isHold = holds.isEnd(id, notBefore);
  const end = holds.end(id)?.getTime();
  // It is over, although the time of day was set back since.
  if (isHold && end === undefined) return Math.min(recorded, now.getTime());
  return isHold ? (end ?? 0) : Math.max(recorded, end ?? 0);
}

/**
 * When the account may act again under its limit per hour; `now` when that is now. The caller compares with the same
 * `now`: a later one would look like a limit that is reached.
 */
export async function nextFree(
  parts: Parts,
  draft: Pick<Draft, 'platform' | 'account'>,
  now = parts.clock.now(),
): Promise<Date> {
  const perHour = parts.rules.limits.get(draft.platform);
  if (perHour === undefined) return now;
  const since = new Date(now.getTime() - 3_600_000);
  return nextFreeInstant(await parts.ledger.attempts.commitsSince(draft.platform, draft.account, since), perHour, now);
}

const limitProblem = (parts: Parts, draft: Draft, free: Date): Problem =>
  warns(
    'limit_reached',
    `The limit of ${parts.rules.limits.get(draft.platform) ?? 0} per hour is reached.`,
    `It stays approved and goes out at ${localClock(free)}.`,
  );

const changedProblem = blocks(
  'changed_after_approval',
  'The file changed after it was approved, so the approval no longer counts.',
  'Look at the new text and approve it if it is right.',
);

/**
 * Back to the question, with the reason on the card. The old decisions stay on record; they no longer count.
 *
 * @param askedFrom given when they go on counting
 */
export async function bounce(
  parts: Parts,
  draft: Draft,
  read: ReadRevision | undefined,
  problem: Problem | undefined,
  askedFrom?: number,
): Promise<void> {
  // Shown beside the card's own problems; must not take the Approve button away by itself.
  const trouble = problem === undefined ? undefined : warns(problem.code, problem.what, problem.remedy);
  const done = await change(parts, draft, ['approved'], {
    state: 'pending',
    notBefore: undefined,
    trouble,
    ...(read === undefined ? {} : onOffer(read)),
    ...(askedFrom === undefined ? {} : { askedFrom }),
  });
  if (!done) return;
  parts.logger.warn(`Back to Pending_Approval: ${draft.file.path}: ${problem?.what ?? 'changed'}`);
  await bringHome(parts, { ...draft, state: 'pending' }, 'pending');
}

const change = (parts: Parts, draft: Draft, from: readonly DraftState[], to: DraftChange): Promise<boolean> =>
  parts.ledger.drafts.change(draft.id, { from }, to, parts.clock.now());

async function wakeAt(parts: Parts, kind: string, draft: Draft, runAt: Date): Promise<void> {
  await parts.ledger.jobs.add({ kind, key: draft.id, serialKey: draft.id, runAt });
  parts.jobs.wake();
}

const in_ = (parts: Parts, seconds: number): Date => new Date(parts.clock.now().getTime() + seconds * 1_000);
