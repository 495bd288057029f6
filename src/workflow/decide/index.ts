/**
 * The one door for decisions: taps, replies, the page, the command line. A decision counts only for the revision the
 * person saw, the first one wins, and it is on record before anything moves (promises P1, P4, P6).
 */
import { mayAct } from '../../domain/approver.ts';
import type { DraftVerb, Tap, Verdict } from '../../domain/decision.ts';
import { isPutOff, shortRevision } from '../../domain/draft.ts';
import type { DraftState } from '../../domain/lifecycle.ts';
import { plainText } from '../../lib/plain-text.ts';
import { messageOf, oneLine } from '../../lib/words.ts';
import { again } from './again.ts';
import { answerUnknown } from './answer.ts';
import { approve, retry, takeBack } from './approve.ts';
import { chooseText } from './choose.ts';
import { comment } from './comment.ts';
import { edit } from './edit.ts';
import type { Parts } from '../parts.ts';
import { currentRevision, present } from '../present.ts';
import { postpone } from './postpone.ts';
import { beforeItLeaves, record, tapName } from './record.ts';
import type { Case } from './record.ts';
import { replyAll } from './reply-all.ts';
import { restore } from './restore.ts';
import { settleLocked } from '../settle.ts';
import { ownsPlace } from '../whose-file.ts';
import { stale } from './stale.ts';
import { decidedAlready, refused } from './words.ts';

/** @param presented called when the card of a decision that counts is on record, after the answer */
export async function decide(parts: Parts, tap: Tap, presented: () => void): Promise<Verdict> {
  const permission = mayAct(parts, tap.actor, tap.verb);
  if (permission.kind === 'refused') return refused('not_allowed', permission.why);
  try {
    const found = await parts.ledger.drafts.byKey(tap.key);
    if (found === undefined) return refused('unknown_draft', 'This draft is not known here any more.');
    return await parts.lock(found.id, () => decideLocked(parts, found.id, tap, presented));
  } catch (thrown) {
    parts.logger.error(`A ${tap.verb} could not be recorded: ${messageOf(thrown)}`, thrown);
    return refused('trouble', 'That could not be recorded, so nothing was changed. Please try again.');
  }
}

async function decideLocked(parts: Parts, draftId: string, tap: Tap, presented: () => void): Promise<Verdict> {
  const draft = await parts.ledger.drafts.byId(draftId);
  if (draft === undefined) return refused('unknown_draft', nothingYet);
  const { verb } = tap;
  if (verb === 'comment') {
    const verdict = await comment(parts, draft, tap);
    presentSoon(parts, draftId, presented);
    return verdict;
  }
  const revision = await currentRevision(parts, draft);
  if (revision === undefined) return refused('unknown_draft', nothingYet);
  const name = tapName(tap);
  const counted = name === undefined ? undefined : await parts.ledger.decisions.byTap(name);
  if (counted !== undefined) return await again(parts, { draft, revision, tap }, counted);
  // Whoever is late wants to know that it is decided, not that the card is old.
  if (!possibleIn[verb].includes(draft.state)) return decidedAlready(parts, draft, verb);
  if (revision.mark !== tap.revision) return stale(parts, draftId, shortRevision(revision.hash) === tap.revision);
  const verdict = await act(parts, { draft, revision, tap }, verb);
  presentSoon(parts, draftId, presented);
  parts.jobs.wake();
  return verdict;
}

const nothingYet = 'There is nothing to decide here yet.';

/**
 * The person gets the answer first: what is on record is true, and the job that came with it makes the card when this
 * can't. Not left to the job alone, which may wait behind long ones.
 */
function presentSoon(parts: Parts, draftId: string, presented: () => void): void {
  const presenting = parts.lock(draftId, () => present(parts, draftId)).then(presented);
  presenting.catch((thrown: unknown) => {
    // The ledger may be closed by now; the next start makes the card.
    if (parts.stopping.aborted) return;
    parts.logger.error(`The card after a decision could not be made: ${messageOf(thrown)}`, thrown);
  });
}

