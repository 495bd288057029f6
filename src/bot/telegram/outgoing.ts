/** Sends and rewrites messages in the one chat where we ask; follows the chat when it gets a new id. */
import type { Api } from 'grammy';
import type { InlineKeyboardMarkup, Message } from 'grammy/types';

import type { Logger } from '../../lib/logger.ts';
import type { Remembered } from './remembered.ts';
import { richText } from './rich-text.ts';
import type { RichText } from './rich-text.ts';
import type { Standing } from './standing.ts';
import { createTopics } from './topics.ts';
import { attempt, troubleWords } from './trouble.ts';
import type { Answer, Trouble } from './trouble.ts';

export type Outgoing = {
  /** Empty while nobody is paired. */
  chatId(): Promise<string>;
  /** Asks in this private chat from now on, when no other is set. */
  settleIn(chatId: string): Promise<void>;
  moveTo(newId: string): Promise<void>;
  /** What the bot may do in the chat has changed. */
  rightsChanged(): void;
  send(text: RichText, look: Look): Promise<Answer<Message>>;
  edit(messageId: number, text: RichText, keyboard: InlineKeyboardMarkup | undefined): Promise<Answer<unknown>>;
  /** Takes our messages away; best effort. */
  remove(messageIds: readonly number[]): Promise<void>;
};

type Look = {
  readonly keyboard?: InlineKeyboardMarkup | undefined;
  /** Opens the person's input field with this hint in it. */
  readonly asks?: string;
  readonly replyTo?: number | undefined;
  readonly silent: boolean;
  /** In a group with topics: the topic of this name, or this one; General when left out. */
  readonly topic?: string | number | undefined;
  /** Only this person is asked: for a group. */
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
}): Outgoing {
  const { api, logger } = parts;
  const { chatId, moveTo, settleIn } = createHome(parts);
  const inChat = createLine({ ...parts, chatId, moveTo });

  const send = (text: RichText, look: Look, topic: number | undefined) =>
    inChat((chat) =>
      api.sendMessage(chat, text.text, {
        entities: [...text.entities],
        ...(topic === undefined ? {} : { message_thread_id: topic }),
        // Telegram would fetch addresses out of strangers' mail.
        link_preview_options: { is_disabled: true },
        disable_notification: look.silent,
        ...(look.replyTo === undefined
          ? {}
          : { reply_parameters: { message_id: look.replyTo, allow_sending_without_reply: true } }),
        ...markup(look),
      }),
    );

  const say = async (words: string) => {
    await send(richText(words), { silent: true }, undefined);
  };
  const topics = createTopics({ wanted: parts.topics, api, remembered: parts.remembered, say, logger });
  const findTopic = async ({ topic }: Look): Promise<Answer<number | undefined>> =>
    typeof topic === 'string' ? await topics.find(await chatId(), topic) : { kind: 'ok', value: topic };

  return {
    chatId,
    moveTo,
    settleIn,
    rightsChanged: () => topics.rightsChanged(),
    async send(text, look) {
      const found = await findTopic(look);
      if (found.kind === 'trouble') return found;
      const answer = await send(text, look, found.value);
      if (found.value === undefined || answer.kind === 'ok' || answer.trouble.kind !== 'topic_gone') return answer;
      await topics.forget(await chatId(), found.value);
      // A topic with a name is made anew; one without is gone for good.
      const again = typeof look.topic === 'string' ? await findTopic(look) : undefined;
      return again?.kind === 'trouble' ? again : await send(text, look, again?.value);
    },
    edit: (messageId, text, keyboard) =>
      inChat((chat) =>
        api.editMessageText(chat, messageId, text.text, {
          entities: [...text.entities],
          link_preview_options: { is_disabled: true },
          ...(keyboard === undefined ? {} : { reply_markup: keyboard }),
        }),
      ),
    async remove(messageIds) {
      for (const messageId of messageIds) await inChat((chat) => api.deleteMessage(chat, messageId));
    },
  };
}

type InChat = <T>(call: (chat: string | number) => Promise<T>) => Promise<Answer<T>>;

/** Makes calls about the chat, follows it once when it moved, and notes how it stands. */
function createLine(parts: {
  chatId: () => Promise<string>;
  moveTo: (newId: string) => Promise<void>;
  standing: Standing;
  logger: Logger;
}): InChat {
  const { chatId, moveTo, standing, logger } = parts;
  const note = (trouble: Trouble) => {
    if (trouble.kind === 'chat_closed') standing.shutOut(troubleWords(trouble));
    // What Telegram does not take is our mistake, and its words are all there is to find it.
    if (trouble.kind === 'rejected') logger.error(`Telegram: ${troubleWords(trouble)}`);
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

/** Where we ask: the chat that was set, or that of whoever paired; followed when it gets a new id. */
function createHome(parts: {
  chatId: string;
  remembered: Remembered;
}): Pick<Outgoing, 'chatId' | 'moveTo' | 'settleIn'> {
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

const nobody: Answer<never> = { kind: 'trouble', trouble: { kind: 'nobody' } };

function markup({ keyboard, asks, selective }: Look) {
  if (asks !== undefined) {
    const only = selective === true ? { selective } : {};
    return { reply_markup: { force_reply: true as const, input_field_placeholder: asks, ...only } };
  }
  return keyboard === undefined ? {} : { reply_markup: keyboard };
}

const chatParameter = (chatId: string): string | number => (/^-?\d{1,15}$/.test(chatId) ? Number(chatId) : chatId);
