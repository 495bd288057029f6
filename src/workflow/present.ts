/** The card of a draft, put on record as what every channel should show. Delivery follows by itself. */
import { approvalsOf } from '../domain/approvals.ts';
import type { Card } from '../domain/card.ts';
import type { Comment } from '../domain/comment.ts';
import { asides } from '../domain/decision.ts';
import type { Decision } from '../domain/decision.ts';
import type { Draft, Revision } from '../domain/draft.ts';
import type { Effect } from '../domain/effect.ts';
import { sha256 } from '../lib/hash.ts';
import { answerWords, noAnswer } from './answer-words.ts';
import { buildCard } from './build-card.ts';
import type { CardFacts } from './build-card.ts';
import { by } from './decided-by.ts';
import { risksOf } from './risks.ts';
import { textBefore } from './text-before.ts';
import { twinProblems, twinsOf, twinSubject } from './twins.ts';
import { wakeTwins } from './wake-twins.ts';
import { rejectionReason } from './stamp-reason.ts';
import { isPaused } from './pausing.ts';
import type { Parts } from './parts.ts';

/** The decision that made the draft what it is now: the newest that is no aside. */
export async function standingDecision(parts: Parts, draftId: string): Promise<Decision | undefined> {
  return standingOf(await parts.ledger.decisions.of(draftId));
}

const standingOf = (decisions: readonly Decision[]): Decision | undefined =>
  decisions.findLast(({ verb }) => !asides.includes(verb));

/** Whether this decision lets out what this revision says. */
export const allows = (decision: Decision | undefined, revision: string): boolean =>
  decision !== undefined &&
  (decision.verb === 'approve' || decision.verb === 'retry') &&
  decision.revision === revision;

export const cardOf = async (parts: Parts, draft: Draft): Promise<Card> => buildCard(await factsOf(parts, draft));

async function factsOf(parts: Parts, draft: Draft): Promise<CardFacts> {
  const attempts = await parts.ledger.attempts.of(draft.id);
  const attempt = attempts.at(-1);
  const revision = await currentRevision(parts, draft);
  const platform = parts.platforms.find(({ id }) => id === draft.platform);
  const risky = draft.state === 'pending' && revision !== undefined;
  const decisions = await parts.ledger.decisions.of(draft.id);
  const before = risky ? await effectBefore(parts, draft, decisions.at(-1)) : undefined;
  return {
    draft,
    revision,
    before,
    mayRestore: textBefore(decisions.at(-1), before, revision) !== undefined,
    ...(risky ? await told(parts, draft, revision) : { risks: noRisks, twins: [] }),
    answer: revision === undefined ? noAnswer : await answerWords(parts.ledger, revision.effect),
    decision: standingOf(decisions),
    approvals: approvalsOf(decisions, draft, parts.rules.identities),
    needed: parts.rules.approvalsNeeded,
    approval: attempt === undefined ? undefined : await parts.ledger.decisions.byId(attempt.decisionId),
    reason: rejectionReason(decisions),
    comments: commentsShown(await parts.ledger.comments.of(draft.id), parts.clock.now()),
    attempt,
    platform,
    logUrl: attempt === undefined ? undefined : parts.runLink(attempt.id),
    paused: await isPaused(parts.ledger),
    now: parts.clock.now(),
  };
}

/** So many are shown; the history has them all. */
const mostComments = 10;

const commentsShown = (comments: readonly Comment[], now: Date): CardFacts['comments'] =>
  comments.slice(-mostComments).map((one) => ({ by: by(one, now), text: one.text }));

const noRisks: CardFacts['risks'] = { words: [], sure: '' };

/** What a person must know before they decide, that is not in the file. */
async function told(parts: Parts, draft: Draft, revision: Revision): Promise<Pick<CardFacts, 'risks' | 'twins'>> {
  const now = parts.clock.now();
  const twins = await twinsOf(parts.ledger, twinSubject(draft, revision), now);
  return { risks: await risksOf(parts, draft, revision, twins), twins: twinProblems(twins, draft.id) };
}

/** What the newest decision was about: after an edit, or a change that took an approval back, it was something else. */
async function effectBefore(parts: Parts, draft: Draft, last: Decision | undefined): Promise<Effect | undefined> {
  if (last === undefined || last.revision === draft.revision) return undefined;
  return (await parts.ledger.revisions.find(draft.id, last.revision))?.effect;
}

export async function currentRevision(parts: Pick<Parts, 'ledger'>, draft: Draft): Promise<Revision | undefined> {
  return draft.revision === undefined ? undefined : await parts.ledger.revisions.find(draft.id, draft.revision);
}

/**
 * Hash of a card as people see it. It tells whether a channel has to draw the card anew, so what came to cards later and only
 * says in codes, or in lists, what the rest says too is left out: a card drawn before an update keeps its hash.
 */
export function cardHash({ noun: _n, account: _a, action: _c, headline: _h, ...card }: Card): string {
  return sha256(JSON.stringify({ ...card, fields: card.fields.map(({ label, value }) => ({ label, value })) }));
}

/** Sets the wanted card in every channel, also those of its twins. Idempotent: an unchanged card causes nothing. */
export async function present(parts: Parts, draftId: string): Promise<void> {
  const draft = await parts.ledger.drafts.byId(draftId);
  if (draft === undefined) return;
  const facts = await factsOf(parts, draft);
  const card = buildCard(facts);
  const hash = cardHash(card);
  const stale: string[] = [];
  for (const { name } of parts.channels) {
    if ((await parts.ledger.cards.find(draft.id, name))?.wantedHash !== hash) stale.push(name);
  }
  if (stale.length > 0) {
    // One synced write for all channels.
    await parts.ledger.tx(async ({ cards }) => {
      for (const name of stale) await cards.want(draft.id, name, card, hash);
    });
  }
  await wakeTwins(parts, facts);
}

/** A new card instead of the one people look at: after a tap on an old one. */
export async function presentAnew(parts: Parts, draftId: string): Promise<void> {
  await present(parts, draftId);
  for (const channel of parts.channels) await parts.ledger.cards.renew(draftId, channel.name);
}
