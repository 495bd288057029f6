/** The bot: who may speak, then buttons, commands and texts, in this order. */
import { BotError } from 'grammy';
import type { Api, Bot } from 'grammy';
import type { Update } from 'grammy/types';

import type { Exhibits } from '../../domain/exhibits.ts';
import type { Door } from '../../domain/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Cards } from './cards.ts';
import { createCommands } from './commands.ts';
import { createDoorkeeper } from './doorkeeper.ts';
import type { Downloads } from './downloads.ts';
import { createEdits } from './edits.ts';
import type { Edits } from './edits.ts';
import { createLater } from './later.ts';
import type { ChatRules } from './lists.ts';
import { createMore } from './more.ts';
import { createLogs } from './logs.ts';
import { createMails } from './mails.ts';
import type { Outgoing } from './outgoing.ts';
import { createNewestCard } from './newest-card.ts';
import { createPictureEdits } from './picture-edits.ts';
import type { PictureEdits } from './picture-edits.ts';
import { showFiles } from './show-files.ts';
import type { MediaMemory } from './shown-media.ts';
import { createPrompts } from './prompts.ts';
import { createSeams } from './seams.ts';
import { createReview } from './review.ts';
import type { Review } from './review.ts';
import type { Remembered } from './remembered.ts';
import type { Sets } from './sets.ts';
import type { Standing } from './standing.ts';
import { createSettingsMessage } from './settings-message.ts';
import { createSure } from './sure.ts';
import { createStatusMessage } from './status-message.ts';
import { createTaps } from './taps.ts';

/** What acts on updates. */
export function equipBot(
  bot: Bot,
  parts: {
    door: Door;
    outgoing: Outgoing;
    remembered: Remembered;
    standing: Standing;
    reachable: () => void;
    media: MediaMemory;
    cards: Cards;
    anew: (keys: readonly string[]) => Promise<void>;
    sets: Sets;
    exhibits: Exhibits;
    uploadApi: Api;
    downloads: Downloads;
    rules: ChatRules;
    clock: Clock;
    logger: Logger;
  },
): Review {
  const { door, outgoing, remembered, media, cards, clock } = parts;
  const prompts = createPrompts({ door, outgoing, remembered, clock });
  const sure = createSure({ door, remembered });
  const seams = createSeams({ door, remembered });
  const edits = createEdits({ door, remembered, prompts, seams, sure, clock });
  const later = createLater({ door, sure, media, clock });
  const more = createMore({ door, media, clock });
  const pictureEdits = createPictureEdits({ door, remembered, prompts, downloads: parts.downloads, clock });
  const review = createReview(parts);
  const statusMessage = createStatusMessage({ door, clock });
  const mails = createMails({ door, clock });
  const settingsMessage = createSettingsMessage({ rules: parts.rules, remembered });
  bot.use(createDoorkeeper(parts));
  bot.use(
    createTaps({
      door,
      edits,
      prompts,
      later,
      more,
      sure,
      review,
      sets: parts.sets,
      newestCard: createNewestCard({ ...parts, ...cards }),
      showFiles: (ctx, draft) => showFiles({ door, cards }, ctx, draft),
      mails,
      logs: createLogs({ door, exhibits: parts.exhibits, api: parts.uploadApi }),
      statusMessage,
      settingsMessage,
      clock,
    }),
  );
  bot.use(createCommands({ door, review, mails, statusMessage, settingsMessage }));
  listen(bot, { edits, pictureEdits, review });
  return review;
}

/** What people write and send, and correct afterwards. */
function listen(bot: Bot, by: { edits: Edits; pictureEdits: PictureEdits; review: Review }): void {
  const { edits, pictureEdits, review } = by;
  bot.on('message:text', async (ctx) => {
    await edits.take(ctx);
    await review.moveOn();
  });
  bot.on('edited_message:text', async (ctx) => {
    await edits.correct(ctx);
    await review.moveOn();
  });
  bot.on('message:file', async (ctx) => {
    await pictureEdits.take(ctx, ctx.message);
    await review.moveOn();
  });
  bot.on('edited_message:file', async (ctx) => {
    await pictureEdits.correct(ctx, ctx.editedMessage);
    await review.moveOn();
  });
}

/** Makes the bot act on one update; throws what went wrong inside. */
export async function actOn(bot: Bot, update: Update): Promise<void> {
  try {
    await bot.handleUpdate(update);
  } catch (thrown) {
    throw thrown instanceof BotError ? thrown.error : thrown;
  }
}
