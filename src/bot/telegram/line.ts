/** Calls about a chat, a topic or a message: they follow what was moved or lost, and note how we stand where we ask. */
import type { Logger } from '../../lib/logger.ts';
import type { Standing } from '../chat/channel-health.ts';
import type { MessageId, Place } from '../chat/messenger.ts';
import type { Answer, Trouble } from '../chat/trouble.ts';
import { attempt, messageGone, nobodyYet } from './errors.ts';
import { readMessageId, readPlace } from './ids.ts';
import type { Topic } from './ids.ts';
import type { DriverMemory } from './memory.ts';
import type { Topics } from './topics.ts';

/** As Telegram’s methods take a chat. */
export type ChatParameter = string | number;

export type Home = {
  /** The chat where we ask: the one that was set, or that of whoever paired, with its newest id; empty while there is none. */
  chatId(): Promise<string>;
  /** When none was set. */
  settleIn(chatId: string): Promise<void>;
};

export type ChatLine = {
  /** About a topic, or a whole chat; undefined: General. One that was deleted is made anew, or General takes its place. */
  inPlace<T>(place: Place, call: (chat: ChatParameter, topic: number | undefined) => Promise<T>): Promise<Answer<T>>;
  /** About a message, in the chat where it stands: its number means another one elsewhere. */
  aboutMessage<T>(messageId: MessageId, call: (chat: ChatParameter, number: number) => Promise<T>): Promise<Answer<T>>;
  /** A chat got a new id. */
  moved(chatId: string, newId: string): Promise<void>;
};

export function createHome(parts: { readonly chatId: string; readonly memory: DriverMemory }): Home {
  const { memory } = parts;
  return {
    async chatId() {
      const first = parts.chatId === '' ? ((await memory.home()) ?? '') : parts.chatId;
      return (await memory.movedTo(first)) ?? first;
    },
    async settleIn(chatId) {
      if (parts.chatId === '') await memory.keepHome(chatId);
    },
  };
}

export function createLine(parts: {
  readonly home: Home;
  readonly memory: DriverMemory;
  readonly topics: Topics;
  /** The newest number that is known in a chat. */
  readonly newestIn: (chatId: string) => number;
  readonly standing: Standing;
  readonly logger: Logger;
}): ChatLine {
  const { home, memory, topics, standing, logger } = parts;

  const note = (trouble: Trouble | undefined): void => {
    if (trouble === undefined) standing.reached();
    if (trouble?.kind === 'chat_closed') standing.shutOut(trouble.words);
    // What Telegram does not take is our mistake, and its words are all there is to find it.
    if (trouble?.kind === 'rejected') logger.error(trouble.words);
  };

  const once = async <T>(chatId: string, call: (chat: ChatParameter) => Promise<T>): Promise<Answer<T>> => {
    if (chatId === '') return { kind: 'trouble', trouble: nobodyYet };
    const answer = await attempt(() => call(parameterOf(chatId)));
    const trouble = answer.kind === 'trouble' ? answer.trouble : undefined;
    if (trouble?.kind !== 'moved' && chatId === (await home.chatId())) note(trouble);
    return answer;
  };

  /** What was set stays set, so the way from there leads to the newest id. */
  const moved = async (chatId: string, newId: string): Promise<void> => {
    for (const before of await memory.idsOf(chatId)) await memory.keepMovedTo(before, newId);
  };

  const inChat = async <T>(chatId: string, call: (chat: ChatParameter) => Promise<T>): Promise<Answer<T>> => {
    const now = (await memory.movedTo(chatId)) ?? chatId;
    const answer = await once(now, call);
    if (answer.kind === 'ok' || answer.trouble.kind !== 'moved') return answer;
    const { chatId: newId } = answer.trouble;
    await moved(now, newId);
    const again = await once(newId, call);
    if (again.kind === 'ok') await memory.keepKnownIn(newId, parts.newestIn(newId));
    return again;
  };

  const find = async (chatId: string, topic: Topic): Promise<Answer<number | undefined>> =>
    typeof topic === 'string' ? await topics.find(chatId, topic) : { kind: 'ok', value: topic };

  return {
    moved,
    async inPlace(place, call) {
      const { chatId, topic } = readPlace(place);
      const found = await find(chatId, topic);
      if (found.kind === 'trouble') return found;
      const answer = await inChat(chatId, (chat) => call(chat, found.value));
      if (found.value === undefined || answer.kind === 'ok' || answer.trouble.kind !== 'topic_gone') return answer;
      await topics.forget(chatId, found.value);
      // A topic with a name is made anew; one without is gone for good.
      const again = typeof topic === 'string' ? await find(chatId, topic) : undefined;
      return again?.kind === 'trouble' ? again : await inChat(chatId, (chat) => call(chat, again?.value));
    },
    async aboutMessage(messageId, call) {
      const at = readMessageId(messageId);
      if (at === undefined || (await memory.movedTo(at.chatId)) !== undefined) return gone;
      const answer = await once(at.chatId, (chat) => call(chat, at.number));
      if (answer.kind === 'ok' || answer.trouble.kind !== 'moved') return answer;
      await moved(at.chatId, answer.trouble.chatId);
      return gone;
    },
  };
}

const gone: Answer<never> = { kind: 'trouble', trouble: messageGone };

const parameterOf = (chatId: string): ChatParameter => (/^-?\d{1,15}$/.test(chatId) ? Number(chatId) : chatId);
