/** A person moved the file: what it means is looked up in the table of the lifecycle, then done like a tap. */
import { mayAct, vaultOwner } from '../../domain/approver.ts';
import type { Decision, DraftVerb } from '../../domain/decision.ts';
import type { Draft } from '../../domain/draft.ts';
import { noEvidence } from '../../domain/outcome.ts';
import { folderOf, meaningOfMove } from '../../domain/lifecycle.ts';
import type { DraftState, Folder, MoveMeaning } from '../../domain/lifecycle.ts';
import type { DraftChange, Tables } from '../../domain/ledger-port.ts';
import { blocks, warns } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';
import { createId } from '../../lib/random.ts';
import { oneLine, strange } from '../../lib/words.ts';
import type { VaultFile } from '../../vault/types.ts';
import { approvalsBeside, approvalsNow, tooFew, wishedBy } from '../enough.ts';
import { oldRemedy, oldWords } from '../keep-log.ts';
import { jobKinds } from '../parts.ts';
import type { Parts } from '../parts.ts';
import { onOffer, readRevision } from '../read-revision.ts';
import type { ReadRevision } from '../read-revision.ts';
import { byOn } from '../decided-by.ts';
import { standingDecision } from '../present.ts';
import { putAwaySoon } from '../put-away.ts';
import { endTaken, isTooLate } from '../running.ts';
import { settleLocked } from '../settle.ts';
import { tell } from '../tell.ts';
import { isAsked, leftMeanwhile, twinsOf, twinSubject } from '../twins.ts';

/** @param isNew the draft was made for this very file, so where it lies is all that is known of it */
export const applyMove = (parts: Parts, draftId: string, file: VaultFile, isNew = false): Promise<void> =>
  parts.lock(draftId, async () => {
    const draft = await parts.ledger.drafts.byId(draftId);
    const there = await parts.vault.look(file.folder, file.path);
    // Moved on since it was listed, or one of our own moves: nothing happened by hand.
    if (draft === undefined || there === undefined) return;
    // We put it there meanwhile, and it was decided once more: what differs is unfinished work of ours.
    const isOurs = !isNew && isPlaceOf(draft, there);
    const isLeaving = await isTooLate(parts.ledger, draftId);
    const meaning = isNew ? meaningOfMove(draft.state, file.folder) : meaningNow(draft, file.folder, isLeaving);
    if (!isOurs) await act(parts, draft, { ...draft, file: there }, meaning, isNew);
    await settleLocked(parts, draftId);
  });

const isPlaceOf = ({ state, file }: Draft, there: VaultFile): boolean =>
  state !== 'vanished' && file.folder === there.folder && file.path === there.path && file.inode === there.inode;

/**
 * A decision on record whose file was not moved yet wins over a move into Approved in the same moment: it was made
 * without knowing of the other one, and not sending can be mended, sending can't.
 */
function meaningNow(draft: Draft, folder: Folder, isLeaving: boolean): MoveMeaning {
  const meaning = meaningOfMove(draft.state, folder, isLeaving);
  const unfinished = draft.state !== 'vanished' && draft.file.folder !== folderOf(draft.state);
  if (folder !== 'Approved' || meaning.kind === 'none' || !unfinished || isLeaving) return meaning;
  return { kind: 'undo_move', say: 'It was decided elsewhere in the same moment; that decision counts.' };
}

async function act(parts: Parts, draft: Draft, moved: Draft, meaning: MoveMeaning, isNew: boolean): Promise<void> {
  const place = oneLine(`${moved.file.folder}/${moved.file.path}`, 200);
  if (meaning.kind !== 'none') parts.logger.info(`Moved by hand: ${place} (${meaning.kind.replaceAll('_', ' ')})`);
  switch (meaning.kind) {
    case 'none':
      await parts.ledger.drafts.change(draft.id, { from: [draft.state] }, { file: moved.file }, parts.clock.now());
      return;
    case 'approve':
      return await approveByHand(parts, draft, moved, isNew);
    case 'reject':
      return await recordMove(parts, moved, 'reject', { state: 'rejected', trouble: undefined });
    case 'ask_again':
      return await recordMove(parts, moved, 'undo', {
        state: 'pending',
        trouble: warns('undone_move', await decidedWords(parts, draft, meaning.say), 'Approve it if it should go out.'),
      });
    case 'close':
      return await recordMove(parts, moved, 'reject', { state: 'done', trouble: undefined });
    case 'happened':
      return await recordMove(parts, moved, 'happened', { state: 'done', trouble: undefined }, async (tables) => {
        await settleAttempt(tables, draft.id, 'posted');
      });
    case 'not_happened':
      return await recordMove(
        parts,
        moved,
        'not_happened',
        { state: 'pending', trouble: undefined },
        async (tables) => {
          await settleAttempt(tables, draft.id, 'refused');
        },
      );
    case 'leave':
      return await recordMove(parts, moved, 'leave', {
        state: 'failed',
        trouble: blocks(
          'outcome_unknown',
          'Nobody could tell whether it went out, and it was left at that.',
          'Look at the account before sending it again.',
        ),
      });
    case 'undo_move':
      return await undoMove(parts, draft, moved, meaning.say);
    case 'too_late':
      return await sayTooLate(parts, draft, moved, meaning.say);
  }
}

