/** What makes an approval worth a second look. The person decides; nothing here stops anything. */
import type { Effect } from '../domain/effect.ts';
import type { Platform } from '../domain/platform.ts';
import { oneLine } from '../lib/words.ts';
import type { Parts } from './parts.ts';

const manyRecipients = 5;

/** In words, the weightiest first; empty for what is everyday. */
export async function risksOf(
  parts: Pick<Parts, 'ledger'>,
  effect: Effect,
  platform: Platform | undefined,
): Promise<readonly string[]> {
  const everybody = [...new Set([...effect.to, ...effect.cc, ...effect.bcc].map((one) => one.trim().toLowerCase()))];
  const risks: string[] = [];
  if (everybody.length > manyRecipients) risks.push(`It goes to ${everybody.length} people`);
  if (platform?.direct?.includes(effect.action) === true) {
    risks.push(`It is a direct message to ${oneLine(effect.target, 80) || 'one person'}`);
  }
  // An answer goes to somebody who wrote first.
  if (platform?.addressed === true && effect.thread === undefined) {
    const strangers = await parts.ledger.attempts.neverReached(platform.id, everybody);
    const more = strangers.length > 2 ? ` and ${strangers.length - 2} more` : '';
    if (strangers.length > 0) risks.push(`It is the first to ${oneLine(strangers.slice(0, 2).join(', '), 120)}${more}`);
  }
  return risks;
}
