/**
 * A tap that is on record already: its channel delivers it again, because we died between the record and saying that
 * we have it. It must not count twice, and what it had begun is finished.
 */
import type { Decision, Verdict } from '../../domain/decision.ts';
import type { Parts } from '../parts.ts';
import { present } from '../present.ts';
import { putInFile } from './edit.ts';
import { pictureAgain } from './picture.ts';
import { isDone, replyAllAgain } from './reply-all.ts';
import type { Case } from './record.ts';
import { decidedAlready, refused } from './words.ts';

/** @param about as it is now @param counted what the tap became */
export async function again(parts: Parts, about: Case, counted: Decision): Promise<Verdict> {
  const verdict = await finished(parts, about, counted);
  await present(parts, about.draft.id);
  return verdict;
}

function finished(parts: Parts, about: Case, counted: Decision): Promise<Verdict> {
  switch (counted.verb) {
    case 'edit':
    case 'restore':
    case 'plain':
      return editAgain(parts, about, counted);
    case 'reply_all':
      return copiesAgain(parts, about, counted);
    default:
      return Promise.resolve(counts);
  }
}

/** Those who are to be in copy are on record, but they may not have come into the file. */
async function copiesAgain(parts: Parts, about: Case, counted: Decision): Promise<Verdict> {
  const { draft, revision } = about;
  if (revision.hash !== counted.revision) return isDone(revision, counted) ? counts : changedSince;
  if (draft.state !== 'pending') return decidedAlready(parts, draft, about.tap.verb);
  return await replyAllAgain(parts, about, counted);
}

/** The text is on record, but it may not have come into the file. */
async function editAgain(parts: Parts, about: Case, { revision: before, reason: text }: Decision): Promise<Verdict> {
  const { draft, revision } = about;
  const { picture } = about.tap;
  if (revision.hash !== before) return revision.effect.text === text || picture !== undefined ? counts : changedSince;
  if (draft.state !== 'pending') return decidedAlready(parts, draft, about.tap.verb);
  if (picture !== undefined) return await pictureAgain(parts, about, picture);
  return await putInFile(parts, draft, text);
}

const counts: Verdict = { kind: 'accepted', say: 'That counts already.' };
const changedSince = refused('stale', 'The draft was changed once more since. Look at the newest card.');
