import type { Actor } from '../../domain/actor.ts';
import type { Verdict } from '../../domain/decision.ts';
import { messageOf } from '../../lib/words.ts';
import type { SiteParts } from './parts.ts';

/**
 * Ends every session of the page, that of whoever asks too, and the link that opened them. Links to attempts stay: they
 * stand in the chat, show one attempt, and decide nothing.
 */
export function logOutEverywhere({ sessions, changes, logger }: SiteParts, actor: Actor): Verdict {
  try {
    sessions.end();
  } catch (thrown) {
    logger.error(`The sessions of the web page could not be ended: ${messageOf(thrown)}`, thrown);
    return {
      kind: 'refused',
      why: 'trouble',
      say: 'That could not be recorded, so nothing was changed. Please try again.',
    };
  }
  logger.info(`Every session of the web page was ended by ${actor.source}:${actor.id}`);
  // Pages that are open ask again, and find themselves locked.
  changes.tell();
  return { kind: 'accepted', say: 'Every browser is logged out, and the old link opens nothing any more.' };
}
