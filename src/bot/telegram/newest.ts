/** The newest message known in each chat: whatever is sent, and whatever comes in. Says how far up another one is. */
import type { Transformer } from 'grammy';

import type { Newest } from '../chat/messenger.ts';
import { isObject } from '../chat/memory/json.ts';

type Noticing = Newest & {
  /** Notices what is sent. */
  readonly transformer: Transformer;
};

export function createNewest(): Noticing {
  const newest = new Map<string, number>();
  const known = (chatId: string, messageId: number): void => {
    newest.set(chatId, Math.max(newest.get(chatId) ?? 0, messageId));
  };
  const saw = (message: unknown): void => {
    if (!isObject(message) || !('message_id' in message) || typeof message.message_id !== 'number') return;
    if (!('chat' in message) || !isObject(message.chat) || !('id' in message.chat)) return;
    known(String(message.chat.id), message.message_id);
  };
  return {
    in: (chatId) => newest.get(chatId) ?? 0,
    known,
    async transformer(previous, method, payload, signal) {
      const answer = await previous(method, payload, signal);
      if (answer.ok) for (const one of Array.isArray(answer.result) ? answer.result : [answer.result]) saw(one);
      return answer;
    },
  };
}
