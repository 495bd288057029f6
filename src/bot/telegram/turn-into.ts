import type { Context, Filter } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';

import { attempt } from './trouble.ts';

/** Other buttons under the same message; best effort, the card itself is not touched. */
export async function turnInto(
  ctx: Filter<Context, 'callback_query'>,
  keyboard: InlineKeyboardMarkup | undefined,
): Promise<void> {
  await attempt(() => ctx.editMessageReplyMarkup(keyboard === undefined ? {} : { reply_markup: keyboard }));
}
