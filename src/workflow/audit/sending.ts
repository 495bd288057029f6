/** P1 and P2: nothing leaves but what was approved, and at most once per approval. */
import type { Attempt } from '../../domain/attempt.ts';
import type { Decision } from '../../domain/decision.ts';
import { canonicalEffect, likenessOf } from '../../domain/effect.ts';
import type { Effect } from '../../domain/effect.ts';
import { sha256 } from '../../lib/hash.ts';
import { runKey } from '../run-key.ts';
import { breach } from './seen.ts';
import type { Breach, Received, Seen } from './seen.ts';

export function auditSending(seen: Seen): readonly Breach[] {
  const { record } = seen;
  const decisions = new Map(record.decisions.map((decision, index) => [decision.id, { decision, index }]));
  const effects = new Map(record.revisions.map(({ draftId, hash, effect }) => [`${draftId}:${hash}`, effect]));
  const breaches: Breach[] = [];
  const sendings: Sending[] = [];
  const lastDecision = new Map<string, number>();
  for (const attempt of record.attempts) {
    const approval = decisions.get(attempt.decisionId);
    const effect = effects.get(`${attempt.draftId}:${attempt.revision}`);
    breaches.push(...auditAttempt(seen, attempt, approval?.decision, effect));
    breaches.push(...auditEnough(seen, attempt, approval?.index ?? -1));
    const index = approval?.index ?? -1;
    if (index < (lastDecision.get(attempt.draftId) ?? -1)) {
      breaches.push(breach('P1', 'older_decision', `${nameOf(attempt)} went back to an older decision`));
    }
    lastDecision.set(attempt.draftId, index);
    if (effect !== undefined) sendings.push({ attempt, effect });
  }
  return [
    ...breaches,
    ...auditOnce(record.attempts),
    ...auditEqual(sendings, decisions),
    ...auditReceived(seen.received ?? [], sendings),
  ];
}

type Sending = { readonly attempt: Attempt; readonly effect: Effect };

const nameOf = (attempt: Attempt): string => `Attempt ${attempt.number} of draft ${attempt.draftId}`;

/** Whether it left, or nobody can tell. */
const mayHaveLeft = ({ committedAt, outcome }: Attempt): boolean =>
  committedAt !== undefined && (outcome === undefined || outcome === 'posted' || outcome === 'unknown');

function auditAttempt(
  seen: Seen,
  attempt: Attempt,
  decision: Decision | undefined,
  effect: Effect | undefined,
): readonly Breach[] {
  const name = nameOf(attempt);
  const found: Breach[] = [];
  if (
    decision === undefined ||
    decision.draftId !== attempt.draftId ||
    (decision.verb !== 'approve' && decision.verb !== 'retry')
  ) {
    found.push(breach('P1', 'no_decision', `${name} has no approval on record`));
  } else if (decision.revision !== attempt.revision) {
    found.push(breach('P1', 'other_revision', `${name} has another text than the one that was approved`));
  } else if (
    seen.approvers !== undefined &&
    seen.approvers.get(decision.actor.source)?.has(decision.actor.id) !== true
  ) {
    found.push(breach('P1', 'not_allowed', `${name} was approved by ${decision.actor.source}:${decision.actor.id}`));
  }
  // Attempts of earlier versions counted files by their bytes alone.
  const hashes =
    effect === undefined ? [] : ([2, 1] as const).map((version) => sha256(canonicalEffect(effect, version)));
  if (!hashes.includes(attempt.revision)) {
    found.push(breach('P1', 'other_effect', `${name}: what is on record to leave is not what its hash says`));
  }
  if (attempt.outcome === 'posted' && attempt.evidence === undefined) {
    found.push(breach('P3', 'no_evidence', `${name} is said to have gone out, without evidence`));
  }
  return found;
}

