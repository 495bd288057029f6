/** When one of several drafts of equal effect changes what it is, the cards of the others that wait have to say so. */
import type { Decision } from '../domain/decision.ts';
import type { Draft, Revision } from '../domain/draft.ts';
import { jobKinds } from './parts.ts';
import type { Parts } from './parts.ts';

/** The draft, what it says now, and the decision it stands under. */
type Shown = {
  readonly draft: Draft;
  readonly revision: Revision | undefined;
  readonly decision: Decision | undefined;
};

/** Looks at the twins of a draft once for each thing it becomes: those of what it says, and of what it said before. */
export async function wakeTwins(parts: Parts, { draft, revision, decision }: Shown): Promise<void> {
  const likeness = revision?.likeness ?? '';
  const before = parts.toldTwins.get(draft.id);
  // All that a card says of a twin: what became of it, by whose decision, and the name of its file.
  const shows = `${draft.state} ${decision?.id ?? ''} ${draft.file.path}`;
  if (before?.likeness === likeness && before.shows === shows) return;
  const others = new Map<string, Draft>();
  // After a start: a twin may have been looked at before this one was, and its card speaks of what this one said when we stopped.
  const earlier = before === undefined ? await earlierOf(parts, draft.id) : [before.likeness];
  for (const one of new Set([likeness, ...earlier])) {
    for (const twin of await parts.ledger.drafts.alike(one, draft.id)) others.set(twin.id, twin);
  }
  const waiting = [...others.values()].filter(({ state }) => state === 'pending' || state === 'approved');
  if (waiting.length > 0) {
    const runAt = parts.clock.now();
    await parts.ledger.tx(async ({ jobs }) => {
      for (const { id } of waiting) await jobs.add({ kind: jobKinds.settle, key: id, serialKey: id, runAt });
    });
    parts.jobs.wake();
  }
  if (isOver(draft)) parts.toldTwins.delete(draft.id);
  else parts.toldTwins.set(draft.id, { likeness, shows });
}

const earlierOf = async ({ ledger }: Parts, draftId: string): Promise<readonly string[]> =>
  (await ledger.revisions.of(draftId)).slice(-mostEarlier).map(({ likeness }) => likeness);

/** Versions that are looked back upon. */
const mostEarlier = 4;

const isOver = ({ state }: Draft): boolean =>
  state === 'done' || state === 'rejected' || state === 'failed' || state === 'vanished';
