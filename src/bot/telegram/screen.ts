/** What stands in the chat, put together: cards with their files, the digest for what has none, and both anew after a gap. */
import type { Exhibits } from '../../domain/exhibits.ts';
import type { Door, Memory } from '../../domain/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { createAskAnew } from './ask-anew.ts';
import { createCards } from './cards.ts';
import type { Cards } from './cards.ts';
import { createDigest } from './digest.ts';
import type { Digest } from './digest.ts';
import { createDoubts } from './doubts.ts';
import { createOldMessages } from './old-messages.ts';
import type { ChatRules } from './lists.ts';
import type { Newest } from '../chat/messenger.ts';
import type { Outgoing } from '../chat/messenger.ts';
import { createPictures } from './pictures.ts';
import { createPlaces } from './places.ts';
import { createSendingMarks } from './sending-marks.ts';
import { createSets } from './sets.ts';
import type { Sets } from './sets.ts';
import type { Quiet } from './quiet.ts';
import type { Remembered } from './remembered.ts';
import { createMediaMemory } from './shown-media.ts';
import type { MediaMemory } from './shown-media.ts';
import type { Uploads } from '../chat/messenger.ts';

export type Screen = {
  readonly cards: Cards;
  readonly media: MediaMemory;
  readonly digest: Digest;
  readonly sets: Sets;
  readonly askAnew: () => Promise<void>;
};

export function createScreen(parts: {
  readonly uploads: Uploads;
  readonly rules: ChatRules;
  readonly door: Door;
  readonly outgoing: Outgoing;
  readonly newest: Newest;
  readonly remembered: Remembered;
  readonly quiet: Quiet;
  readonly memory: Memory;
  readonly exhibits: Exhibits;
  readonly anew: (keys: readonly string[]) => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
}): Screen {
  const from = parts.rules.digestFrom;
  const media = createMediaMemory(parts.memory);
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
