/** The chat alone, as a stand-in in this process, with the instants at which things reached it. */
import { watch } from 'node:fs';
import { createTelegramStandIn } from '../sandbox/telegram/index.ts';
import type { Call, Person, TelegramStandIn } from '../sandbox/telegram/index.ts';
import { systemRandom } from '../src/lib/random.ts';
import { createExactClock } from './exact-clock.ts';
import { until } from './until.ts';

export type ChatSide = {
  readonly telegram: TelegramStandIn;
  readonly person: Person;
  readonly settings: Readonly<Record<string, string>>;
  /** The first message with these words: its id, and when it came. */
  message(words: string): Promise<{ readonly id: number; readonly at: number }>;
  /** When the first call of this method with these words in it came. */
  call(method: string, words: string): Promise<number>;
  /** Instants of all messages and changes of messages since `since`, as far as the stand-in keeps them. */
  busy(since: number): readonly number[];
  /** How many calls were told to wait. */
  refusals(): number;
  stop(): Promise<void>;
};

const owner = { id: 4711, firstName: 'Sara' };
const limitMs = 120_000;

export async function createChatSide(): Promise<ChatSide> {
  const { clock, instantOf } = createExactClock();
  const telegram = await createTelegramStandIn({ clock, random: systemRandom });
  const person = telegram.addPerson(owner);
  const find = (method: string, words: string): Call | undefined =>
    telegram.calls(method).findLast(({ parameters, answer }) => answer?.ok === true && has(parameters, words));
  return {
    telegram,
    person,
    settings: {
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_CHAT_ID: String(owner.id),
      TELEGRAM_APPROVERS: String(owner.id),
      TELEGRAM_API_ROOT: telegram.apiRoot,
      DIGEST_FROM: '0',
    },
    message: (words) =>
      until(
        () => {
          const call = find('sendMessage', words);
          return call?.answer?.ok === true ? { id: idOf(call.answer.result), at: instantOf(call.at) } : undefined;
        },
        `a message with “${words}” is in the chat`,
        limitMs,
      ),
    call: (method, words) =>
      until(
        () => {
          const call = find(method, words);
          return call === undefined ? undefined : instantOf(call.at);
        },
        `${method} with “${words}”`,
        limitMs,
      ),
    busy: (since) =>
      telegram
        .calls()
        .filter(({ method }) => method === 'sendMessage' || method.startsWith('editMessage'))
        .map(({ at }) => instantOf(at))
        .filter((at) => at >= since),
    refusals: () => telegram.calls().filter(({ answer }) => answer?.ok === false && answer.error_code === 429).length,
    stop: () => telegram.stop(),
  };
}

const has = (parameters: Call['parameters'], words: string): boolean =>
  Object.values(parameters).some((value) => typeof value === 'string' && value.includes(words));

function idOf(result: unknown): number {
  if (typeof result === 'object' && result !== null && 'message_id' in result) return Number(result.message_id);
  throw new Error('the chat answered a message without its id');
}

/** When files came into a folder, by name. */
export function watchFolder(folder: string) {
  const instants = new Map<string, number>();
  const watcher = watch(folder, (_, name) => {
    if (name !== null && !instants.has(name)) instants.set(name, performance.now());
  });
  return {
    cameAt: (name: string) => until(() => instants.get(name), `${name} comes into ${folder}`, limitMs),
    stop: () => watcher.close(),
  };
}
