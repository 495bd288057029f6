/** How Telegram’s numbers are written where the conversation keeps them: a message is `chat:number`. */
import type { MessageId } from '../chat/messenger.ts';

export const messageIdOf = (chatId: string | number, number: number): MessageId => `${chatId}:${number}`;

/** Undefined for what is none of ours. */
export function readMessageId(id: MessageId): { readonly chatId: string; readonly number: number } | undefined {
  const [, chatId, number] = /^(.+):(\d{1,15})$/.exec(id) ?? [];
  return chatId === undefined ? undefined : { chatId, number: Number(number) };
}

/** Numbers grow within a chat; of two chats nobody can say. */
export function isAfter(a: MessageId, b: MessageId): boolean | undefined {
  const [one, other] = [readMessageId(a), readMessageId(b)];
  return one === undefined || other === undefined || one.chatId !== other.chatId
    ? undefined
    : one.number > other.number;
}

/** As a parameter of a call: below this message, or by itself when it is gone. */
export function replyTo(id: MessageId | undefined) {
  const at = id === undefined ? undefined : readMessageId(id);
  return at === undefined ? {} : { reply_parameters: { message_id: at.number, allow_sending_without_reply: true } };
}