/** Which decision the move meets: a no that somebody gave is named with who and when. */
async function decidedWords(parts: Parts, draft: Draft, say: string): Promise<string> {
  if (draft.state !== 'rejected') return say;
  return `${say} Rejected ${byOn(await standingDecision(parts, draft.id))}.`;
}

/** A move into Approved is an approval of what the file says at this instant, if the policy allows it. */
async function approveByHand(parts: Parts, draft: Draft, moved: Draft, isNew: boolean): Promise<void> {
  const permission = mayAct(parts, vaultOwner, 'approve');
  if (permission.kind === 'refused') {
    return await backToPending(parts, draft, moved, onlyChat);
  }
  if ((await parts.ledger.flags.get('rescanned')) !== 'yes') {
    return await backToPending(parts, draft, moved, { code: 'undone_move', what: oldWords, remedy: oldRemedy });
  }
  const read = await readRevision(parts, moved);
  if (read === undefined) return;
  const seen = { ...moved, file: read.file, revision: read.revision.hash };
  const problem = blocked(read) ?? (await unseen(parts, draft, read, isNew)) ?? (await equalEffect(parts, draft, read));
  if (problem !== undefined) return await backToPending(parts, draft, seen, problem, read);
  const fresh = isNew || draft.revision !== seen.revision;
  await giveByHand(parts, draft, seen, read, fresh ? msUntilQuiet(seen.file, parts.clock.now()) : 0);
}

const onlyChat = warns(
  'hand_moves_off',
  'Moving a file into Approved does not count here; only the chat does (APPROVAL_POLICY=chat).',
  'Approve it in the chat.',
);

/** The card names the problem itself, by its own code. */
function blocked({ revision }: ReadRevision): Pick<Problem, 'code' | 'what' | 'remedy'> | undefined {
  const problem = revision.problems.find(({ severity }) => severity === 'blocks');
  return problem === undefined ? undefined : { ...problem, code: 'undone_move' };
}

/**
 * A move counts for what waited, so that whoever can write into Approved can't approve what nobody was asked about. A
 * copy of a file that waits, byte for byte, says nothing new: people copy where others move.
 */
async function unseen(
  parts: Parts,
  draft: Draft,
  { file, revision }: ReadRevision,
  isNew: boolean,
): Promise<Problem | undefined> {
  if (parts.rules.policy === 'any') return undefined;
  if (!isNew) return draft.revision === revision.hash ? undefined : changedOnTheWay;
  const alike = await parts.ledger.drafts.alike(revision.likeness, draft.id);
  const isCopy = alike.some(
    (other) =>
      other.state === 'pending' && other.revision === revision.hash && other.file.contentHash === file.contentHash,
  );
  return isCopy ? undefined : neverWaited;
}

const changedOnTheWay = warns(
  'never_seen',
  'It was changed in the moment it was moved, so nobody could see what it says now.',
  'Look at it and approve it if it is right.',
);
const neverWaited = warns(
  'never_seen',
  'It never waited in Pending_Approval, so nobody was asked about it.',
  'Look at it and approve it if it should go out.',
);

/** Whoever moves a file was told of nothing, and can't be asked: that is for the card. */
async function equalEffect(parts: Parts, draft: Draft, { revision }: ReadRevision): Promise<Problem | undefined> {
  const now = parts.clock.now();
  const [twin] = (await twinsOf(parts.ledger, twinSubject(draft, revision), now)).filter(isAsked);
  return twin === undefined ? undefined : leftMeanwhile(twin, draft.id);
}

/**
 * A program that writes straight into Approved may pause in the middle, and half of a text counts as complete then. So what nobody
 * saw before keeps still for a while, whatever the time to undo is; what is written meanwhile is asked about.
 */
const quietMs = 10_000;

/** A time in the future is another machine's clock and says nothing. */
function msUntilQuiet({ mtimeMs }: VaultFile, now: Date): number {
  const age = now.getTime() - mtimeMs;
  return age < 0 ? 0 : Math.max(0, quietMs - age);
}

/** One approval, by the vault's owner, that counts after `stillMs` at the earliest. While others are needed the file goes back: what lies in Approved is approved. */
async function giveByHand(parts: Parts, draft: Draft, seen: Draft, read: ReadRevision, stillMs: number): Promise<void> {
  const before = await approvalsNow(parts.rules, parts.ledger, { ...draft, revision: seen.revision });
  const others = approvalsBeside(parts.rules, before, vaultOwner);
  const given = others.length + 1;
  const hold = { ms: Math.max(parts.rules.holdSeconds * 1_000, stillMs), from: parts.clock.now() };
  if (given >= parts.rules.approvalsNeeded) {
    const notBefore = new Date(Math.max(hold.from.getTime() + hold.ms, wishedBy(others).getTime()));
    await recordMove(parts, seen, 'approve', { state: 'approved', ...onOffer(read), notBefore, trouble: undefined });
    parts.holds.begin(draft.id, hold);
    return;
  }
  const few = tooFew(parts.rules, given);
  await recordMove(parts, seen, 'approve', {
    ...onOffer(read),
    ...(draft.state === 'pending' ? {} : { state: 'pending', askedFrom: draft.askedFrom }),
    trouble: warns('too_few_approvals', `Moved back from ${seen.file.folder}: ${few.what}`, few.remedy),
  });
}

