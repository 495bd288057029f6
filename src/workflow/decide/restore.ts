/** Takes an edit back: the text of before comes into the file again, as a version that has to be approved anew. */
import type { Verdict } from '../../domain/decision.ts';
import type { Parts } from '../parts.ts';
import { textBefore } from '../text-before.ts';
import { edit } from './edit.ts';
import type { Case } from './record.ts';
import { refused } from './words.ts';

export async function restore(parts: Parts, about: Case): Promise<Verdict> {
  const { draft, revision, tap } = about;
  const last = (await parts.ledger.decisions.of(draft.id)).at(-1);
  const before = last === undefined ? undefined : await parts.ledger.revisions.find(draft.id, last.revision);
  const text = textBefore(last, before?.effect, revision);
  if (text === undefined)
    return refused('stale', 'That edit is not the newest change any more, so nothing was changed.');
  const verdict = await edit(parts, { ...about, tap: { ...tap, text } });
  return verdict.kind === 'accepted'
    ? { kind: 'accepted', say: 'The text of before is back. Approve it when it is right.' }
    : verdict;
}
