/**
 * Topics of a group: one for each platform, and one for what is about the whole. Made by the bot where it may; where it
 * may not, everything goes to General, which is sent to by naming no topic at all.
 */

import type { Logger } from '../../lib/logger.ts';
import { cut, oneLine } from '../../lib/words.ts';
import type { Answer, Trouble } from '../chat/trouble.ts';
import type { Api } from './client.ts';
import { attempt } from './errors.ts';
import type { DriverMemory } from './memory.ts';

export type Topics = {
  /** Number of the topic of this name, made when there is none; undefined for General. */
  find(chatId: string, name: string): Promise<Answer<number | undefined>>;
  /** Somebody deleted it: the next one who looks for it makes it anew. */
  forget(chatId: string, topic: number): Promise<void>;
  /** What the bot may do has changed: it tries again. */
  rightsChanged(): void;
};

const longestName = 128;

export function createTopics(parts: {
  /** Off: there are none, whatever the group has. */
  wanted: boolean;
  api: Api;
  memory: DriverMemory;
  /** Tells the group, in General. */
  say: (chatId: string, words: string) => Promise<void>;
  logger: Logger;
}): Topics {
  const { wanted, api, memory, say, logger } = parts;
  let refused = false;
  // Two cards at once must not make two topics of one name.
  let line: Promise<unknown> = Promise.resolve();

  const make = async (chatId: string, name: string): Promise<Answer<number | undefined>> => {
    const known = await memory.topics(chatId);
    const there = known[name];
    if (there !== undefined) return { kind: 'ok', value: there };
    const made = await attempt(() =>
      api.createForumTopic(Number(chatId), cut(oneLine(name, longestName), longestName)),
    );
    if (made.kind === 'ok') {
      const topic = made.value.message_thread_id;
      await memory.keepTopics(chatId, { ...known, [name]: topic });
      await memory.keepTopicsRefused(chatId, false);
      return { kind: 'ok', value: topic };
    }
    if (!isRefusal(made.trouble)) return made;
    refused = true;
    logger.warn(`no topic could be made: ${made.trouble.words}`);
    if (!(await memory.topicsRefused(chatId))) {
      await memory.keepTopicsRefused(chatId, true);
      await say(chatId, refusedWords);
    }
    return general;
  };

  const find: Topics['find'] = (chatId, name) => {
    // Only supergroups have topics, and their ids are the longest.
    if (!wanted || refused || name === '' || !chatId.startsWith('-100')) return Promise.resolve(general);
    const found = line.then(() => make(chatId, name));
    line = found.catch(() => undefined);
    return found;
  };

  return {
    find,
    async forget(chatId, topic) {
      const known = Object.entries(await memory.topics(chatId));
      await memory.keepTopics(chatId, Object.fromEntries(known.filter(([, id]) => id !== topic)));
    },
    rightsChanged() {
      refused = false;
    },
  };
}

const general: Answer<number | undefined> = { kind: 'ok', value: undefined };

/** No topics here, or no right to make them: a person must change something. */
const isRefusal = ({ kind }: Trouble): boolean => kind === 'rejected' || kind === 'chat_closed';

const refusedWords =
  'I can’t make topics here, so everything comes to General. Switch topics on in this group, make me an admin who may manage topics, and I use them from then on.';
