/** What the conversation asks of Telegram, as calls. What answers a person is best effort: what was decided counts all the same. */
import { InputFile } from 'grammy';
import type { Message } from 'grammy/types';

import type { Actor } from '../../domain/actor.ts';
import { cut, unmarked } from '../../lib/words.ts';
import type { Below, MessageId, MessageKind, Messenger, Press, Sent } from '../chat/messenger.ts';
import { paragraphs, richText } from '../chat/text/text.ts';
import type { RichText } from '../chat/text/text.ts';
import type { Answer } from '../chat/trouble.ts';
import type { Api } from './client.ts';
import { attempt, nobodyYet } from './errors.ts';
import { chatOf, inTopic, isAfter, isGroup, messageIdOf, placeIn, readMessageId, readPlace, replyTo } from './ids.ts';
import { placeOf } from './inbound.ts';
import type { Home, ChatLine } from './line.ts';
import { command, entitiesOf, label, markupOf } from './render.ts';

/** What a toast takes. */
const longestAnswer = 200;
// Telegram would fetch addresses out of strangers' mail.
const noPreview = { link_preview_options: { is_disabled: true } };

type Files = Pick<Messenger, 'sendFile' | 'sendAlbum' | 'replace' | 'fetchFile'>;
type Basic = Omit<Messenger, keyof Files | 'trace' | 'find' | 'room'> & {
  /** Takes the buttons of a message of ours. @returns its words */
  takeKeyboard(messageId: MessageId): Promise<Answer<string>>;
};

export function createMessenger(parts: { readonly api: Api; readonly home: Home; readonly line: ChatLine }): Basic {
  const { api, home, line } = parts;
  const answers = createAnswers(api);
  return {
    label,
    command,
    ...answers,
    ask: createAsk({ ...parts, answer: answers.answer }),
    async open(chat, section) {
      const chatId = chat === '' ? await home.chatId() : chat;
      if (chatId === '') return { kind: 'trouble', trouble: nobodyYet };
      // Found, or made, when something goes there.
      return { kind: 'ok', value: placeIn(chatId, section === '' ? undefined : section) };
    },
    settleIn: (chat) => home.settleIn(chat),
    // A private chat has the id of the person.
    direct: async (actor) => ({ kind: 'ok', value: actor.id }),
    standsIn: (it, place) => chatOf(it) === chatOf(place),
    isShared: (place) => isGroup(chatOf(place)),
    isAfter,
    send: (place, text, look) =>
      line.inPlace(place, async (chat, topic) =>
        sentOf(await api.sendMessage(chat, text.text, optionsOf(text, look, topic))),
      ),
    edit: createEdit(api, line),
    async remove(messageIds) {
      for (const id of messageIds) await line.aboutMessage(id, (chat, number) => api.deleteMessage(chat, number));
    },
    async takeKeyboard(messageId) {
      const answer = await line.aboutMessage(messageId, (chat, number) => api.editMessageReplyMarkup(chat, number));
      return answer.kind === 'ok' ? { kind: 'ok', value: wordsOf(answer.value) } : answer;
    },
  };
}

/** The question opens the input field of whoever pressed; a message that can't be found again may have stood anywhere. */
function createAsk(parts: {
  readonly api: Api;
  readonly home: Home;
  readonly line: ChatLine;
  readonly answer: Messenger['answer'];
}): Messenger['ask'] {
  const { api, home, line, answer } = parts;
  return async (press, { forReply, fields }) => {
    const { shared, actor, messageId } = press;
    const text = shared ? addressed(actor, forReply) : forReply;
    const look = { silent: true, replyTo: messageId };
    const field = { asks: fields[0]?.hint ?? '', selective: shared };
    const sent = await line.inPlace(press.place === '' ? await home.chatId() : press.place, async (chat, topic) =>
      sentOf(await api.sendMessage(chat, text.text, { ...optionsOf(text, look, topic), ...inputField(field) })),
    );
    if (sent.kind === 'ok') await answer(press, `Reply with the ${fields[0]?.words.toLowerCase() ?? ''}.`, 'toast');
    return sent;
  };
}

/** Naming somebody by id opens the input field for them and for nobody else. */
const addressed = (actor: Actor, question: RichText): RichText =>
  paragraphs([richText(['text_mention', actor.name, actor]), question]);

