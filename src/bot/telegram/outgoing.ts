/** Sends and rewrites messages in the one chat where we ask; follows the chat when it gets a new id. */
import type { Api } from 'grammy';
import type { Message } from 'grammy/types';

import type { Logger } from '../../lib/logger.ts';
import type { DriverMemory } from './memory.ts';
import type { RichText } from '../chat/text/text.ts';
import { command, entitiesOf, label, markupOf } from './render.ts';
import type { Standing } from '../chat/channel-health.ts';
import { createTopics } from './topics.ts';
import type { Topics } from './topics.ts';
import { isAfter, messageIdOf, readMessageId, replyTo } from './ids.ts';
import type { MessageId, MessageKind, Outgoing, Sent, Topic } from '../chat/messenger.ts';
import type { Answer, Trouble } from '../chat/trouble.ts';
import { attempt, messageGone, nobodyYet } from './errors.ts';

/** What the conversation sends, and what every other call of ours about the chat shares with it. */
export type ChatLine = Omit<Outgoing, 'send'> & {
  send(text: RichText, look: Look): Promise<Answer<Sent>>;
  /** Takes the buttons of a message of ours. @returns its words */
  takeKeyboard(messageId: MessageId): Promise<Answer<string>>;
  moveTo(newId: string): Promise<void>;
  /** What the bot may do in the chat has changed. */
  rightsChanged(): void;
  /** A call about one message, in the chat where it stands. */
  aboutMessage<T>(
    messageId: MessageId,
    call: (chat: string | number, number: number) => Promise<T>,
  ): Promise<Answer<T>>;
  /** Any call about the chat: follows its new id, and notes how we stand. */
  inChat<T>(call: (chat: string | number) => Promise<T>): Promise<Answer<T>>;
  /** The same about a topic of it; undefined: General. */
  inTopic<T>(topic: Topic, call: (chat: string | number, topic: number | undefined) => Promise<T>): Promise<Answer<T>>;
};

type Look = Parameters<Outgoing['send']>[1] & {
  /** Opens the person's input field with this hint in it. */
  readonly asks?: string;
  /** Only this person is asked: for a chat where others are. */
  readonly selective?: boolean;
};

export function createOutgoing(parts: {
  api: Api;
  chatId: string;
  /** Whether topics are used. */
  topics: boolean;
  memory: DriverMemory;
  /** Something was sent to where the chat moved. */
  moved: (chatId: string) => Promise<void>;
  standing: Standing;
  logger: Logger;
}): ChatLine {
  const { api, logger } = parts;
  const { chatId, moveTo, settleIn } = createHome(parts);
  const inChat = createLine({ ...parts, chatId, moveTo });

  const say = async (words: string) => {
    await inChat((chat) =>
      api.sendMessage(chat, words, { link_preview_options: { is_disabled: true }, disable_notification: true }),
    );
  };
  const topics = createTopics({ wanted: parts.topics, api, memory: parts.memory, say, logger });
  const aboutMessage = createMessageLine(chatId, inChat);
  const inTopic = createTopicLine({ chatId, inChat, topics });

  return {
    label,
    command,
    chatId,
    moveTo,
    settleIn,
    rightsChanged: () => topics.rightsChanged(),
    async takeKeyboard(messageId) {
      const answer = await aboutMessage(messageId, (chat, number) => api.editMessageReplyMarkup(chat, number));
      return answer.kind === 'ok' ? { kind: 'ok', value: wordsOf(answer.value) } : answer;
    },
    send: (text, look) =>
      inTopic(look.topic, async (chat, topic) =>
        sentOf(await api.sendMessage(chat, text.text, optionsOf(text, look, topic))),
      ),
    edit: createEdit(api, aboutMessage),
    aboutMessage,
    standsIn: (messageId, chat) => readMessageId(messageId)?.chatId === chat,
    isAfter,
    inChat,
    inTopic,
    async remove(messageIds) {
      for (const messageId of messageIds) {
        await aboutMessage(messageId, (chat, number) => api.deleteMessage(chat, number));
      }
    },
  };
}

/** Makes a call about a topic of the chat. One that was deleted is made anew, or General takes its place. */
function createTopicLine(parts: {
  chatId: () => Promise<string>;
  inChat: ChatLine['inChat'];
  topics: Topics;
}): ChatLine['inTopic'] {
  const { chatId, inChat, topics } = parts;
  const find = async (topic: Topic): Promise<Answer<number | undefined>> =>
    typeof topic === 'string' ? await topics.find(await chatId(), topic) : { kind: 'ok', value: topic };
  return async (topic, call) => {
    const found = await find(topic);
    if (found.kind === 'trouble') return found;
    const answer = await inChat((chat) => call(chat, found.value));
    if (found.value === undefined || answer.kind === 'ok' || answer.trouble.kind !== 'topic_gone') return answer;
    await topics.forget(await chatId(), found.value);
    // A topic with a name is made anew; one without is gone for good.
    const again = typeof topic === 'string' ? await find(topic) : undefined;
    return again?.kind === 'trouble' ? again : await inChat((chat) => call(chat, again?.value));
  };
}

