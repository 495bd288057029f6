/** Sends and rewrites messages in the one chat where we ask; follows the chat when it gets a new id. */
import type { Api } from 'grammy';
import type { Message } from 'grammy/types';

import type { Logger } from '../../lib/logger.ts';
import type { Remembered } from '../chat/memory/memory.ts';
import type { RichText } from '../chat/text/text.ts';
import { command, entitiesOf, label, markupOf } from './render.ts';
import type { Standing } from '../chat/channel-health.ts';
import { createTopics } from './topics.ts';
import type { Topics } from './topics.ts';
import type { MessageKind, Outgoing, Sent, Topic } from '../chat/messenger.ts';
import type { Answer, Trouble } from '../chat/trouble.ts';
import { attempt, nobodyYet } from './errors.ts';

/** What the conversation sends, and what every other call of ours about the chat shares with it. */
export type ChatLine = Omit<Outgoing, 'send'> & {
  send(text: RichText, look: Look): Promise<Answer<Sent>>;
  moveTo(newId: string): Promise<void>;
  /** What the bot may do in the chat has changed. */
  rightsChanged(): void;
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
  remembered: Remembered;
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
  const topics = createTopics({ wanted: parts.topics, api, remembered: parts.remembered, say, logger });
  const inTopic = createTopicLine({ chatId, inChat, topics });

  return {
    label,
    command,
    chatId,
    moveTo,
    settleIn,
    rightsChanged: () => topics.rightsChanged(),
    async takeKeyboard(messageId) {
      const answer = await inChat((chat) => api.editMessageReplyMarkup(chat, messageId));
      return answer.kind === 'ok' ? { kind: 'ok', value: wordsOf(answer.value) } : answer;
    },
    send: (text, look) =>
      inTopic(look.topic, async (chat, topic) =>
        sentOf(await api.sendMessage(chat, text.text, optionsOf(text, look, topic))),
      ),
    edit: createEdit(api, inChat),
    inChat,
    inTopic,
    async remove(messageIds) {
      for (const messageId of messageIds) await inChat((chat) => api.deleteMessage(chat, messageId));
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
  standing: Standing;
  logger: Logger;
}): ChatLine['inChat'] {
  const { chatId, moveTo, standing, logger } = parts;
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
    }
    if (answer.kind === 'trouble') note(answer.trouble);
    else standing.reached();
    return answer;
  };
}

/** A message of another kind than we thought is rewritten all the same: only the far side knows for certain. */
function createEdit(api: Api, inChat: ChatLine['inChat']): Outgoing['edit'] {
  return async (messageId, words, rows, kind = 'text') => {
    const { text } = words;
    const entities = entitiesOf(words);
    const look = markupOf(rows);
    const calls: Readonly<Record<MessageKind, () => Promise<Answer<unknown>>>> = {
      text: () =>
        inChat((chat) =>
          api.editMessageText(chat, messageId, text, {
            entities,
            link_preview_options: { is_disabled: true },
            ...look,
          }),
        ),
      picture: () =>
        inChat((chat) =>
          api.editMessageCaption(chat, messageId, { caption: text, caption_entities: entities, ...look }),
        ),
    };
    const answer = await calls[kind]();
    const wrong = answer.kind === 'trouble' && answer.trouble.kind === 'other_kind';
    return wrong ? await calls[kind === 'text' ? 'picture' : 'text']() : answer;
  };
}

/** Where we ask: the chat that was set, or that of whoever paired; followed when it gets a new id. */
function createHome(parts: {
  chatId: string;
  remembered: Remembered;
}): Pick<ChatLine, 'chatId' | 'moveTo' | 'settleIn'> {
  const { remembered } = parts;
  const first = async () => (parts.chatId === '' ? ((await remembered.home()) ?? '') : parts.chatId);
  return {
    async chatId() {
      const chat = await first();
      return (await remembered.movedTo(chat)) ?? chat;
    },
    moveTo: async (newId) => remembered.keepMovedTo(await first(), newId),
    async settleIn(chatId) {
      if (parts.chatId === '') await remembered.keepHome(chatId);
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
  ...(look.replyTo === undefined
    ? {}
    : { reply_parameters: { message_id: look.replyTo, allow_sending_without_reply: true } }),
  ...markup(look),
});

const nobody: Answer<never> = { kind: 'trouble', trouble: nobodyYet };

export const sentOf = ({
  message_id: messageId,
  message_thread_id: topic,
  reply_to_message: replied,
}: Message): Sent => ({
  messageId,
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
