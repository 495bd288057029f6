/**
 * How Telegram’s numbers are written where the conversation keeps them: a message is `chat:number`, a topic `chat#number`, one
 * that is to be found by its name `chat#=name`, and a chat itself its number.
 */
import type { MessageId, Place } from '../chat/messenger.ts';

export const messageIdOf = (chatId: string | number, number: number): MessageId => `${chatId}:${number}`;

/** Undefined for what is none of ours. */
export function readMessageId(id: MessageId): { readonly chatId: string; readonly number: number } | undefined {
  const [, chatId, number] = /^(.+):(\d{1,15})$/.exec(id) ?? [];
  return chatId === undefined ? undefined : { chatId, number: Number(number) };
}

/** A topic by its name or its number; undefined: General, or there are none. */
export type Topic = string | number | undefined;

export const placeIn = (chatId: string | number, topic: Topic): Place =>
  topic === undefined ? String(chatId) : `${chatId}#${typeof topic === 'string' ? '=' : ''}${topic}`;

export function readPlace(place: Place): { readonly chatId: string; readonly topic: Topic } {
  const [, chatId = place, name, number] = /^([^#]+)#(?:=([^]*)|(\d{1,15}))$/.exec(place) ?? [];
  return { chatId, topic: name ?? (number === undefined ? undefined : Number(number)) };
}

/** @param it a message or a place */
export const chatOf = (it: string): string =>
  (it.includes('#') ? undefined : readMessageId(it)?.chatId) ?? readPlace(it).chatId;

/** Numbers grow within a chat; of two chats nobody can say. */
export function isAfter(a: MessageId, b: MessageId): boolean | undefined {
  const [one, other] = [readMessageId(a), readMessageId(b)];
  return one === undefined || other === undefined || one.chatId !== other.chatId
    ? undefined
    : one.number > other.number;
}

/** Groups have negative ids. */
export const isGroup = (chatId: string): boolean => chatId.startsWith('-');

/** As a parameter of a call: below this message, or by itself when it is gone. */
export function replyTo(id: MessageId | undefined) {
  const at = id === undefined ? undefined : readMessageId(id);
  return at === undefined ? {} : { reply_parameters: { message_id: at.number, allow_sending_without_reply: true } };
}

/** The same: into this topic. */
export const inTopic = (topic: Topic) => (typeof topic === 'number' ? { message_thread_id: topic } : {});
