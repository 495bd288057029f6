/** What acts on what people do: who may speak, then buttons, commands and texts, in this order. */
import type { Exhibits } from '../../../domain/exhibits.ts';
import type { Door } from '../../../domain/ports.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { Logger } from '../../../lib/logger.ts';
import type { Corrected, Heard, Messenger, Nameless, Said } from '../messenger.ts';
import { createAccess } from './access.ts';
import type { Cards } from '../show-card.ts';
import { createCommands } from './commands.ts';
import { createEdits } from './text-replies.ts';
import { createLater } from './later.ts';
import type { ChatRules } from '../text/list-text.ts';
import { createLogs } from './logs.ts';
import { createMore } from './more.ts';
import { createNewestCard } from '../cards/newest-card.ts';
import { createPictureEdits } from './picture-replies.ts';
import { createPrompts } from './questions.ts';
import type { Remembered } from '../memory/memory.ts';
import { createReview } from '../review/review.ts';
import type { Review } from '../review/review.ts';
import { createSeams } from './cut-texts.ts';
import type { Sets } from '../sets/sets.ts';
import { createSettingsMessage } from '../text/settings-message.ts';
import { showFiles } from '../cards/show-files.ts';
import type { MediaMemory } from '../cards/shown-attachments.ts';
import type { Standing } from '../channel-health.ts';
import type { Traffic } from '../traffic.ts';
import { createStatusMessage } from '../text/status-message.ts';
import { createSure } from './confirm-risky.ts';
import { createTaps } from './taps.ts';

export type Conversation = {
  /** Acts on one thing. Throws what went wrong inside: then it is tried again. */
  hear(heard: Heard | Nameless): Promise<void>;
  readonly review: Review;
};

export function createConversation(parts: {
  messenger: Messenger;
  door: Door;
  remembered: Remembered;
  standing: Standing;
  reachable: () => void;
  media: MediaMemory;
  cards: Cards;
  traffic: Traffic;
  anew: (keys: readonly string[]) => Promise<void>;
  sets: Sets;
  exhibits: Exhibits;
  rules: ChatRules;
  clock: Clock;
  logger: Logger;
}): Conversation {
  const { messenger, door, cards } = parts;
  const prompts = createPrompts(parts);
  const sure = createSure(parts);
  const edits = createEdits({ ...parts, prompts, sure, seams: createSeams(parts) });
  const pictureEdits = createPictureEdits({ ...parts, prompts });
  const review = createReview(parts);
  const statusMessage = createStatusMessage(parts);
  const settingsMessage = createSettingsMessage(parts);
  const access = createAccess(parts);
  const tap = createTaps({
    ...parts,
    edits,
    prompts,
    sure,
    review,
    later: createLater({ ...parts, sure }),
    more: createMore(parts),
    newestCard: createNewestCard({ ...parts, ...cards }),
    showFiles: (press, draft) => showFiles({ messenger, door, cards }, press, draft),
    logs: createLogs(parts),
    statusMessage,
    settingsMessage,
  });
  const command = createCommands({ messenger, door, review, statusMessage, settingsMessage });

  /** What people write and send, and correct afterwards. Whatever else a chat knows (a place, a poll) is none of it. */
  const write = async (said: Said | Corrected): Promise<void> => {
    const by = said.file === undefined ? edits : pictureEdits;
    if (said.file === undefined && said.text === '') return;
    await (said.kind === 'said' ? by.take(said) : by.correct(said));
    await review.moveOn();
  };

  return {
    review,
    async hear(heard) {
      if (heard.kind === 'said' || heard.kind === 'command') parts.traffic.passed(heard.place);
      if (heard.kind === 'nameless') return await access.meetNameless(heard);
      if (!(await access.lets(heard))) return;
      if (heard.kind === 'press') return await tap(heard);
      return heard.kind === 'command' ? await command(heard) : await write(heard);
    },
  };
}
