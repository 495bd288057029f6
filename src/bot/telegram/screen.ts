/** What stands in the chat, put together: cards, the digest for what has none, and both anew after a gap. */
import type { Door } from '../../domain/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { createAskAnew } from './ask-anew.ts';
import { createCards } from './cards.ts';
import type { Cards } from './cards.ts';
import { createDigest } from './digest.ts';
import type { Digest } from './digest.ts';
import type { ChatRules } from './lists.ts';
import type { Outgoing } from './outgoing.ts';
import { createPlaces } from './places.ts';
import type { Quiet } from './quiet.ts';
import type { Remembered } from './remembered.ts';

export function createScreen(parts: {
  rules: ChatRules;
  door: Door;
  outgoing: Outgoing;
  remembered: Remembered;
  quiet: Quiet;
  anew: (keys: readonly string[]) => Promise<void>;
  clock: Clock;
  logger: Logger;
}): { readonly cards: Cards; readonly digest: Digest; readonly askAnew: () => Promise<void> } {
  const from = parts.rules.digestFrom;
  const places = createPlaces({ ...parts, from });
  const digest = createDigest({ ...parts, places });
  const cards = createCards({ ...parts, places, digest });
  return { cards, digest, askAnew: createAskAnew({ ...parts, places, cards, digest, from }) };
}
