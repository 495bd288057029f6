import type { Verdict } from '../../domain/decision.ts';
import type { Parts } from '../parts.ts';
import { presentAnew } from '../present.ts';
import { refused } from './words.ts';

export async function stale(parts: Parts, draftId: string): Promise<Verdict> {
  await presentAnew(parts, draftId);
  return refused('stale', 'This draft changed. Here is the new version.');
}
