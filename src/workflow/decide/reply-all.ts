/**
 * Whoever else got the message that is answered comes into the copy of the answer: on record first (whom it adds, so that
 * a crash can't lose it), then into the file, which makes a new revision that has to be approved anew.
 */
import type { Decision, Verdict } from '../../domain/decision.ts';
import { bareAddress } from '../../domain/effect.ts';
import type { Draft, Revision } from '../../domain/draft.ts';
import { answeredMessage, leftOutOf } from '../answered.ts';
import type { Parts } from '../parts.ts';
import { onOffer, readRevision } from '../read-revision.ts';
import { fileOf } from './file-of.ts';
import { record } from './record.ts';
import type { Case } from './record.ts';
import { decidedAlready, refused } from './words.ts';

const changed = refused('stale', 'The file changed a moment ago. Look at the new card first.');
/** No address that is taken in has one. */
const between = ', ';

export async function replyAll(parts: Parts, about: Case): Promise<Verdict> {
  const { draft, revision, tap } = about;
  const message = await answeredMessage(parts.ledger, revision.effect);
  const people = message === undefined ? [] : leftOutOf(message, revision.effect);
  if (people.length === 0) return refused('blocked', 'Nobody is left out of this answer, so nothing was changed.');
  if ((await fileOf(parts, draft)) === undefined) return changed;
  const text = people.map(({ address }) => address).join(between);
  // If the write below fails, the draft simply waits as it was.
  const to = { notBefore: undefined, trouble: undefined };
  if (!(await record(parts, { ...about, tap: { ...tap, text } }, ['pending'], to))) {
    return decidedAlready(parts, draft, 'reply_all');
  }
  return await putCopies(parts, draft, text.split(between));
}

/** It is on record, but it may not have come into the file. */
export const replyAllAgain = (parts: Parts, { draft }: Case, { reason }: Decision): Promise<Verdict> =>
  putCopies(parts, draft, reason.split(between));

/** Whether what was on record is what is on offer. */
export const isDone = (revision: Revision, { reason }: Decision): boolean => allIn(revision, reason.split(between));

function allIn({ effect }: Revision, addresses: readonly string[]): boolean {
  const copies = new Set(effect.cc.map(bareAddress));
  return addresses.every((address) => copies.has(bareAddress(address)));
}

async function putCopies(parts: Parts, draft: Draft, addresses: readonly string[]): Promise<Verdict> {
  const file = await fileOf(parts, draft);
  if (file === undefined) return changed;
  const result = await parts.vault.addCopies(file, addresses, draft.choice);
  if (result.kind === 'changed') return changed;
  if (result.kind === 'failed') return refused('trouble', `${result.problem.what} ${result.problem.remedy}`);
  const fresh = await readRevision(parts, { ...draft, file: result.file });
  if (fresh === undefined) return refused('trouble', 'The file disappeared while it was being changed.');
  await parts.ledger.drafts.change(draft.id, { from: ['pending'] }, onOffer(fresh), parts.clock.now());
  return allIn(fresh.revision, addresses)
    ? { kind: 'accepted', say: `In copy: ${addresses.length} more. Approve the new version when it is right.` }
    : { kind: 'accepted', say: 'Changed, but it reads differently in the file: please check the card.' };
}
