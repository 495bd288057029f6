/** A person moved the file: what it means is looked up in the table of the lifecycle, then done like a tap. */
import { approvalsOf } from '../../domain/approvals.ts';
import { mayAct, personOf, vaultOwner } from '../../domain/approver.ts';
import type { Decision, DraftVerb } from '../../domain/decision.ts';
import type { Draft } from '../../domain/draft.ts';
import { noEvidence } from '../../domain/outcome.ts';
import { folderOf, meaningOfMove } from '../../domain/lifecycle.ts';
import type { DraftState, Folder, MoveMeaning } from '../../domain/lifecycle.ts';
import type { DraftChange, Tables } from '../../domain/ledger-port.ts';
import { blocks, isBlocked, warns } from '../../domain/problem.ts';
import { createId } from '../../lib/random.ts';
import { oneLine } from '../../lib/words.ts';
import type { VaultFile } from '../../vault/types.ts';
import { tooFew, wishedBy } from '../enough.ts';
import { oldRemedy, oldWords } from '../keep-log.ts';
import { jobKinds } from '../parts.ts';
import type { Parts } from '../parts.ts';
import { onOffer, readRevision } from '../read-revision.ts';
import type { Read } from '../read-revision.ts';
import { settleLocked } from '../settle.ts';

/** @param isNew the draft was made for this very file, so where it lies is all that is known of it */
export const applyMove = (parts: Parts, draftId: string, file: VaultFile, isNew = false): Promise<void> =>
  parts.lock(draftId, async () => {
    const draft = await parts.ledger.drafts.byId(draftId);
    const there = await parts.vault.look(file.folder, file.path);
    // Moved on since it was listed, or one of our own moves: nothing happened by hand.
    if (draft === undefined || there === undefined) return;
    // We put it there meanwhile, and it was decided once more: what differs is unfinished work of ours.
    const isOurs = !isNew && isPlaceOf(draft, there);
    const meaning = isNew ? meaningOfMove(draft.state, file.folder) : meaningNow(draft, file.folder);
    if (!isOurs) await act(parts, draft, { ...draft, file: there }, meaning);
    await settleLocked(parts, draftId);
  });

const isPlaceOf = ({ state, file }: Draft, there: VaultFile): boolean =>
  state !== 'vanished' && file.folder === there.folder && file.path === there.path && file.inode === there.inode;

/**
 * A decision on record whose file was not moved yet wins over a move into Approved in the same moment: not sending can
 * be mended, sending can't.
 */
function meaningNow(draft: Draft, folder: Folder): MoveMeaning {
  const meaning = meaningOfMove(draft.state, folder);
  const unfinished = draft.state !== 'vanished' && draft.file.folder !== folderOf(draft.state);
  if (meaning.kind !== 'approve' || !unfinished) return meaning;
  return { kind: 'undo_move', say: 'It was decided elsewhere in the same moment; that decision counts.' };
}

async function act(parts: Parts, draft: Draft, moved: Draft, meaning: MoveMeaning): Promise<void> {
  const place = oneLine(`${moved.file.folder}/${moved.file.path}`, 200);
  if (meaning.kind !== 'none') parts.logger.info(`Moved by hand: ${place} (${meaning.kind.replaceAll('_', ' ')})`);
  switch (meaning.kind) {
    case 'none':
      await parts.ledger.drafts.change(draft.id, { from: [draft.state] }, { file: moved.file }, parts.clock.now());
      return;
    case 'approve':
      return await approveByHand(parts, draft, moved);
    case 'reject':
      return await recordMove(parts, moved, 'reject', { state: 'rejected', trouble: undefined });
    case 'ask_again':
      return await recordMove(parts, moved, 'undo', {
        state: 'pending',
        trouble: warns('undone_move', meaning.say, 'Approve it if it should go out.'),
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
  }
}

/** A move into Approved is an approval of what the file says at this instant, if the policy allows it. */
async function approveByHand(parts: Parts, draft: Draft, moved: Draft): Promise<void> {
  const permission = mayAct(parts, vaultOwner, 'approve');
  if (permission.kind === 'refused') {
    const say = 'Moving a file into Approved does not count here; only the chat does (APPROVAL_POLICY=chat).';
    return await backToPending(parts, draft, moved, say, 'Approve it in the chat.');
  }
  if ((await parts.ledger.flags.get('rescanned')) !== 'yes') {
    return await backToPending(parts, draft, moved, oldWords, oldRemedy);
  }
  const read = await readRevision(parts, moved);
  if (read === undefined) return;
  const { revision } = read;
  const problem = revision.problems.find(
    (candidate) =>
      candidate.severity === 'blocks' || (candidate.code === 'duplicate' && !wasShown(draft, revision.hash)),
  );
  const seen = { ...moved, file: read.file, revision: revision.hash };
  if (problem !== undefined || isBlocked(revision.problems)) {
    const what = problem?.what ?? 'It can’t go out like this.';
    return await backToPending(parts, draft, seen, what, problem?.remedy ?? 'Mend the file.', read);
  }
  await giveByHand(parts, draft, seen, read);
}

/** One approval, by the vault's owner. While others are needed the file goes back: what lies in Approved is approved. */
async function giveByHand(parts: Parts, draft: Draft, seen: Draft, read: Read): Promise<void> {
  const before = approvalsOf(await parts.ledger.decisions.of(draft.id), { ...draft, revision: seen.revision });
  const others = before.filter(({ actor }) => personOf(actor) !== personOf(vaultOwner));
  const given = others.length + 1;
  const hold = parts.clock.now().getTime() + parts.rules.holdSeconds * 1_000;
  if (given >= parts.rules.approvalsNeeded) {
    return await recordMove(parts, seen, 'approve', {
      state: 'approved',
      ...onOffer(read),
      notBefore: new Date(Math.max(hold, wishedBy(others).getTime())),
      trouble: undefined,
    });
  }
  const few = tooFew(parts.rules, given);
  await recordMove(parts, seen, 'approve', {
    ...onOffer(read),
    ...(draft.state === 'pending' ? {} : { state: 'pending', askedFrom: draft.askedFrom }),
    trouble: warns('too_few_approvals', `Moved back from ${seen.file.folder}: ${few.what}`, few.remedy),
  });
}

const wasShown = (draft: Draft, hash: string): boolean => draft.revision === hash;

async function backToPending(
  parts: Parts,
  draft: Draft,
  moved: Draft,
  what: string,
  remedy: string,
  read?: Read,
): Promise<void> {
  const trouble = warns('undone_move', `Moved back from ${moved.file.folder}: ${what}`, remedy);
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
  };
  const from: readonly DraftState[] = [moved.state];
  await parts.ledger.tx(async (tables) => {
    const change = { notBefore: undefined, ...to, file: moved.file };
    if (!(await tables.drafts.change(moved.id, { from }, change, at))) return;
    await tables.decisions.append(decision);
    await also(tables);
    await tables.jobs.add({ kind: jobKinds.settle, key: moved.id, serialKey: moved.id, runAt: at });
  });
}

async function settleAttempt(tables: Tables, draftId: string, outcome: 'posted' | 'refused'): Promise<void> {
  const attempt = (await tables.attempts.of(draftId)).at(-1);
  if (attempt === undefined) return;
  const note = outcome === 'posted' ? 'Moved to Done by hand: it went out' : 'Moved back by hand: it did not go out';
  await tables.attempts.settle(attempt.id, outcome, outcome === 'posted' ? { ...noEvidence, note } : undefined, note);
}
