/**
 * A picture from a person, for a draft: kept as a file first, which changes nothing; then on record; then named in the
 * draft, which makes a new revision that has to be approved anew. Cut off anywhere, the old picture is where it was, and
 * the same wish once more ends the same way.
 */
import type { Tap, Verdict } from '../../domain/decision.ts';
import type { Draft } from '../../domain/draft.ts';
import { normaliseText } from '../../domain/effect.ts';
import { textId } from '../../vault/reading/text-id.ts';
import type { Parts } from '../parts.ts';
import { onOffer, readRevision } from '../read-revision.ts';
import { strange } from '../../lib/words.ts';
import { fileOf } from './file-of.ts';
import { beforeItLeaves, record } from './record.ts';
import type { Case } from './record.ts';
import { decidedAlready, refused } from './words.ts';

/** In UTF-16 units. */
const longest = 100_000;
const inVault = 'Name the right one in the file in the vault.';
const stale = 'The file changed a moment ago. Look at the new card first.';

export async function editPicture(parts: Parts, about: Case, picture: Uint8Array): Promise<Verdict> {
  const { draft, tap } = about;
  const text = captionOf(tap);
  if ((text ?? '').length > longest) return refused('bad_text', `The new text is longer than ${longest} characters.`);
  const pictures = about.revision.effect.media.filter(({ type }) => type.startsWith('image/')).length;
  if (pictures > 1)
    return refused('bad_text', `The draft has ${pictures} pictures, and I can’t know which one you mean. ${inVault}`);
  if ((await fileOf(parts, draft)) === undefined) return refused('stale', stale);
  const kept = await parts.vault.keepPicture(draft.file, picture);
  if (kept.kind === 'failed') return refused('bad_text', `${kept.problem.what} ${kept.problem.remedy}`);
  const reason = [`Picture ${kept.path}, SHA-256 ${kept.sha256}`, ...(text === undefined ? [] : [text])].join('\n\n');
  // The decision takes an approval back; if the write below fails, the draft simply waits as it was.
  const won = await record(parts, { ...about, tap: { ...tap, text: reason } }, beforeItLeaves, {
    state: 'pending',
    notBefore: undefined,
    trouble: undefined,
  });
  if (!won) return decidedAlready(parts, draft, 'edit');
  return await putPicture(parts, draft, kept, text);
}

/** The picture is on record, but it may not have come into the file. */
export async function pictureAgain(parts: Parts, { draft, tap }: Case, picture: Uint8Array): Promise<Verdict> {
  // The same bytes are kept once.
  const kept = await parts.vault.keepPicture(draft.file, picture);
  if (kept.kind === 'failed') return refused('bad_text', `${kept.problem.what} ${kept.problem.remedy}`);
  return await putPicture(parts, draft, kept, captionOf(tap));
}

/** The caption as the new text; undefined when the text stays. */
function captionOf(tap: Tap): string | undefined {
  const given = normaliseText(tap.text ?? '');
  return given.trim() === '' ? undefined : given;
}

async function putPicture(
  parts: Parts,
  draft: Draft,
  kept: { readonly path: string; readonly sha256: string },
  text: string | undefined,
): Promise<Verdict> {
  const file = await fileOf(parts, draft);
  if (file === undefined) return refused('stale', stale);
  const result = await parts.vault.replaceMedia(file, kept.path, text, draft.choice);
  if (result.kind === 'changed') return refused('stale', stale);
  if (result.kind === 'failed') {
    return refused(
      'trouble',
      `${result.problem.what} ${result.problem.remedy} It is kept as ${strange(kept.path, 200)}.`,
    );
  }
  const choice = draft.choice === '' || text === undefined ? draft.choice : textId(text);
  const fresh = await readRevision(parts, { ...draft, file: result.file, choice });
  if (fresh === undefined) return refused('trouble', 'The file disappeared while it was being changed.');
  await parts.ledger.drafts.change(draft.id, { from: ['pending'] }, { ...onOffer(fresh), choice }, parts.clock.now());
  const { media } = fresh.revision.effect;
  if (!media.some((one) => one.sha256 === kept.sha256)) {
    return { kind: 'accepted', say: 'Changed, but the picture reads differently in the file: please check the card.' };
  }
  const what = text === undefined ? 'The picture is in.' : 'Picture and text are in.';
  return { kind: 'accepted', say: `${what} Approve the new version when it is right.` };
}