/** Backwards from the decision: other people's yes to the same text, until something else was decided in between. */
function auditEnough(
  { record, approvalsNeeded = 1, identities }: Seen,
  attempt: Attempt,
  at: number,
): readonly Breach[] {
  const people = new Set<string>();
  for (const { draftId, verb, revision, actor } of record.decisions.slice(0, at + 1).toReversed()) {
    if (draftId !== attempt.draftId || verb === 'reason') continue;
    if ((verb !== 'approve' && verb !== 'retry') || revision !== attempt.revision) break;
    const id = actor.id === 'owner' ? 'owner' : `${actor.source}:${actor.id}`;
    const name = identities?.get(id);
    people.add(name === undefined ? id : `${name}, a person`);
  }
  const needed = Math.max(attempt.needed, approvalsNeeded);
  if (at < 0 || people.size >= needed) return [];
  return [breach('P2', 'too_few', `${nameOf(attempt)} began with ${people.size} of ${needed} approvals`)];
}

function auditOnce(attempts: readonly Attempt[]): readonly Breach[] {
  const left = new Map<string, Attempt>();
  const found: Breach[] = [];
  for (const attempt of attempts) {
    const first = left.get(attempt.decisionId);
    if (first !== undefined) {
      found.push(breach('P2', 'repeated', `${nameOf(attempt)} came after ${first.number}, which may have gone out`));
    }
    if (mayHaveLeft(attempt)) left.set(attempt.decisionId, attempt);
  }
  return found;
}

/** For so long an effect counts as the same, in milliseconds. Said once more here, like the rule itself. */
const equalMs = 30 * 86_400_000;

/**
 * Equal effects leave once, unless whoever approved the later one was told of the earlier one: in the order in which they
 * were begun, because clocks are set. Decisions from before that was asked prove nothing.
 */
function auditEqual(
  sendings: readonly Sending[],
  decisions: ReadonlyMap<string, { readonly decision: Decision }>,
): readonly Breach[] {
  const groups = Map.groupBy(
    sendings.filter(({ attempt }) => mayHaveLeft(attempt)),
    ({ effect }) => likenessOf(effect),
  );
  return [...groups.values()].flatMap((equal) =>
    equal.flatMap(({ attempt }, index) => {
      const knew = decisions.get(attempt.decisionId)?.decision.knew;
      if (knew === undefined) return [];
      return equal
        .slice(0, index)
        .filter(
          ({ attempt: first }) =>
            first.decisionId !== attempt.decisionId && !knew.includes(first.draftId) && isNear(first, attempt),
        )
        .map(({ attempt: first }) =>
          breach(
            'P2',
            'equal_twice',
            `${nameOf(attempt)} did what ${nameOf(first)} may have done, and nobody was asked`,
          ),
        );
    }),
  );
}

const isNear = (first: Attempt, second: Attempt): boolean =>
  Math.abs((second.committedAt?.getTime() ?? 0) - (first.committedAt?.getTime() ?? 0)) < equalMs;

/** Each arrival is given to one attempt that passed its point of no return; one that is left over was not approved or came twice. */
function auditReceived(received: readonly Received[], sendings: readonly Sending[]): readonly Breach[] {
  const free = new Set(sendings.filter(({ attempt }) => attempt.committedAt !== undefined));
  const taken = new Set<string>();
  const found: Breach[] = [];
  for (const arrival of received) {
    const words = `Arrived outside: ${JSON.stringify(arrival).slice(0, 300)}`;
    const fits = (sending: Sending) => isThis(arrival, sending);
    // One approval, one effect: a decision that had its effect has no other attempt to give.
    const match = [...free].find((sending) => fits(sending) && !taken.has(sending.attempt.decisionId));
    if (match !== undefined) {
      free.delete(match);
      taken.add(match.attempt.decisionId);
    } else if (sendings.some((sending) => fits(sending) && taken.has(sending.attempt.decisionId))) {
      found.push(breach('P2', 'twice', words));
    } else found.push(breach('P1', 'unapproved', words));
  }
  return found;
}

function isThis({ key, effect: seen }: Received, { attempt, effect }: Sending): boolean {
  if (key !== undefined && key !== runKey(attempt.draftId, attempt.decisionId, attempt.revision)) return false;
  return Object.entries(seen).every(([name, value]) => {
    const stored = Object.entries(effect).find(([field]) => field === name)?.[1];
    return JSON.stringify(stored) === JSON.stringify(value);
  });
}