async function backToPending(
  parts: Parts,
  draft: Draft,
  moved: Draft,
  { code, what, remedy }: Pick<Problem, 'code' | 'what' | 'remedy'>,
  read?: ReadRevision,
): Promise<void> {
  const trouble = warns(code, `Moved back from ${moved.file.folder}: ${what}`, remedy);
  const to: DraftChange = {
    state: 'pending',
    file: moved.file,
    notBefore: undefined,
    trouble,
    ...(read === undefined ? {} : onOffer(read)),
  };
  await parts.ledger.drafts.change(draft.id, { from: [draft.state] }, to, parts.clock.now());
}

/** The file goes back where its state says: `settleLocked` moves it, because the trace now names the wrong folder. */
async function undoMove(parts: Parts, draft: Draft, moved: Draft, say: string): Promise<void> {
  const home = draft.state === 'vanished' ? 'Pending_Approval' : folderOf(draft.state);
  const trouble = warns('undone_move', say, `The file is back in ${home}.`);
  const running = draft.state === 'in_progress' || draft.state === 'unknown';
  const to: DraftChange = {
    file: moved.file,
    ...(running ? {} : { trouble }),
    ...(draft.state === 'vanished' ? { state: 'pending' } : {}),
  };
  const at = parts.clock.now();
  // With a job: after a crash nobody else looks at a draft that is over, and no file would be looked for where it went.
  await parts.ledger.tx(async (tables) => {
    if (!(await tables.drafts.change(draft.id, { from: [draft.state] }, to, at))) return;
    await tables.jobs.add({ kind: jobKinds.settle, key: draft.id, serialKey: draft.id, runAt: at });
  });
}

/** Nobody can call it back. Said in the chat, because the card only tells how it ends. */
async function sayTooLate(parts: Parts, draft: Draft, moved: Draft, say: string): Promise<void> {
  const at = parts.clock.now();
  const name = strange(draft.file.path.split('/').at(-1) ?? draft.file.path, 80);
  const text = `Too late for ${name}: ${say} Moving it to ${moved.file.folder} changes nothing.`;
  const last = (await parts.ledger.attempts.of(draft.id)).at(-1);
  await parts.ledger.tx(async (tables) => {
    await tables.drafts.change(draft.id, { from: [draft.state] }, { file: moved.file }, at);
    await tell(parts, tables, draft.id, { text, loud: true, links: [], key: draft.key }, `${last?.id}:too_late`);
    await tables.jobs.add({ kind: jobKinds.settle, key: draft.id, serialKey: draft.id, runAt: at });
  });
}

/** One transaction: state, trace and decision of the vault's owner. */
async function recordMove(
  parts: Parts,
  moved: Draft,
  verb: DraftVerb,
  to: DraftChange,
  also: (tables: Tables) => Promise<void> = async () => undefined,
): Promise<void> {
  const at = parts.clock.now();
  const decision: Decision = {
    id: createId(at, parts.random),
    draftId: moved.id,
    revision: to.revision ?? moved.revision ?? '',
    verb,
    actor: vaultOwner,
    at,
    reason: `moved to ${moved.file.folder}`,
    // Nobody who moves a file was told of anything.
    knew: [],
  };
  const from: readonly DraftState[] = [moved.state];
  await parts.ledger.tx(async (tables) => {
    const change = { notBefore: undefined, ...to, file: moved.file };
    if ((await isTooLate(tables, moved.id)) || !(await tables.drafts.change(moved.id, { from }, change, at))) return;
    await tables.decisions.append(decision);
    await endTaken(tables, moved.id, at);
    await also(tables);
    if (to.state === 'done') await putAwaySoon(tables, moved.id, at);
    await tables.jobs.add({ kind: jobKinds.settle, key: moved.id, serialKey: moved.id, runAt: at });
  });
  parts.running.takeBack(moved.id);
}

async function settleAttempt(tables: Tables, draftId: string, outcome: 'posted' | 'refused'): Promise<void> {
  const attempt = (await tables.attempts.of(draftId)).at(-1);
  if (attempt === undefined) return;
  const note = outcome === 'posted' ? 'Moved to Done by hand: it went out' : 'Moved back by hand: it did not go out';
  await tables.attempts.settle(attempt.id, outcome, outcome === 'posted' ? { ...noEvidence, note } : undefined, note);
}
