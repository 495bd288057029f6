/** How a tap is answered that comes second: by whom and when the draft was decided. Sets the card right that was tapped. */
import type { DraftVerb, Refusal, Verdict } from '../../domain/decision.ts';
import type { Draft } from '../../domain/draft.ts';
import { by } from '../decided-by.ts';
import type { Parts } from '../parts.ts';
import { present, standingDecision } from '../present.ts';

export const refused = (why: Refusal, say: string): Verdict => ({ kind: 'refused', why, say });

/** Says by whom and when it was decided, and sets the card right for whoever still sees the old one. */
export async function decidedAlready(parts: Parts, draft: Draft, verb: DraftVerb): Promise<Verdict> {
  await present(parts, draft.id);
  const now = (await parts.ledger.drafts.byId(draft.id)) ?? draft;
  const decision = await standingDecision(parts, draft.id);
  const who = decision === undefined ? '' : ` ${by(decision, parts.clock.now())}`;
  switch (now.state) {
    case 'approved':
      return refused('decided', `Already approved${who}.`);
    case 'in_progress':
      return refused(verb === 'undo' ? 'too_late' : 'decided', `Too late: it is going out right now.`);
    case 'unknown':
      return refused('decided', 'It may have gone out already; the card asks about that.');
    case 'done':
      return refused('decided', (await wentOut(parts, draft.id)) ? 'It went out already.' : `It was closed${who}.`);
    case 'rejected':
      return refused('decided', `Already rejected${who}.`);
    case 'failed':
      return refused('decided', 'It did not go out, or nobody could tell; the card says why.');
    case 'vanished':
      return refused('decided', 'The file is gone, so there is nothing to decide.');
    case 'pending':
      return refused('decided', 'It waits for a decision.');
  }
}

const wentOut = async (parts: Parts, draftId: string): Promise<boolean> =>
  (await parts.ledger.attempts.of(draftId)).at(-1)?.outcome === 'posted';