/** Anybody may say something about any draft; everything else is about how it stands. */
type Deciding = Exclude<DraftVerb, 'comment'>;

/** In which states a verb can have its meaning. */
const possibleIn: Readonly<Record<Deciding, readonly DraftState[]>> = {
  approve: ['pending'],
  reject: beforeItLeaves,
  close: ['pending'],
  edit: beforeItLeaves,
  restore: ['pending'],
  choose: ['pending'],
  plain: ['pending'],
  reply_all: ['pending'],
  postpone: ['pending'],
  reason: ['rejected'],
  undo: ['pending', 'approved', 'in_progress', 'rejected'],
  happened: ['unknown'],
  not_happened: ['unknown'],
  leave: ['unknown'],
  retry: ['failed', 'approved'],
};

function act(parts: Parts, about: Case, verb: Deciding): Promise<Verdict> {
  switch (verb) {
    case 'approve':
      return approve(parts, about);
    case 'reject':
      return reject(parts, about);
    case 'close':
      return close(parts, about);
    case 'postpone':
      return postpone(parts, about);
    case 'reason':
      return giveReason(parts, about);
    case 'undo':
      return undo(parts, about);
    case 'retry':
      return retry(parts, about);
    case 'edit':
      return edit(parts, about);
    case 'restore':
      return restore(parts, about);
    case 'plain':
      return edit(parts, { ...about, tap: { ...about.tap, text: plainText(about.revision.effect.text) } });
    case 'reply_all':
      return replyAll(parts, about);
    case 'choose':
      return chooseText(parts, about);
    case 'happened':
    case 'not_happened':
    case 'leave':
      return answerUnknown(parts, about, verb);
  }
}

async function reject(parts: Parts, about: Case): Promise<Verdict> {
  const to = { ...settled, state: 'rejected' } as const;
  const won = await record(parts, withReason(about), beforeItLeaves, to);
  if (!won) return decidedAlready(parts, about.draft, 'reject');
  return { kind: 'accepted', say: 'Rejected. Nothing will be sent.' };
}

async function close(parts: Parts, about: Case): Promise<Verdict> {
  if (!(await record(parts, about, ['pending'], { ...settled, state: 'done' }))) {
    return decidedAlready(parts, about.draft, 'close');
  }
  return { kind: 'accepted', say: 'Closed. Nothing was sent from here.' };
}

async function giveReason(parts: Parts, about: Case): Promise<Verdict> {
  const because = withReason(about);
  if (because.tap.text === '') return refused('bad_text', 'The reason is empty, so nothing was noted.');
  if (!(await record(parts, because, ['rejected'], {}))) return decidedAlready(parts, about.draft, 'reason');
  return { kind: 'accepted', say: 'Noted in the file.' };
}

const withReason = (about: Case): Case => ({
  ...about,
  tap: { ...about.tap, text: oneLine(about.tap.text ?? '', 500) },
});

async function undo(parts: Parts, about: Case): Promise<Verdict> {
  if (about.draft.state === 'pending') {
    return isPutOff(about.draft) ? await wakeUp(parts, about) : await takeBack(parts, about);
  }
  // A crash may have cut the move off from its record. Finished folders are not listed: undone like that, the file
  // would be found there later and taken for one that was rejected by hand.
  if (about.draft.state === 'rejected' && !(await ownsPlace(parts, about.draft))) {
    await settleLocked(parts, about.draft.id);
  }
  const won = await record(parts, about, ['approved', 'in_progress', 'rejected'], { ...settled, state: 'pending' });
  if (!won) return refused('too_late', 'Too late to undo: it is on its way.');
  return { kind: 'accepted', say: 'Undone. It waits for you again.' };
}

/** Takes a postponement back. */
async function wakeUp(parts: Parts, about: Case): Promise<Verdict> {
  if (!(await record(parts, about, ['pending'], { notBefore: undefined }))) {
    return decidedAlready(parts, about.draft, 'undo');
  }
  return { kind: 'accepted', say: 'It waits for you again.' };
}

const settled = { notBefore: undefined, trouble: undefined } as const;
