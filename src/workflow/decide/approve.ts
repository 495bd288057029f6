/** Approve, and try again: each is one person's yes to exactly one text. It leaves when enough different people said so. */
import { personOf } from '../../domain/approver.ts';
import type { Decision, Verdict } from '../../domain/decision.ts';
import type { DraftState } from '../../domain/lifecycle.ts';
import { isBlocked } from '../../domain/problem.ts';
import { approvalsNow, peopleWords, wishedBy } from '../enough.ts';
import type { Parts } from '../parts.ts';
import { onOffer, readRevision } from '../read-revision.ts';
import { record } from './record.ts';
import type { Case } from './record.ts';
import { stale } from './stale.ts';
import { readInstant, timeWords } from './time.ts';
import { decidedAlready, refused } from './words.ts';

export async function approve(parts: Parts, about: Case): Promise<Verdict> {
  // The file may have been changed a moment ago, with the event still on its way.
  const fresh = await readRevision(parts, about.draft);
  if (fresh === undefined) return refused('stale', 'The file is being moved or is gone. Nothing was approved.');
  if (fresh.revision.hash !== about.revision.hash) {
    await parts.ledger.drafts.change(about.draft.id, { from: ['pending'] }, onOffer(fresh), parts.clock.now());
    return stale(parts, about.draft.id);
  }
  const problem = fresh.revision.problems.find((candidate) => candidate.severity === 'blocks');
  if (problem !== undefined && isBlocked(fresh.revision.problems)) {
    return refused('blocked', `${problem.what} ${problem.remedy}`);
  }
  const now = parts.clock.now();
  const wished = about.tap.text === undefined ? now : readInstant(about.tap.text, now);
  if (typeof wished === 'string') return refused('bad_text', wished);
  const { others, more, again } = await countWith(parts, about);
  if (more > 0) return again ? alreadyHis(more) : await giveOne(parts, about, ['pending'], 'Approved');
  const hold = now.getTime() + parts.rules.holdSeconds * 1_000;
  // Nobody's approval may be used earlier than they said.
  const goes = new Date(Math.max(hold, wished.getTime(), wishedBy(others).getTime()));
  const won = await record(parts, about, ['pending'], { state: 'approved', notBefore: goes, trouble: undefined });
  if (!won) return decidedAlready(parts, about.draft, 'approve');
  const when = goes > now ? `Goes out at ${timeWords(goes, now)}; Undo until then.` : 'Goes out now.';
  return { kind: 'accepted', say: `Approved. ${when}` };
}

export async function retry(parts: Parts, about: Case): Promise<Verdict> {
  const { others, more } = await countWith(parts, about);
  if (more > 0) return await giveOne(parts, about, ['failed', 'approved'], 'Asked again');
  const now = parts.clock.now();
  const won = await record(parts, about, ['failed', 'approved'], {
    state: 'approved',
    notBefore: new Date(Math.max(now.getTime(), wishedBy(others).getTime())),
    trouble: undefined,
  });
  if (!won) return decidedAlready(parts, about.draft, 'retry');
  return { kind: 'accepted', say: 'Trying once more.' };
}

/** Takes back what was approved so far, by whomever. */
export async function takeBack(parts: Parts, about: Case): Promise<Verdict> {
  const given = await approvalsNow(parts.ledger, about.draft);
  if (given.length === 0 || !(await record(parts, about, ['pending'], { trouble: undefined }))) {
    return decidedAlready(parts, about.draft, 'undo');
  }
  return { kind: 'accepted', say: 'Undone. No approval counts any more.' };
}

type Count = {
  /** What other people approved before. */
  readonly others: readonly Decision[];
  /** How many more people are needed after this one. */
  readonly more: number;
  /** This person is among those who approved. */
  readonly again: boolean;
};

async function countWith(parts: Parts, { draft, tap }: Case): Promise<Count> {
  const before = await approvalsNow(parts.ledger, draft);
  const others = before.filter(({ actor }) => personOf(actor) !== personOf(tap.actor));
  const more = Math.max(0, parts.rules.approvalsNeeded - others.length - 1);
  return { others, more, again: others.length < before.length };
}

/** One of several: it stays a question, or becomes one again. */
async function giveOne(parts: Parts, about: Case, from: readonly DraftState[], done: string): Promise<Verdict> {
  const { draft, tap } = about;
  const { more } = await countWith(parts, about);
  // Approvals of this very text go on counting.
  const asked = draft.state === 'pending' ? {} : { state: 'pending' as const, askedFrom: draft.askedFrom };
  if (!(await record(parts, about, from, { ...asked, notBefore: undefined, trouble: undefined }))) {
    return decidedAlready(parts, draft, tap.verb);
  }
  const { approvalsNeeded: needed } = parts.rules;
  return {
    kind: 'accepted',
    say: `${done}: ${needed - more} of ${needed}. ${peopleWords(more)} must approve it before it leaves.`,
  };
}

const alreadyHis = (more: number): Verdict =>
  refused('decided', `You approved this already. ${peopleWords(more)} must approve it too.`);
