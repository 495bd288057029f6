/**
 * The answer to /settings. Only the sound can be chosen here: it is the one setting that no promise hangs on, and the
 * choice is kept in one place, above what the settings say. Undo time and policy stay where the owner of the machine is.
 */
import type { Context } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';

import { settingsWords } from './lists.ts';
import type { ChatRules } from './lists.ts';
import { answerTap } from './person.ts';
import type { Remembered } from './remembered.ts';
import type { Sound } from './wish.ts';
import { attempt } from './trouble.ts';
import { encodeWish } from './wish.ts';

export type SettingsMessage = {
  send(ctx: Context): Promise<void>;
  /** A tap on one of its buttons. */
  choose(ctx: Context, sound: Sound): Promise<void>;
};

export function createSettingsMessage(parts: { rules: ChatRules; remembered: Remembered }): SettingsMessage {
  const { rules, remembered } = parts;
  const night = rules.quietHours !== undefined;
  const render = async (): Promise<{ text: string; keyboard: InlineKeyboardMarkup }> => {
    const now = await remembered.sound();
    const choices = (['usual', 'never', 'always'] as const).filter(
      (sound) => sound !== now && (sound !== 'always' || night),
    );
    const rows = choices.map((to) => [{ text: labels[to], callback_data: encodeWish({ kind: 'sound', to }) }]);
    const usual = night ? 'as set, none in quiet hours' : 'as set';
    return {
      text: `${settingsWords(rules)}\n\nSound: ${{ usual, ...words }[now]}`,
      keyboard: { inline_keyboard: rows },
    };
  };
  return {
    async send(ctx) {
      const { text, keyboard } = await render();
      const messageId = ctx.msgId;
      const reply =
        messageId === undefined
          ? {}
          : { reply_parameters: { message_id: messageId, allow_sending_without_reply: true } };
      await attempt(() => ctx.reply(text, { ...look, ...reply, disable_notification: true, reply_markup: keyboard }));
    },
    async choose(ctx, sound) {
      await remembered.keepSound(sound);
      await answerTap(ctx, said[sound], 'toast');
      const { text, keyboard } = await render();
      await attempt(() => ctx.editMessageText(text, { ...look, reply_markup: keyboard }));
    },
  };
}

const look = { link_preview_options: { is_disabled: true } };
const labels: Readonly<Record<Sound, string>> = {
  usual: '🔔 Sound as set',
  never: '🔕 No sound at all',
  always: '🔊 Sound in quiet hours too',
};
const words = { never: 'none at all', always: 'also in quiet hours' } as const;
const said: Readonly<Record<Sound, string>> = {
  usual: 'Sound as set.',
  never: 'No sound from now on.',
  always: 'Sound in quiet hours too.',
};
