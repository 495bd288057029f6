/**
 * A new text from a person: on record first (the text itself, so that a crash can't lose it), then into the file, then
 * a new revision that has to be approved anew.
 */
import type { Verdict } from '../../domain/decision.ts';
import type { Draft } from '../../domain/draft.ts';
import { normaliseText } from '../../domain/effect.ts';
import type { Parts } from '../parts.ts';
import { onOffer, readRevision } from '../read-revision.ts';
import { textId } from '../../vault/reading/text-id.ts';
import { fileOf } from './file-of.ts';
import { editPicture } from './picture.ts';
import { beforeItLeaves, record } from './record.ts';
import type { Case } from './record.ts';
import { decidedAlready, refused } from './words.ts';

const longest = 100_000;
const changed = refused('stale', 'The file changed a moment ago. Look at the new card first.');

export async function edit(parts: Parts, about: Case): Promise<Verdict> {
  const { draft, tap } = about;
  if (tap.picture !== undefined) return await editPicture(parts, about, tap.picture);
  const text = normaliseText(tap.text ?? '');
  if (text.trim() === '') return refused('bad_text', 'The new text is empty, so nothing was changed.');
  if (text.length > longest) return refused('bad_text', `The new text is longer than ${longest} characters.`);
  if ((await fileOf(parts, draft)) === undefined) return changed;
  // The decision takes an approval back; if the write below fails, the draft simply waits with its old text.
  const won = await record(parts, { ...about, tap: { ...tap, text } }, beforeItLeaves, {
    state: 'pending',
    notBefore: undefined,
    trouble: undefined,
  });
  if (!won) return decidedAlready(parts, draft, 'edit');
  return await putInFile(parts, draft, text);
}

/** What is on record comes into the file, and what is in the file on offer. */
export async function putInFile(parts: Parts, draft: Draft, text: string): Promise<Verdict> {
  const file = await fileOf(parts, draft);
  if (file === undefined) return changed;
  const result = await parts.vault.replaceText(file, text, draft.choice);
  if (result.kind === 'changed') return changed;
  if (result.kind === 'failed') return refused('trouble', `${result.problem.what} ${result.problem.remedy}`);
  const choice = draft.choice === '' ? '' : textId(text);
  const fresh = await readRevision(parts, { ...draft, file: result.file, choice });
  if (fresh === undefined) return refused('trouble', 'The file disappeared while it was being changed.');
  await parts.ledger.drafts.change(draft.id, { from: ['pending'] }, { ...onOffer(fresh), choice }, parts.clock.now());
  if (fresh.revision.effect.text !== text) {
    // Possible when the new text looks like structure of the file, e.g. a heading. The card shows what would leave.
    return { kind: 'accepted', say: 'Changed, but it reads differently in the file: please check the card.' };
  }
  return { kind: 'accepted', say: 'Changed. Approve the new version when it is right.' };
}
