import type { Context } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';

import type { Door } from '../../domain/ports.ts';
import type { Clock } from '../../lib/clock.ts';

import { statusLines } from '../status-words.ts';
import { ownWords } from './rich-text.ts';
import type { RichText } from './rich-text.ts';
import { attempt } from './trouble.ts';
import { encodeWish } from './wish.ts';

export type StatusMessage = {
  send(ctx: Context): Promise<void>;
  /** Rewrites the message whose button was tapped, with what was said to the tap on top. */
  redraw(ctx: Context, said: string): Promise<void>;
};

/**
 * The answer to /status, /pause and /resume. Pausing is a button here: mail can hold a word that becomes a tappable
 * command, so no bare command may change anything.
 */
export function createStatusMessage(parts: { door: Door; clock: Clock }): StatusMessage {
  const { door, clock } = parts;
  const render = async (said: string): Promise<{ text: RichText; keyboard: InlineKeyboardMarkup }> => {
    const status = await door.status();
    const button = status.paused
      ? { text: '▶️ Resume', callback_data: encodeWish({ kind: 'resume' }) }
      : { text: '⏸ Pause', callback_data: encodeWish({ kind: 'pause' }) };
    return {
      text: ownWords([...(said === '' ? [] : [said, '']), ...statusLines(status, clock.now())].join('\n')),
      keyboard: { inline_keyboard: [[button]] },
    };
  };
  const look = { link_preview_options: { is_disabled: true } };
  return {
    async send(ctx) {
      const { text, keyboard } = await render('');
      const shown = { ...look, entities: [...text.entities], reply_markup: keyboard };
      await attempt(() => ctx.reply(text.text, { ...shown, disable_notification: true }));
    },
    async redraw(ctx, said) {
      const { text, keyboard } = await render(said);
      const shown = { ...look, entities: [...text.entities], reply_markup: keyboard };
      await attempt(() => ctx.editMessageText(text.text, shown));
    },
  };
}
