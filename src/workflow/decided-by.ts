import type { Decision } from '../domain/decision.ts';
import { localMoment } from '../lib/local-time.ts';
import { strange } from '../lib/words.ts';

/** "by Sara at 14:02", "by hand at 14:02". */
export function by(decision: Decision | undefined, now: Date): string {
  if (decision === undefined) return 'by hand';
  const { actor, at } = decision;
  const who = actor.source === 'vault' ? 'by hand' : `by ${strange(actor.name, 40)}`;
  return `${who} at ${localMoment(at, now)}`;
}
