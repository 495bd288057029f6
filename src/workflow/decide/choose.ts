/** A person says which part of the file is the text. It is remembered for this draft as long as the text stands there. */
import type { Verdict } from '../../domain/decision.ts';
import { candidateMark } from '../build-card.ts';
import type { Parts } from '../parts.ts';
import { onOffer, readRevision } from '../read-revision.ts';
import { record } from './record.ts';
import type { Case } from './record.ts';
import { decidedAlready, refused } from './words.ts';

export async function chooseText(parts: Parts, about: Case): Promise<Verdict> {
  const { draft, revision, tap } = about;
  const chosen = revision.layout.candidates.find(({ id }) => candidateMark(revision, id) === tap.text);
  if (chosen === undefined) return refused('bad_text', 'There is no such part in the file, so nothing was chosen.');
  const choice = chosen.id;
  const won = await record(parts, about, ['pending'], { choice, trouble: undefined });
  if (!won) return decidedAlready(parts, draft, 'choose');
  const fresh = await readRevision(parts, { ...draft, choice });
  // When the file is just being changed, the next look reads it with this choice.
  if (fresh !== undefined)
    await parts.ledger.drafts.change(draft.id, { from: ['pending'] }, onOffer(fresh), parts.clock.now());
  return { kind: 'accepted', say: 'Taken. Now read it once more, then approve it.' };
}