type Answers = Pick<Messenger, 'answer' | 'turn' | 'withdraw' | 'reply' | 'replyFile' | 'noted'>;

/** At once: these follow nothing and note nothing. */
function createAnswers(api: Api): Answers {
  /** A message of a person's own making can't be found again: then there is nothing to change. */
  const change = async ({ messageId }: Press, call: (chat: string, message: number) => Promise<unknown>) => {
    const at = messageId === undefined ? undefined : readMessageId(messageId);
    if (at !== undefined) await attempt(() => call(at.chatId, at.number));
  };
  const reply: Messenger['reply'] = (to, text, rows) =>
    attempt(async () => {
      const look = { ...textOf(text), ...below(to), ...markupOf(rows) };
      return sentOf(await api.sendMessage(chatOf(to.place), text.text, look));
    });
  return {
    async answer({ id }, words, look) {
      const text = cut(unmarked(words), longestAnswer);
      await attempt(() => api.answerCallbackQuery(id, { text, show_alert: look === 'alert' }));
    },
    turn: (pressed, { text, rows }, only) =>
      change(pressed, (chat, message) =>
        only === 'rows'
          ? api.editMessageReplyMarkup(chat, message, markupOf(rows))
          : api.editMessageText(chat, message, text.text, { ...textOf(text), ...markupOf(rows) }),
      ),
    withdraw: (pressed) => change(pressed, (chat, message) => api.deleteMessage(chat, message)),
    reply,
    replyFile: (to, { bytes, name }) =>
      attempt(() => api.sendDocument(chatOf(to.place), new InputFile(bytes, name), below(to))),
    async noted(said, message) {
      const sign = [{ type: 'emoji', emoji: '👌' } as const];
      const at = readMessageId(said.messageId);
      const signed = at !== undefined && (await attempt(() => api.setMessageReaction(at.chatId, at.number, sign)));
      // Not every group has signs.
      const isSigned = signed !== false && signed.kind === 'ok';
      if (!isSigned && message !== undefined) await reply(said, message.text, message.rows);
    },
  };
}

const textOf = (text: RichText) => ({ entities: entitiesOf(text), ...noPreview });

const below = ({ place, messageId }: Below) => ({
  disable_notification: true,
  ...inTopic(readPlace(place).topic),
  ...replyTo(messageId),
});

/** A message of another kind than we thought is rewritten all the same: only the far side knows for certain. */
function createEdit(api: Api, line: ChatLine): Messenger['edit'] {
  return async (messageId, text, rows, kind = 'text') => {
    const calls: Readonly<Record<MessageKind, () => Promise<Answer<unknown>>>> = {
      text: () =>
        line.aboutMessage(messageId, (chat, number) =>
          api.editMessageText(chat, number, text.text, { ...textOf(text), ...markupOf(rows) }),
        ),
      picture: () =>
        line.aboutMessage(messageId, (chat, number) =>
          api.editMessageCaption(chat, number, {
            caption: text.text,
            caption_entities: entitiesOf(text),
            ...markupOf(rows),
          }),
        ),
    };
    const answer = await calls[kind]();
    const wrong = answer.kind === 'trouble' && answer.trouble.kind === 'other_kind';
    return wrong ? await calls[kind === 'text' ? 'picture' : 'text']() : answer;
  };
}

/** `true` only for messages sent by way of inline mode, which we never use. */
const wordsOf = (edited: Message | true): string => (edited === true ? '' : (edited.text ?? edited.caption ?? ''));

type Look = Parameters<Messenger['send']>[2];

const optionsOf = (text: RichText, look: Look, topic: number | undefined) => ({
  ...textOf(text),
  ...inTopic(topic),
  disable_notification: look.silent,
  ...replyTo(look.replyTo),
  ...markupOf(look.rows),
});

const inputField = ({ asks, selective }: { readonly asks: string; readonly selective: boolean }) => {
  const only = selective ? { selective } : {};
  return { reply_markup: { force_reply: true as const, input_field_placeholder: asks, ...only } };
};

export const sentOf = (message: Message): Sent => ({
  messageId: messageIdOf(message.chat.id, message.message_id),
  place: placeOf(message),
  isBelow: message.reply_to_message !== undefined,
});
