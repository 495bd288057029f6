/** What stands in the chat, put together: cards with their files, the digest for what has none, and both anew after a gap. */
import type { Exhibits } from '../../domain/exhibits.ts';
import type { Door, Memory } from '../../domain/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { createAskAnew } from './ask-again.ts';
import { createCards } from './show-card.ts';
import type { Cards } from './show-card.ts';
import { createDigest } from './digest/digest.ts';
import type { Digest } from './digest/digest.ts';
import { createDoubts } from './cards/unconfirmed.ts';
import { createOldMessages } from './cards/replaced-messages.ts';
import type { ChatRules } from './text/list-text.ts';
import type { Messenger } from './messenger.ts';
import type { Traffic } from './traffic.ts';
import { createPictures } from './cards/attachments.ts';
import { createPlaces } from './waiting.ts';
import { createSendingMarks } from './cards/unconfirmed-marks.ts';
import { createSets } from './sets/sets.ts';
import type { Sets } from './sets/sets.ts';
import type { Quiet } from './sound/quiet.ts';
import type { Remembered } from './memory/memory.ts';
import { createMediaMemory } from './cards/shown-attachments.ts';
import type { MediaMemory } from './cards/shown-attachments.ts';

export type Screen = {
  readonly cards: Cards;
  readonly media: MediaMemory;
  readonly digest: Digest;
  readonly sets: Sets;
  readonly askAnew: () => Promise<void>;
};

export function createScreen(parts: {
  readonly messenger: Messenger;
  readonly rules: ChatRules;
  readonly door: Door;
  readonly traffic: Traffic;
  readonly remembered: Remembered;
  readonly quiet: Quiet;
  readonly memory: Memory;
  readonly exhibits: Exhibits;
  readonly anew: (keys: readonly string[]) => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
}): Screen {
  const from = parts.rules.digestFrom;
  const media = createMediaMemory(parts.memory, parts.remembered);
  const pictures = createPictures({ ...parts, media });
  const places = createPlaces({ ...parts, from });
  const digest = createDigest({ ...parts, places });
  const marks = createSendingMarks(parts.remembered);
  const old = createOldMessages({ ...parts, marks });
  const doubts = createDoubts({ ...parts, marks, old });
  const sets = createSets({ ...parts, media, places, doubts, from });
  const cards = createCards({ ...parts, media, pictures, places, digest, sets, old, doubts });
  return { cards, media, digest, sets, askAnew: createAskAnew({ ...parts, places, cards, digest, from }) };
}