/** Makes calls about the chat, follows it once when it moved, and notes how it stands. */
function createLine(parts: {
  chatId: () => Promise<string>;
  moveTo: (newId: string) => Promise<void>;
  /** Something was sent to where it moved. */
  moved: (chatId: string) => Promise<void>;
  standing: Standing;
  logger: Logger;
}): ChatLine['inChat'] {
  const { chatId, moveTo, moved, standing, logger } = parts;
  const note = (trouble: Trouble) => {
    if (trouble.kind === 'chat_closed') standing.shutOut(trouble.words);
    // What Telegram does not take is our mistake, and its words are all there is to find it.
    if (trouble.kind === 'rejected') logger.error(trouble.words);
  };

  return async <T>(call: (chat: string | number) => Promise<T>): Promise<Answer<T>> => {
    const once = async () => {
      const chat = await chatId();
      if (chat === '') return nobody;
      return attempt(() => call(chatParameter(chat)));
    };
    let answer = await once();
    if (answer.kind === 'trouble' && answer.trouble.kind === 'moved') {
      await moveTo(answer.trouble.chatId);
      answer = await once();
      if (answer.kind === 'ok') await moved(await chatId());
    }
    if (answer.kind === 'trouble') note(answer.trouble);
    else standing.reached();
    return answer;
  };
}

/** A message of a chat that moved is gone; its number means another one in the new chat. */
function createMessageLine(chatId: () => Promise<string>, inChat: ChatLine['inChat']): ChatLine['aboutMessage'] {
  return async (messageId, call) => {
    const at = readMessageId(messageId);
    if (at === undefined || at.chatId !== (await chatId())) return gone;
    return inChat((chat) => call(chat, at.number));
  };
}

/** A message of another kind than we thought is rewritten all the same: only the far side knows for certain. */
function createEdit(api: Api, aboutMessage: ChatLine['aboutMessage']): Outgoing['edit'] {
  return async (messageId, words, rows, kind = 'text') => {
    const { text } = words;
    const entities = entitiesOf(words);
    const look = markupOf(rows);
    const calls: Readonly<Record<MessageKind, () => Promise<Answer<unknown>>>> = {
      text: () =>
        aboutMessage(messageId, (chat, number) =>
          api.editMessageText(chat, number, text, {
            entities,
            link_preview_options: { is_disabled: true },
            ...look,
          }),
        ),
      picture: () =>
        aboutMessage(messageId, (chat, number) =>
          api.editMessageCaption(chat, number, { caption: text, caption_entities: entities, ...look }),
        ),
    };
    const answer = await calls[kind]();
    const wrong = answer.kind === 'trouble' && answer.trouble.kind === 'other_kind';
    return wrong ? await calls[kind === 'text' ? 'picture' : 'text']() : answer;
  };
}

/** Where we ask: the chat that was set, or that of whoever paired; followed when it gets a new id. */
function createHome(parts: { chatId: string; memory: DriverMemory }): Pick<ChatLine, 'chatId' | 'moveTo' | 'settleIn'> {
  const { memory } = parts;
  const first = async () => (parts.chatId === '' ? ((await memory.home()) ?? '') : parts.chatId);
  return {
    async chatId() {
      const chat = await first();
      return (await memory.movedTo(chat)) ?? chat;
    },
    moveTo: async (newId) => memory.keepMovedTo(await first(), newId),
    async settleIn(chatId) {
      if (parts.chatId === '') await memory.keepHome(chatId);
    },
  };
}

/** `true` only for messages sent by way of inline mode, which we never use. */
const wordsOf = (edited: Message | true): string => (edited === true ? '' : (edited.text ?? edited.caption ?? ''));

const optionsOf = (text: RichText, look: Look, topic: number | undefined) => ({
  entities: entitiesOf(text),
  ...(topic === undefined ? {} : { message_thread_id: topic }),
  // Telegram would fetch addresses out of strangers' mail.
  link_preview_options: { is_disabled: true },
  disable_notification: look.silent,
  ...replyTo(look.replyTo),
  ...markup(look),
});

const gone: Answer<never> = { kind: 'trouble', trouble: messageGone };

const nobody: Answer<never> = { kind: 'trouble', trouble: nobodyYet };

export const sentOf = ({
  chat,
  message_id: number,
  message_thread_id: topic,
  reply_to_message: replied,
}: Message): Sent => ({
  messageId: messageIdOf(chat.id, number),
  topic,
  isBelow: replied !== undefined,
});

function markup({ rows, asks, selective }: Look) {
  if (asks !== undefined) {
    const only = selective === true ? { selective } : {};
    return { reply_markup: { force_reply: true as const, input_field_placeholder: asks, ...only } };
  }
  return markupOf(rows);
}

const chatParameter = (chatId: string): string | number => (/^-?\d{1,15}$/.test(chatId) ? Number(chatId) : chatId);
