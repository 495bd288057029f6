/** The newest message known in each chat: whatever is sent, and whatever comes in. Says how far up another one is. */
import type { Transformer } from 'grammy';
import type { Update } from 'grammy/types';

import { isObject } from './parsed.ts';

export type Newest = {
  /** Its id; 0 when none is known since the start. */
  in(chatId: string): number;
  /** Notices what is sent. */
  readonly transformer: Transformer;
  /** Notices what comes in. */
  noticed(update: Update): void;
};

export function createNewest(): Newest {
  const newest = new Map<string, number>();
  const saw = (message: unknown): void => {
    if (!isObject(message) || !('message_id' in message) || typeof message.message_id !== 'number') return;
    if (!('chat' in message) || !isObject(message.chat) || !('id' in message.chat)) return;
    const chatId = String(message.chat.id);
    newest.set(chatId, Math.max(newest.get(chatId) ?? 0, message.message_id));
  };
  return {
    in: (chatId) => newest.get(chatId) ?? 0,
    async transformer(previous, method, payload, signal) {
      const answer = await previous(method, payload, signal);
      if (answer.ok) for (const one of Array.isArray(answer.result) ? answer.result : [answer.result]) saw(one);
      return answer;
    },
    noticed({ message, callback_query: tap }) {
      saw(message);
      saw(tap?.message);
    },
  };
}
