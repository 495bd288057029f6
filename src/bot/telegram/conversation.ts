/** The bot: who may speak, then buttons, commands and texts, in this order. */
import { BotError } from 'grammy';
import type { Bot } from 'grammy';
import type { Update } from 'grammy/types';

import type { Door } from '../../domain/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Cards } from './cards.ts';
import { createCommands } from './commands.ts';
import { createDoorkeeper } from './doorkeeper.ts';
import { createEdits } from './edits.ts';
import { createLater } from './later.ts';
import type { ChatRules } from './lists.ts';
import type { Outgoing } from './outgoing.ts';
import { answerMessage } from './person.ts';
import { createNewestCard } from './newest-card.ts';
import { createPrompts } from './prompts.ts';
import { createReview } from './review.ts';
import type { Review } from './review.ts';
import type { Remembered } from './remembered.ts';
import type { Standing } from './standing.ts';
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
    cards: Pick<Cards, 'sendApart'>;
    rules: ChatRules;
    clock: Clock;
    logger: Logger;
  },
): Review {
  const { door, outgoing, remembered, clock } = parts;
  const prompts = createPrompts({ door, outgoing, remembered });
  const sure = createSure({ door, remembered });
  const edits = createEdits({ door, remembered, prompts, sure, clock });
  const later = createLater({ door, sure, clock });
  const review = createReview(parts);
  const statusMessage = createStatusMessage({ door, clock });
  bot.use(createDoorkeeper(parts));
  bot.use(
    createTaps({
      door,
      edits,
      prompts,
      later,
      sure,
      review,
      newestCard: createNewestCard({ ...parts, ...parts.cards }),
      statusMessage,
      clock,
    }),
  );
  bot.use(createCommands({ door, review, statusMessage, rules: parts.rules }));
  bot.on('message:text', async (ctx) => {
    await edits.take(ctx);
    await review.moveOn();
  });
  bot.on('edited_message:text', async (ctx) => {
    await edits.correct(ctx);
    await review.moveOn();
  });
  bot.on('message:media', async (ctx) => {
    if (ctx.chat.type === 'private') await answerMessage(ctx, 'I can only read text here, so I did not use this.');
  });
  return review;
}

/** Makes the bot act on one update; throws what went wrong inside. */
export async function actOn(bot: Bot, update: Update): Promise<void> {
  try {
    await bot.handleUpdate(update);
  } catch (thrown) {
    throw thrown instanceof BotError ? thrown.error : thrown;
  }
}
