/** Which approvals of a draft count now. What leaves has enough of them, from different people, of exactly this text. */
import { personOf } from './approver.ts';
import type { Identities } from './approver.ts';
import type { Decision } from './decision.ts';
import type { Draft } from './draft.ts';

/**
 * One per person, by when they first said it; of several of one person the newest counts. Whatever else is decided
 * about a draft starts the count anew, and so does another text.
 *
 * @param decisions all of the draft's, oldest first
 */
export function approvalsOf(
  decisions: readonly Decision[],
  { askedFrom, revision }: Pick<Draft, 'askedFrom' | 'revision'>,
  identities: Identities,
): readonly Decision[] {
  const given = new Map<string, Decision>();
  for (const decision of decisions.slice(askedFrom)) {
    if (decision.verb === 'reason') continue;
    if (!isYes(decision) || decision.revision !== revision) given.clear();
    else given.set(personOf(decision.actor, identities), decision);
  }
  return [...given.values()];
}

const isYes = ({ verb }: Decision): boolean => verb === 'approve' || verb === 'retry';
