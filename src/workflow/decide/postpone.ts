/** A person wants to decide later: the draft stays a question, goes quiet, and comes back at the time they named. */
import type { Verdict } from '../../domain/decision.ts';
import type { Parts } from '../parts.ts';
import { record } from './record.ts';
import type { Case } from './record.ts';
import { readInstant, timeWords } from './time.ts';
import { decidedAlready, refused } from './words.ts';

export async function postpone(parts: Parts, about: Case): Promise<Verdict> {
  const now = parts.clock.now();
  const at = readInstant(about.tap.text ?? '', now);
  if (typeof at === 'string') return refused('bad_text', at);
  if (!(await record(parts, about, ['pending'], { notBefore: at }))) {
    return decidedAlready(parts, about.draft, 'postpone');
  }
  return { kind: 'accepted', say: `Put off. It comes back at ${timeWords(at, now)}.` };
}
