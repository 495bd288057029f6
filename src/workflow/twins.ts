/**
 * Equal effects leave once (promise P2): what else would do, did, or was refused to do, exactly what a draft would do.
 * Asked wherever it counts: for the card, at the decision, when a file is moved by hand, and at the point of no return.
 */
import type { Decision } from '../domain/decision.ts';
import { asides } from '../domain/decision.ts';
import type { Draft, Revision } from '../domain/draft.ts';
import type { Tables } from '../domain/ledger-port.ts';
import { warns } from '../domain/problem.ts';
import type { Problem } from '../domain/problem.ts';
import { strange } from '../lib/words.ts';
import { byOn, clockOn } from './decided-by.ts';

/** Another draft of equal effect, or an earlier sending of this one. */
export type Twin = {
  readonly draftId: string;
  readonly file: string;
  readonly fate:
    /** It left, or nobody can tell (yet). */
    | { readonly kind: 'left' | 'may_have_left'; readonly at: Date; readonly decisionId: string }
    /** It is approved and about to leave. */
    | { readonly kind: 'goes'; readonly decision: Decision | undefined }
    /** Somebody said no to it, or took care of it without us. */
    | { readonly kind: 'rejected' | 'closed'; readonly decision: Decision | undefined }
    /** It is a question like this one. */
    | { readonly kind: 'waits' };
};

type Of = { readonly draftId: string; readonly likeness: string };

/** For so long what was sent, rejected or closed is remembered as the same. */
const windowMs = 30 * 86_400_000;

/** The weightiest first, each draft once. */
export async function twinsOf(
  tables: Pick<Tables, 'drafts' | 'attempts' | 'decisions'>,
  { draftId, likeness }: Of,
  now: Date,
): Promise<readonly Twin[]> {
  if (likeness === '') return [];
  const twins = new Map<string, Twin>();
  for (const one of await leftTwins(tables, likeness, now)) if (!twins.has(one.draftId)) twins.set(one.draftId, one);
  for (const draft of await tables.drafts.alike(likeness, draftId)) {
    const fate = twins.has(draft.id) ? undefined : await fateOf(tables, draft, now);
    if (fate !== undefined) twins.set(draft.id, { draftId: draft.id, file: nameOf(draft), fate });
  }
  return [...twins.values()].toSorted((a, b) => weights.indexOf(a.fate.kind) - weights.indexOf(b.fate.kind));
}

/** Those that left or may have left, which the decision to send this one knew nothing of. */
export async function unknownTwins(
  tables: Pick<Tables, 'attempts'>,
  { likeness }: Of,
  decision: Decision,
  now: Date,
): Promise<readonly Twin[]> {
  if (likeness === '') return [];
  const known = new Set(decision.knew);
  return (await leftTwins(tables, likeness, now)).filter(
    ({ draftId, fate }) => !known.has(draftId) && !('decisionId' in fate && fate.decisionId === decision.id),
  );
}

async function leftTwins(tables: Pick<Tables, 'attempts'>, likeness: string, now: Date): Promise<readonly Twin[]> {
  const left = await tables.attempts.leftAlike(likeness, new Date(now.getTime() - windowMs));
  return left.map(({ draftId, decisionId, at, certain, file }) => ({
    draftId,
    file,
    fate: { kind: certain ? 'left' : 'may_have_left', at, decisionId },
  }));
}

const weights: readonly Twin['fate']['kind'][] = ['left', 'may_have_left', 'goes', 'rejected', 'closed', 'waits'];

async function fateOf(
  tables: Pick<Tables, 'attempts' | 'decisions'>,
  draft: Draft,
  now: Date,
): Promise<Twin['fate'] | undefined> {
  const decision = async () => (await tables.decisions.of(draft.id)).findLast(({ verb }) => !asides.includes(verb));
  const isOld = now.getTime() - draft.updatedAt.getTime() > windowMs;
  switch (draft.state) {
    case 'pending':
      return { kind: 'waits' };
    case 'approved':
    case 'in_progress':
      return { kind: 'goes', decision: await decision() };
    case 'rejected':
      return isOld ? undefined : { kind: 'rejected', decision: await decision() };
    case 'done': {
      // What ended well without having left was a dry run.
      const wasRehearsed = (await tables.attempts.of(draft.id)).at(-1)?.outcome === 'posted';
      return isOld || wasRehearsed ? undefined : { kind: 'closed', decision: await decision() };
    }
    // What may have left is known by its attempt; what failed did nothing.
    case 'unknown':
    case 'failed':
    case 'vanished':
      return undefined;
  }
}

const nameOf = ({ file }: Draft): string => file.path.split('/').at(-1) ?? file.path;

/** Whether nobody may let the draft out without having been told of this one. */
export const isAsked = ({ fate }: Twin): boolean => fate.kind !== 'waits';

/**
 * One sentence without its full stop; the same on every day, because a card is not made anew at midnight.
 *
 * @param draftId of the draft whose twin it is
 */
export function twinWords({ draftId: twinId, file, fate }: Twin, draftId: string): string {
  const name = twinId === draftId ? '' : ` (${strange(file, 80)})`;
  switch (fate.kind) {
    case 'left':
      return `Exactly this left at ${clockOn(fate.at)}${name}`;
    case 'may_have_left':
      return `Exactly this may have left at ${clockOn(fate.at)}${name}`;
    case 'goes':
      return `Exactly this is about to leave, approved ${byOn(fate.decision)}${name}`;
    case 'rejected':
      return `Exactly this was rejected ${byOn(fate.decision)}${name}`;
    case 'closed':
      return `Exactly this was closed ${byOn(fate.decision)} without being sent from here${name}`;
    case 'waits':
      return `Exactly this waits a second time${name}`;
  }
}

/** How many are named; more of them say nothing new. */
const mostNamed = 3;

/** Said on the card of a draft that waits. */
export const twinProblems = (twins: readonly Twin[], draftId: string): readonly Problem[] =>
  twins.slice(0, mostNamed).map((twin) => warns('duplicate', `${twinWords(twin, draftId)}.`, remedies[twin.fate.kind]));

const remedies: Readonly<Record<Twin['fate']['kind'], string>> = {
  left: 'Reject this one unless it should go out once more.',
  may_have_left: 'Answer for that one first, or reject this one.',
  goes: 'Reject this one unless it should go out twice.',
  rejected: 'Approve this one only if that no longer counts.',
  closed: 'Reject this one unless it should go out from here too.',
  waits: 'When one of them has left, the other asks once more.',
};

/** Why an approval no longer lets it out: something equal left meanwhile. */
export const leftMeanwhile = (twin: Twin, draftId: string): Problem =>
  warns(
    'duplicate',
    `${twinWords(twin, draftId)}, so this one asks once more.`,
    'Approve it again only if it should go out twice.',
  );

/** What tells apart whom a draft has to be told of. */
export const twinSubject = (draft: Pick<Draft, 'id'>, revision: Pick<Revision, 'likeness'>): Of => ({
  draftId: draft.id,
  likeness: revision.likeness,
});
