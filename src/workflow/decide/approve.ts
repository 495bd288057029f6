/** Approve, and try again: each is one person's yes to exactly one text. It leaves when enough different people said so. */
import type { Decision, Verdict } from '../../domain/decision.ts';
import type { Tables } from '../../domain/ledger-port.ts';
import type { DraftState } from '../../domain/lifecycle.ts';
import { isBlocked } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';
import { movedOnSince } from '../conversations.ts';
import { approvalsBeside, approvalsNow, peopleWords, wishedBy } from '../enough.ts';
import { jobKinds } from '../parts.ts';
import type { Parts } from '../parts.ts';
import { standingDecision } from '../present.ts';
import { onOffer, readRevision } from '../read-revision.ts';
import { questionFor, risksOf } from '../risks.ts';
import type { Risks } from '../risks.ts';
import { isAsked, leftMeanwhile, twinsOf, twinSubject } from '../twins.ts';
import { record } from './record.ts';
import type { Case } from './record.ts';
import { stale } from './stale.ts';
import { readInstant, timeWords } from './time.ts';
import { decidedAlready, refused } from './words.ts';

export async function approve(parts: Parts, asked: Case): Promise<Verdict> {
  // The file may have been changed a moment ago, with the event still on its way.
  const fresh = await readRevision(parts, asked.draft);
  if (fresh === undefined) return refused('stale', 'The file is being moved or is gone. Nothing was approved.');
  if (fresh.revision.hash !== asked.revision.hash) {
    await parts.ledger.drafts.change(asked.draft.id, { from: ['pending'] }, onOffer(fresh), parts.clock.now());
    return stale(parts, asked.draft.id);
  }
  const problem = fresh.revision.problems.find((candidate) => candidate.severity === 'blocks');
  if (problem !== undefined && isBlocked(fresh.revision.problems)) {
    return refused('blocked', `${problem.what} ${problem.remedy}`);
  }
  const now = parts.clock.now();
  const wished = asked.tap.text === undefined ? now : readInstant(asked.tap.text, now);
  if (typeof wished === 'string') return refused('bad_text', wished);
  const risks = await risksOf(parts, asked.draft, fresh.revision);
  const question = questionFor(asked.tap, risks);
  if (question !== undefined) return question;
  const about = { ...asked, knew: risks.knew };
  const { others, more, again } = await countWith(parts, about);
  if (more > 0) return again ? alreadyHis(more) : await giveOne(parts, about, ['pending'], 'Approved');
  const hold = { ms: parts.rules.holdSeconds * 1_000, from: now };
  // Nobody's approval may be used earlier than they said.
  const goes = new Date(Math.max(now.getTime() + hold.ms, wished.getTime(), wishedBy(others).getTime()));
  const to = { state: 'approved', notBefore: goes, trouble: undefined } as const;
  const won = await record(parts, about, ['pending'], to, { only: noOthersThan(parts, about, risks) });
  if (!won) return await lost(parts, about);
  parts.holds.begin(about.draft.id, hold);
  const when = goes > now ? `Goes out at ${timeWords(goes, now)}; Undo until then.` : 'Goes out now.';
  return { kind: 'accepted', say: `Approved. ${when}` };
}

/** Of two drafts of equal effect that are approved at once, the second one asks: looked at where it is put on record. */
const noOthersThan =
  (parts: Parts, { draft, revision }: Case, { knew }: Risks) =>
  async (tables: Tables): Promise<boolean> =>
    (await twinsOf(tables, twinSubject(draft, revision), parts.clock.now()))
      .filter(isAsked)
      .every(({ draftId }) => knew.includes(draftId));

/** Somebody was first: with this draft, or with one of equal effect. */
async function lost(parts: Parts, { draft, revision, tap }: Case): Promise<Verdict> {
  const now = await parts.ledger.drafts.byId(draft.id);
  const question = now?.state === 'pending' ? questionFor(tap, await risksOf(parts, draft, revision)) : undefined;
  return question ?? (await decidedAlready(parts, draft, 'approve'));
}

export async function retry(parts: Parts, about: Case): Promise<Verdict> {
  const now = parts.clock.now();
  const [twin] = (await twinsOf(parts.ledger, twinSubject(about.draft, about.revision), now)).filter(isAsked);
  if (twin !== undefined) return await askAnew(parts, about, leftMeanwhile(twin, about.draft.id));
  const decision = await standingDecision(parts, about.draft.id);
  const moved = decision && (await movedOnSince(parts.ledger, about.revision.effect, decision));
  if (moved !== undefined) return await askAnew(parts, about, moved);
  const { others, more } = await countWith(parts, about);
  if (more > 0) return await giveOne(parts, about, ['failed', 'approved'], 'Asked again');
  const won = await record(parts, about, ['failed', 'approved'], {
    state: 'approved',
    notBefore: new Date(Math.max(now.getTime(), wishedBy(others).getTime())),
    trouble: undefined,
  });
  if (!won) return decidedAlready(parts, about.draft, 'retry');
  return { kind: 'accepted', say: 'Trying once more.' };
}

/** The same left meanwhile, or may have: its card becomes the question, which Approve answers. */
async function askAnew(parts: Parts, { draft, tap }: Case, trouble: Problem): Promise<Verdict> {
  const at = parts.clock.now();
  const to = { state: 'pending', notBefore: undefined, trouble } as const;
  const changed = await parts.ledger.tx(async (tables) => {
    if (!(await tables.drafts.change(draft.id, { from: ['failed', 'approved'] }, to, at))) return false;
    await tables.jobs.add({ kind: jobKinds.settle, key: draft.id, serialKey: draft.id, runAt: at });
    return true;
  });
  return changed
    ? refused('blocked', `${trouble.what} ${trouble.remedy}`)
    : await decidedAlready(parts, draft, tap.verb);
}

/** Takes back what was approved so far, by whomever. */
export async function takeBack(parts: Parts, about: Case): Promise<Verdict> {
  const given = await approvalsNow(parts.rules, parts.ledger, about.draft);
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
  const before = await approvalsNow(parts.rules, parts.ledger, draft);
  const others = approvalsBeside(parts.rules, before, tap.actor);
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
