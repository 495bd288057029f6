/** What answers a person in Telegram at once. Best effort: what was decided counts all the same. */
import { InputFile } from 'grammy';
import type { Api } from 'grammy';

import type { Actor } from '../../domain/actor.ts';
import { cut, unmarked } from '../../lib/words.ts';
import type { Below, Messenger, Press } from '../chat/messenger.ts';
import { paragraphs, richText } from '../chat/text/text.ts';
import type { RichText } from '../chat/text/text.ts';
import { attempt } from './errors.ts';
import { sentOf } from './outgoing.ts';
import type { ChatLine } from './outgoing.ts';
import { command, entitiesOf, label, markupOf } from './render.ts';

/** What a toast takes. */
const longestAnswer = 200;
// Telegram would fetch addresses out of strangers' mail.
const noPreview = { link_preview_options: { is_disabled: true } };

/** @param line to the chat where we ask, which is where its buttons are */
export function createMessenger(api: Api, line: Pick<ChatLine, 'send'>): Messenger {
  /** A message of a person's own making can't be found again: then there is nothing to change. */
  const change = async ({ chatId, messageId }: Press, call: (chat: number, message: number) => Promise<unknown>) => {
    if (chatId !== '' && messageId !== undefined) await attempt(() => call(Number(chatId), messageId));
  };
  const answer: Messenger['answer'] = async ({ id }, words, look) => {
    const text = cut(unmarked(words), longestAnswer);
    await attempt(() => api.answerCallbackQuery(id, { text, show_alert: look === 'alert' }));
  };
  const reply: Messenger['reply'] = (to, text, rows) =>
    attempt(async () =>
      sentOf(
        await api.sendMessage(to.chatId, text.text, {
          entities: entitiesOf(text),
          ...noPreview,
          ...below(to),
          ...markupOf(rows),
        }),
      ),
    );
  return {
    label,
    command,
    answer,
    async ask(press, { forReply, fields }) {
      const { shared, actor, messageId, topic } = press;
      const sent = await line.send(shared ? addressed(actor, forReply) : forReply, {
        asks: fields[0]?.hint ?? '',
        selective: shared,
        replyTo: messageId,
        silent: true,
        topic,
      });
      if (sent.kind === 'ok') await answer(press, `Reply with the ${fields[0]?.words.toLowerCase() ?? ''}.`, 'toast');
      return sent;
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
    reply,
    replyFile: (to, { bytes, name }) =>
      attempt(() => api.sendDocument(to.chatId, new InputFile(bytes, name), below(to))),
    async noted(said, message) {
      const sign = [{ type: 'emoji', emoji: '👌' } as const];
      const { chatId, messageId } = said;
      const signed = await attempt(() => api.setMessageReaction(Number(chatId), messageId, sign));
      // Not every group has signs.
      if (signed.kind === 'trouble' && message !== undefined) await reply(said, message.text, message.rows);
    },
  };
}

/** Naming somebody by id opens the input field for them and for nobody else. */
const addressed = (actor: Actor, question: RichText): RichText =>
  paragraphs([richText(['text_mention', actor.name, actor]), question]);

const below = ({ topic, messageId }: Below) => ({
  disable_notification: true,
  ...(topic === undefined ? {} : { message_thread_id: topic }),
  ...(messageId === undefined
    ? {}
    : { reply_parameters: { message_id: messageId, allow_sending_without_reply: true } }),
});
