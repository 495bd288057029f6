/** How many messages came and went in a chat since the start: what lies far up is told by counting, never by numbers. */
import type { Outgoing, Uploads } from './messenger.ts';

export type Traffic = {
  passed(chatId: string, messages?: number): void;
  count(chatId: string): number;
};

export function createTraffic(): Traffic {
  const counts = new Map<string, number>();
  const count = (chatId: string) => counts.get(chatId) ?? 0;
  return {
    count,
    passed(chatId, messages = 1) {
      counts.set(chatId, count(chatId) + messages);
    },
  };
}

/** The same, and what goes out is counted. */
export function counted<T extends { readonly outgoing: Outgoing; readonly uploads: Uploads }>(
  parts: T,
  traffic: Traffic,
): T {
  const { outgoing, uploads } = parts;
  const count = async (messages: number) => traffic.passed(await outgoing.chatId(), messages);
  return {
    ...parts,
    outgoing: {
      ...outgoing,
      async send(text, look) {
        const answer = await outgoing.send(text, look);
        if (answer.kind === 'ok') await count(1);
        return answer;
      },
    },
    uploads: {
      ...uploads,
      async send(upload, caption, look) {
        const answer = await uploads.send(upload, caption, look);
        if (answer.kind === 'ok') await count(1);
        return answer;
      },
      async album(files, caption, look) {
        const answer = await uploads.album(files, caption, look);
        if (answer.kind === 'ok') await count(answer.value.length);
        return answer;
      },
    },
  };
}
