/** The chat's half of P4: a card never shows what is not on record, and in the end every card shows what is. */
import type { Card, CardMood } from '../../domain/card.ts';
import { shortRevision } from '../../domain/draft.ts';
import type { Draft } from '../../domain/draft.ts';
import type { Revision } from '../../domain/draft.ts';
import type { DraftState } from '../../domain/lifecycle.ts';
import type { LedgerRecord } from '../../ledger/record.ts';
import { unmarked } from '../../lib/words.ts';
import { breach } from './seen.ts';
import type { Breach, Seen, ShownCard } from './seen.ts';

const moods: Readonly<Record<DraftState, readonly CardMood[]>> = {
  pending: ['asks', 'later', 'blocked', 'nothing'],
  approved: ['waits'],
  in_progress: ['works'],
  unknown: ['unknown'],
  done: ['done'],
  rejected: ['rejected'],
  failed: ['failed'],
  vanished: ['gone'],
};

export function auditChat(seen: Seen): readonly Breach[] {
  if (!seen.settled) return [];
  const { record } = seen;
  const revisions = new Map(record.revisions.map((revision) => [`${revision.draftId}:${revision.hash}`, revision]));
  const drafts = new Map(record.drafts.map((draft) => [draft.id, draft]));
  const wanted = new Map<string, Card>();
  const found: Breach[] = [];
  for (const row of record.cards) {
    const draft = drafts.get(row.draftId);
    if (draft === undefined) continue;
    const words = untruth(row.wanted, draft, revisions.get(`${draft.id}:${draft.revision}`));
    if (words !== undefined) {
      found.push(breach('P4', 'untrue_card', `${row.channel}, ${draft.file.path}: ${words}`, draft.id));
    }
    if (row.shownHash !== row.wantedHash || row.retiring !== undefined) {
      found.push(breach('P4', 'not_shown', `${row.channel} does not show the card of ${draft.file.path}`));
    }
    wanted.set(`${row.channel}:${draft.key}`, row.wanted);
  }
  return [...found, ...(seen.shown ?? []).flatMap((one) => auditShown(one, wanted))];
}

/** What a wanted card says that the record doesn't. */
function untruth(card: Card, draft: Draft, revision: Revision | undefined): string | undefined {
  if (!moods[draft.state].includes(card.mood)) return `it says ${card.mood}, the record ${draft.state}`;
  if (draft.revision !== undefined && !isOf(card, draft, revision)) return 'its revision is old';
  if (card.text !== (revision?.effect.text ?? '')) return 'its text is not the one on record';
  if (card.verbs.includes('approve') && draft.state !== 'pending') return `it can be approved while ${draft.state}`;
  const place = `${draft.file.folder}/${draft.file.path}`;
  return card.file === place ? undefined : `it names ${card.file}, the record ${place}`;
}

/** A card from before there were marks stays as it is once its draft is over: its buttons ask anew. */
const isOf = (card: Card, draft: Draft, revision: Revision | undefined): boolean =>
  card.revision === revision?.mark ||
  (card.revision === shortRevision(draft.revision ?? '') && ['done', 'rejected', 'failed'].includes(draft.state));

function auditShown(shown: ShownCard, wanted: ReadonlyMap<string, Card>): readonly Breach[] {
  const should = wanted.get(`${shown.channel}:${shown.key}`);
  const name = `${shown.channel}, card ${shown.key}`;
  if (should === undefined) return [breach('P4', 'unknown_card', `${name} is not on record`)];
  const fields: Readonly<Record<string, unknown>> = should;
  const found = Object.entries(shown.card)
    .filter(([field, value]) => JSON.stringify(fields[field]) !== JSON.stringify(value))
    .map(([field, value]) => `${field} is ${JSON.stringify(value)}, wanted ${JSON.stringify(fields[field])}`);
  // Strangers' words stand apart there by how they look, and not by a sign.
  const standing = unmarked(should.standing);
  if (shown.words !== undefined && !shown.words.includes(standing)) {
    found.push(`it does not say “${standing}” but ${JSON.stringify(shown.words.slice(0, 200))}`);
  }
  return found.map((words) => breach('P4', 'other_card', `${name}: ${words}`));
}

/**
 * At every instant: what a card says happened is on record already. Asked at the very moment the card is shown.
 * @returns what is missing on record; undefined when it is all there
 */
export function unsupported(
  card: Card,
  record: Pick<LedgerRecord, 'drafts' | 'revisions' | 'decisions' | 'attempts'>,
): string | undefined {
  const draft = record.drafts.find(({ key }) => key === card.key);
  if (draft === undefined) return 'no such draft';
  const decisions = record.decisions.filter(({ draftId }) => draftId === draft.id);
  const attempts = record.attempts.filter(({ draftId }) => draftId === draft.id);
  const hash = record.revisions.find(({ draftId, mark }) => draftId === draft.id && mark === card.revision)?.hash;
  const decided = (...verbs: readonly string[]) => decisions.some(({ verb }) => verbs.includes(verb));
  switch (card.mood) {
    case 'waits':
      return decisions.some(({ verb, revision }) => (verb === 'approve' || verb === 'retry') && revision === hash)
        ? undefined
        : 'no approval of this text';
    case 'works':
      return attempts.length > 0 ? undefined : 'no attempt';
    case 'done':
      return attempts.some(({ outcome }) => outcome === 'posted') || decided('reject', 'close', 'happened')
        ? undefined
        : 'nothing that went out or was closed';
    case 'rejected':
      return decided('reject') ? undefined : 'no rejection';
    case 'failed':
      return attempts.some(({ outcome }) => outcome !== undefined) || decided('leave') ? undefined : 'no failure';
    case 'unknown':
      return attempts.some(({ committedAt }) => committedAt !== undefined)
        ? undefined
        : 'no attempt that may have left';
    case 'later':
      return decided('postpone') ? undefined : 'nobody put it off';
    case 'asks': {
      const yes = decisions.filter(({ verb }) => verb === 'approve' || verb === 'retry');
      const people = new Set(
        yes
          .filter(({ revision }) => revision === hash)
          .map(({ actor }) => (actor.id === 'owner' ? 'owner' : `${actor.source} ${actor.id}`)),
      );
      return people.size >= (card.approvals?.given ?? 0) ? undefined : 'fewer approvals than it says';
    }
    case 'blocked':
    case 'nothing':
    case 'gone':
      return undefined;
  }
}
