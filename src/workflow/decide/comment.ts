/** A remark of a person about a draft, in any state and on any version: kept with it, and nothing else changes. */
import type { Tap, Verdict } from '../../domain/decision.ts';
import type { Draft } from '../../domain/draft.ts';
import { normaliseText } from '../../domain/effect.ts';
import { createId } from '../../lib/random.ts';
import type { Parts } from '../parts.ts';
import { tapName } from './record.ts';
import { refused } from './words.ts';

/** In UTF-16 units. */
const longest = 2_000;

export async function comment(parts: Parts, draft: Draft, tap: Tap): Promise<Verdict> {
  const text = normaliseText(tap.text ?? '').trim();
  if (text === '') return refused('bad_text', 'The comment is empty, so nothing was noted.');
  if (text.length > longest) return refused('bad_text', `The comment is longer than ${longest} characters.`);
  const at = parts.clock.now();
  const id = createId(at, parts.random);
  const { actor } = tap;
  // Delivered again it is the same comment.
  await parts.ledger.comments.append(
    { id, draftId: draft.id, revision: draft.revision ?? '', actor, at, text },
    tapName(tap),
  );
  return { kind: 'accepted', say: 'Noted on the card. It never goes out.' };
}
