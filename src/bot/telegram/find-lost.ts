/**
 * Finds a message that may stand in a chat without our knowing where: we died, or the answer was lost, after Telegram took
 * it. Its number is one of those right after the newest we knew before, so that one is noted first. A chat of which no
 * number is known gets a message without buttons, so that its very first card can be found too.
 */
import { sha256 } from '../../lib/hash.ts';
import { isObject, parsed } from '../chat/memory/json.ts';
import type { MessageId, Messenger, Place } from '../chat/messenger.ts';
import type { Transformer } from './client.ts';
import { chatOf, messageIdOf } from './ids.ts';
import type { Home } from './line.ts';
import { command } from './render.ts';
import { richText } from '../chat/text/text.ts';
import type { RichText } from '../chat/text/text.ts';
import type { Answer, Trouble } from '../chat/trouble.ts';
import type { DriverMemory } from './memory.ts';

/** So many numbers after the newest are tried: people and other messages may have come in between. */
const tried = 20;

export type Numbers = {
  /** The newest that is known; 0: none since the start. */
  in(chatId: string): number;
  /** This one is known from earlier. */
  known(chatId: string, number: number): void;
  /** Notices what is sent. */
  readonly transformer: Transformer;
};

/** How far the numbers of each chat’s messages have come: whatever is sent, and whatever comes in. */
export function createNumbers(): Numbers {
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

/** As it is kept, also by earlier versions. `after`: the newest number that was known before it. */
type Trace = { readonly chatId: string; readonly after: number; readonly words: string };

export function createFinding(parts: {
  readonly home: Home;
  readonly send: Messenger['send'];
  /** Takes the buttons of a message of ours. @returns its words */
  readonly takeKeyboard: (messageId: MessageId) => Promise<Answer<string>>;
  readonly numbers: Numbers;
  readonly memory: Pick<DriverMemory, 'knownIn' | 'keepKnownIn' | 'movedTo'>;
}): Required<Pick<Messenger, 'trace' | 'find'>> {
  const { home, send, takeKeyboard, numbers, memory } = parts;

  const newestIn = async (chatId: string): Promise<number> => {
    // Before anything was sent or heard since the start, what is on record.
    numbers.known(chatId, (await memory.knownIn(chatId)) ?? 0);
    return numbers.in(chatId);
  };

  /** In General, where topics are used. Should its answer be lost, it stands there twice, and is as true as before. */
  const sayHello = async (chat: Place): Promise<Trouble | undefined> => {
    const words = `What needs your approval comes into this chat from now on. ${command('help')} says what you can do here.`;
    const answer = await send(chat, richText(words), { silent: true });
    return answer.kind === 'ok' || goesOn.has(answer.trouble.kind) ? undefined : answer.trouble;
  };

  /** Asked by taking its buttons: the answer is the message. Another one of ours may lose its buttons, but never its words. */
  const isIt = async ({ words }: Trace, messageId: MessageId): Promise<Answer<boolean>> => {
    const answer = await takeKeyboard(messageId);
    if (answer.kind === 'ok') return { kind: 'ok', value: hashOf(answer.value) === words };
    return none.has(answer.trouble.kind) ? { kind: 'ok', value: false } : answer;
  };

  return {
    async trace(place: Place, { text }: RichText) {
      const asked = chatOf(place);
      const trouble = (await newestIn(asked)) === 0 ? await sayHello(asked) : undefined;
      if (trouble !== undefined) return { kind: 'trouble', trouble };
      // The chat may have got a new id.
      const chatId = (await memory.movedTo(asked)) ?? asked;
      const after = await newestIn(chatId);
      if (after > 0) await memory.keepKnownIn(chatId, after);
      return { kind: 'ok', value: JSON.stringify({ chatId, after, words: hashOf(text) } satisfies Trace) };
    },
    async find(kept, isKnown) {
      const trace = parsed(kept);
      // Without a hello, it could be any message of the chat.
      if (!isTrace(trace) || trace.after === 0) return nothing;
      if (trace.chatId !== (await home.chatId())) return nothing;
      numbers.known(trace.chatId, trace.after);
      for (let number = trace.after + 1; number <= trace.after + tried; number += 1) {
        const messageId = messageIdOf(trace.chatId, number);
        if (await isKnown(messageId)) continue;
        const found = await isIt(trace, messageId);
        if (found.kind === 'trouble') return found;
        if (found.value) return { kind: 'ok', value: messageId };
      }
      return nothing;
    },
  };
}

const nothing: Answer<undefined> = { kind: 'ok', value: undefined };

const isTrace = (value: unknown): value is Trace =>
  isObject(value) &&
  'chatId' in value &&
  typeof value.chatId === 'string' &&
  'after' in value &&
  typeof value.after === 'number' &&
  'words' in value &&
  typeof value.words === 'string';

/** No hello in a General that is closed: the card may lie in another topic. */
const goesOn: ReadonlySet<Trouble['kind']> = new Set(['topic_gone', 'rejected']);

/** Nothing of ours stands there, or nothing with buttons. */
const none: ReadonlySet<Trouble['kind']> = new Set(['unchanged', 'message_gone', 'other_kind', 'rejected']);

// Telegram takes blanks away at both ends.
const hashOf = (words: string): string => sha256(words.trim());
