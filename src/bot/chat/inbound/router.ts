/** What acts on what people do: who may speak, then buttons, commands and texts, in this order. */
import type { Exhibits } from '../../../domain/exhibits.ts';
import type { Door } from '../../../domain/ports.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { Logger } from '../../../lib/logger.ts';
import type { Corrected, Filled, Heard, Messenger, Nameless, Said } from '../messenger.ts';
import { createAccess } from './access.ts';
import type { Cards } from '../show-card.ts';
import { createCommands } from './commands.ts';
import { createEdits } from './text-replies.ts';
import type { Edits } from './text-replies.ts';
import { createLater } from './later.ts';
import type { ChatRules } from '../text/list-text.ts';
import { createLogs } from './logs.ts';
import { createMails } from './mails.ts';
import { createMore } from './more.ts';
import { createNewestCard } from '../cards/newest-card.ts';
import { createForms } from './forms.ts';
import { createPictureEdits } from './picture-replies.ts';
import { createPrompts } from './questions.ts';
import type { Prompts } from './questions.ts';
import type { Remembered } from '../memory/memory.ts';
import { createPressedMessage } from '../pressed-message.ts';
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
import type { Sure } from './confirm-risky.ts';
import { createTaps } from './taps.ts';

export type Conversation = {
  /** Acts on one thing. Throws what went wrong inside: then it is tried again. */
  hear(heard: Heard | Nameless): Promise<void>;
  readonly review: Review;
};

type ConversationParts = {
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
};

export function createConversation(parts: ConversationParts): Conversation {
  const { messenger, door, cards } = parts;
  const prompts = createPrompts(parts);
  const review = createReview(parts);
  const pressed = createPressedMessage({ ...parts, review });
  const sure = createSure({ ...parts, pressed });
  const edits = createEdits({ ...parts, prompts, sure, seams: createSeams(parts) });
  const statusMessage = createStatusMessage(parts);
  const mails = createMails(parts);
  const settingsMessage = createSettingsMessage(parts);
  const access = createAccess(parts);
  const tap = createTaps({
    ...parts,
    edits,
    prompts,
    sure,
    review,
    later: createLater({ ...parts, sure, pressed }),
    more: createMore({ ...parts, pressed }),
    newestCard: createNewestCard({ ...parts, ...cards }),
    showFiles: (press, draft) => showFiles({ messenger, door, cards }, press, draft),
    logs: createLogs(parts),
    mails,
    statusMessage,
    settingsMessage,
  });
  const command = createCommands({ messenger, door, review, mails, statusMessage, settingsMessage });

  const write = createWrite({ ...parts, prompts, sure, edits });

  return {
    review,
    async hear(heard) {
      if (heard.kind === 'said' || heard.kind === 'command') parts.traffic.passed(heard.place);
      if (heard.kind === 'nameless') return await access.meetNameless(heard);
      if (!(await access.lets(heard))) return;
      if (heard.kind === 'press') return await tap(heard);
      if (heard.kind === 'command') return await command(heard);
      await write(heard);
      await review.moveOn();
    },
  };
}

/** What people write and send, and correct afterwards. Whatever else a chat knows (a place, a poll) is none of it. */
function createWrite(
  parts: ConversationParts & { prompts: Prompts; sure: Sure; edits: Edits },
): (said: Said | Corrected | Filled) => Promise<void> {
  const forms = createForms(parts);
  const pictureEdits = createPictureEdits(parts);
  return async (said) => {
    if (said.kind === 'filled') return await forms(said);
    const by = said.file === undefined ? parts.edits : pictureEdits;
    if (said.file === undefined && said.text === '') return;
    await (said.kind === 'said' ? by.take(said) : by.correct(said));
  };
}
