/** When one of several drafts of equal effect changes what it is, the cards of the others that wait have to say so. */
import type { Draft } from '../domain/draft.ts';
import { jobKinds } from './parts.ts';
import type { Parts } from './parts.ts';
import { currentRevision } from './present.ts';

/** Looks at the twins of a draft once for each thing it becomes. After a start every draft is looked at anyway. */
export async function wakeTwins(parts: Parts, draftId: string): Promise<void> {
  const draft = await parts.ledger.drafts.byId(draftId);
  if (draft === undefined) return;
  const likeness = (await currentRevision(parts, draft))?.likeness ?? '';
  const before = parts.toldTwins.get(draftId);
  if (before?.likeness === likeness && before.state === draft.state) return;
  const others = new Map<string, Draft>();
  for (const one of new Set([likeness, before?.likeness ?? ''])) {
    for (const twin of await parts.ledger.drafts.alike(one, draftId)) others.set(twin.id, twin);
  }
  const waiting = [...others.values()].filter(({ state }) => state === 'pending' || state === 'approved');
  if (waiting.length > 0) {
    const runAt = parts.clock.now();
    await parts.ledger.tx(async ({ jobs }) => {
      for (const { id } of waiting) await jobs.add({ kind: jobKinds.settle, key: id, serialKey: id, runAt });
    });
    parts.jobs.wake();
  }
  if (isOver(draft)) parts.toldTwins.delete(draftId);
  else parts.toldTwins.set(draftId, { likeness, state: draft.state });
}

const isOver = ({ state }: Draft): boolean =>
  state === 'done' || state === 'rejected' || state === 'failed' || state === 'vanished';
