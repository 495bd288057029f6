/** The bot: who may speak, then buttons, commands and texts, in this order. */
import { BotError } from 'grammy';
import type { Bot } from 'grammy';
import type { Update } from 'grammy/types';

import type { Card } from '../../domain/card.ts';
import type { Door } from '../../domain/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import { createCommands } from './commands.ts';
import { createDoorkeeper } from './doorkeeper.ts';
import { createEdits } from './edits.ts';
import { createLater } from './later.ts';
import type { ChatRules } from './lists.ts';
import type { Outgoing } from './outgoing.ts';
import { answerMessage } from './person.ts';
import { createReview, showWhole } from './review.ts';
import { createPrompts } from './prompts.ts';
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
    sendApart: (card: Card) => Promise<boolean>;
    rules: ChatRules;
    clock: Clock;
  },
): void {
  const { door, outgoing, remembered, clock } = parts;
  const prompts = createPrompts({ door, outgoing, remembered, clock });
  const sure = createSure({ door, remembered });
  const edits = createEdits({ door, remembered, prompts, sure, clock });
  const later = createLater({ door, sure, clock });
  const review = createReview({ door, outgoing, remembered });
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
      showWhole: (ctx, draft) => showWhole(parts, ctx, draft),
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
}

/** Makes the bot act on one update; throws what went wrong inside. */
export async function actOn(bot: Bot, update: Update): Promise<void> {
  try {
    await bot.handleUpdate(update);
  } catch (thrown) {
    throw thrown instanceof BotError ? thrown.error : thrown;
  }
}
