/** What the driver must know after a restart, in rows of its own. What can't be read counts as forgotten. */
import type { Memory } from '../../domain/ports.ts';
import { isObject, parsed } from '../chat/memory/json.ts';

export type DriverMemory = {
  /** The chat of whoever paired; undefined while nobody did. */
  home(): Promise<string | undefined>;
  keepHome(chatId: string): Promise<void>;
  /** The newest id of a chat that got another one. */
  movedTo(chatId: string): Promise<string | undefined>;
  /** This id, and what was set for the chat that has it now. */
  idsOf(chatId: string): Promise<readonly string[]>;
  keepMovedTo(chatId: string, newId: string): Promise<void>;
  /** A message that stands in this chat, not always the newest; undefined when none was ever sent there. */
  knownIn(chatId: string): Promise<number | undefined>;
  keepKnownIn(chatId: string, messageId: number): Promise<void>;
  /** Topics of a group by name. */
  topics(chatId: string): Promise<Readonly<Record<string, number>>>;
  keepTopics(chatId: string, topics: Readonly<Record<string, number>>): Promise<void>;
  /** Whether the group was told that no topics can be made. */
  topicsRefused(chatId: string): Promise<boolean>;
  keepTopicsRefused(chatId: string, refused: boolean): Promise<void>;
};

/** @param set the chat that was set; empty: none */
export function createDriverMemory(memory: Memory, set: string): DriverMemory {
  const put = async (key: string, value: string) => {
    if ((await memory.get(key)) !== value) await memory.set(key, value);
  };
  return {
    home: () => memory.get('home'),
    keepHome: (chatId) => put('home', chatId),
    movedTo: (chatId) => memory.get(`moved:${chatId}`),
    async idsOf(chatId) {
      const first = set === '' ? ((await memory.get('home')) ?? '') : set;
      return (await memory.get(`moved:${first}`)) === chatId ? [first, chatId] : [chatId];
    },
    keepMovedTo: (chatId, newId) => put(`moved:${chatId}`, newId),
    async knownIn(chatId) {
      const messageId = Number((await memory.get(`known:${chatId}`)) ?? 0);
      return Number.isInteger(messageId) && messageId > 0 ? messageId : undefined;
    },
    keepKnownIn: (chatId, messageId) => put(`known:${chatId}`, String(messageId)),
    async topics(chatId) {
      const value = parsed(await memory.get(`topics:${chatId}`));
      return isObject(value)
        ? Object.fromEntries(Object.entries(value).filter((entry) => Number.isInteger(entry[1])))
        : {};
    },
    keepTopics: (chatId, topics) => put(`topics:${chatId}`, JSON.stringify(topics)),
    topicsRefused: async (chatId) => (await memory.get(`topics_refused:${chatId}`)) === 'yes',
    keepTopicsRefused: (chatId, refused) => put(`topics_refused:${chatId}`, refused ? 'yes' : 'no'),
  };
}
