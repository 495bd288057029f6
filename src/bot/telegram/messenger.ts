/** What answers a person in Telegram at once. Best effort: what was decided counts all the same. */
import { InputFile } from 'grammy';
import type { Api } from 'grammy';

import { cut, unmarked } from '../../lib/words.ts';
import type { Below, Messenger, Press } from '../chat/messenger.ts';
import { attempt } from './errors.ts';
import { command, entitiesOf, label, markupOf } from './render.ts';

/** What a toast takes. */
const longestAnswer = 200;
// Telegram would fetch addresses out of strangers' mail.
const noPreview = { link_preview_options: { is_disabled: true } };

export function createMessenger(api: Api): Messenger {
  /** A message of a person's own making can't be found again: then there is nothing to change. */
  const change = async ({ chatId, messageId }: Press, call: (chat: number, message: number) => Promise<unknown>) => {
    if (chatId !== '' && messageId !== undefined) await attempt(() => call(Number(chatId), messageId));
  };
  return {
    label,
    command,
    async answer({ id }, words, look) {
      const text = cut(unmarked(words), longestAnswer);
      await attempt(() => api.answerCallbackQuery(id, { text, show_alert: look === 'alert' }));
    },
    turn: (pressed, { text, rows }, only) =>
      change(pressed, (chat, message) =>
        only === 'rows'
          ? api.editMessageReplyMarkup(chat, message, markupOf(rows))
          : api.editMessageText(chat, message, text.text, {
              entities: entitiesOf(text),
              ...noPreview,
              ...markupOf(rows),
            }),
      ),
    withdraw: (pressed) => change(pressed, (chat, message) => api.deleteMessage(chat, message)),
    reply: (to, text, rows) =>
      attempt(() =>
        api.sendMessage(to.chatId, text.text, {
          entities: entitiesOf(text),
          ...noPreview,
          ...below(to),
          ...markupOf(rows),
        }),
      ),
    replyFile: (to, { bytes, name }) =>
      attempt(() => api.sendDocument(to.chatId, new InputFile(bytes, name), below(to))),
    async noted({ chatId, messageId }) {
      const sign = [{ type: 'emoji', emoji: '👌' } as const];
      return (await attempt(() => api.setMessageReaction(Number(chatId), messageId, sign))).kind === 'ok';
    },
  };
}

const below = ({ topic, messageId }: Below) => ({
  disable_notification: true,
  ...(topic === undefined ? {} : { message_thread_id: topic }),
  ...(messageId === undefined
    ? {}
    : { reply_parameters: { message_id: messageId, allow_sending_without_reply: true } }),
});
