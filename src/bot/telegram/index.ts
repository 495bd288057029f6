/** The Telegram chat as a channel: the driver, and the conversation that talks through it. */
import { Api } from 'grammy';
import type { UserFromGetMe } from 'grammy/types';

import type { Channel } from '../../domain/ports.ts';
import { createStanding } from '../chat/channel-health.ts';
import type { Standing } from '../chat/channel-health.ts';
import { createChatChannel } from '../chat/channel.ts';
import { createChatLogger } from '../chat/chat-logger.ts';
import { menu } from '../chat/inbound/commands.ts';
import type { Delivered, Messenger } from '../chat/messenger.ts';
import type { ChatParts } from '../chat/settings.ts';
import { clientOptions } from './client.ts';
import { createFetchFile } from './downloads.ts';
import { attempt } from './errors.ts';
import { createFinding, createNumbers } from './find-lost.ts';
import type { Numbers } from './find-lost.ts';
import { readMessageId } from './ids.ts';
import { readUpdate } from './inbound.ts';
import type { ChatChange } from './inbound.ts';
import { createHome, createLine } from './line.ts';
import type { Home, ChatLine } from './line.ts';
import { createDriverMemory } from './memory.ts';
import { createMessenger } from './messenger.ts';
import { createPace } from './pace.ts';
import { runPoll } from './polling.ts';
import { label } from './render.ts';
import { createTopics } from './topics.ts';
import type { Topics } from './topics.ts';
import { createUploads } from './uploads.ts';

export type TelegramParts = ChatParts & {
  readonly config: {
    readonly token: string;
    /** The one chat where we ask: a person's or a group's id. */
    readonly chatId: string;
    /** In a group with topics: one for each platform. */
    readonly topics?: boolean;
    /** Base address without a trailing slash; empty means Telegram itself. */
    readonly apiRoot: string;
  };
  readonly fetch?: typeof fetch;
  /** Above the time Telegram may hold a poll; a half-open line is given up after it. 40 when left out. */
  readonly pollLimitSeconds?: number;
};

const sendSeconds = 20;
/** Enough for 50 MB over an ordinary line; the cards behind it wait as long. */
const uploadSeconds = 120;
const usualPollLimitSeconds = 40;

/** The Telegram chat as a channel. */
export function createTelegramChannel(parts: TelegramParts): Channel {
  const { config, clock } = parts;
  // The part after the colon is the secret; alone it also covers `%3A` in addresses.
  const secret = config.token.slice(config.token.indexOf(':') + 1);
  const logger = createChatLogger(parts.logger, { label, secret });
  // Two steps: first no more polls and updates, then no more requests at all.
  const stopping = new AbortController();
  const stopped = new AbortController();
  const standing = createStanding({ part: 'telegram', clock });
  const driver = createDriver({ ...parts, logger, standing }, stopping.signal, stopped.signal);
  const { pollApi, messenger, connect, read } = driver;
  return createChatChannel({
    ...parts,
    name: 'telegram',
    messenger,
    standing,
    logger,
    read,
    stopping,
    listen: (ears, heard) =>
      runPoll({ ...parts, api: pollApi, ears, heard, connect, standing, logger }, stopping.signal),
    silence: () => stopped.abort(),
  });
}

type DriverParts = TelegramParts & { readonly standing: Standing };

function createDriver(parts: DriverParts, stopping: AbortSignal, stopped: AbortSignal) {
  const { config, standing, logger } = parts;
  const shared = { apiRoot: config.apiRoot, fetch: parts.fetch ?? globalThis.fetch };
  const client = (timeoutSeconds: number, end: AbortSignal) =>
    new Api(config.token, clientOptions({ ...shared, timeoutSeconds, stopped: end }));
  const pollApi = client(parts.pollLimitSeconds ?? usualPollLimitSeconds, stopping);
  const api = client(sendSeconds, stopped);
  const uploadApi = client(uploadSeconds, stopped);
  const pace = createPace({ clock: parts.clock, stopping, most: parts.groupPace });
  const numbers = createNumbers();
  for (const one of [api, uploadApi]) one.config.use(numbers.transformer, pace.transformer);

  const memory = createDriverMemory(parts.memory, config.chatId);
  const home = createHome({ chatId: config.chatId, memory });
  const say = async (chat: string, words: string) => {
    await line.inPlace(chat, (at) =>
      api.sendMessage(at, words, { link_preview_options: { is_disabled: true }, disable_notification: true }),
    );
  };
  const topics = createTopics({ wanted: config.topics === true, api, memory, say, logger });
  const line = createLine({ home, memory, topics, newestIn: numbers.in, standing, logger });
  const { takeKeyboard, ...basic } = createMessenger({ api, home, line });
  const messenger: Messenger = {
    ...basic,
    ...createUploads(uploadApi, line),
    ...createFinding({ home, send: basic.send, takeKeyboard, numbers, memory }),
    fetchFile: createFetchFile({ ...shared, api, token: config.token, stopped }),
    room: pace.room,
  };
  return { pollApi, messenger, ...createReader({ ...parts, pollApi, numbers, home, line, topics }) };
}

type ReaderParts = {
  readonly pollApi: Api;
  readonly numbers: Numbers;
  readonly home: Home;
  readonly line: ChatLine;
  readonly topics: Topics;
  readonly standing: Standing;
  readonly reachable: () => void;
};

/** How what was kept is read, and what has to be known before. */
function createReader(parts: ReaderParts) {
  const { pollApi, numbers, home, standing } = parts;
  let me: UserFromGetMe | undefined;
  return {
    async connect(): Promise<void> {
      me = await pollApi.getMe();
      await pollApi.deleteWebhook();
      await setMenus(pollApi);
      if ((await home.chatId()) === '') standing.unpaired(unpaired);
    },
    read(payload: string): Delivered | undefined {
      if (me === undefined) throw new Error('it came before the bot knew its own name');
      const read = readUpdate(payload, me);
      if (read === undefined) return undefined;
      if (read.kind === 'moved' || read.kind === 'membership') return { kind: 'own', act: () => actOn(parts, read) };
      const at = read.messageId === undefined ? undefined : readMessageId(read.messageId);
      if (at !== undefined) numbers.known(at.chatId, at.number);
      return read;
    },
  };
}

/** The commands in the menu of the app. Best effort: without a menu everything works all the same. */
async function setMenus(api: Api): Promise<void> {
  const all = menu.map(({ word, does }) => ({ command: word, description: does }));
  const ofGroups = all.filter((_, at) => 'everybody' in (menu[at] ?? {}));
  await attempt(() => api.setMyCommands(all));
  await attempt(() => api.setMyCommands(ofGroups, { scope: { type: 'all_group_chats' } }));
}

/** What is about the chat itself. */
async function actOn(on: ReaderParts, change: ChatChange): Promise<void> {
  const { home, line, topics, standing, reachable } = on;
  if (change.chatId !== (await home.chatId())) return;
  if (change.kind === 'moved') return await line.moved(change.chatId, change.newId);
  topics.rightsChanged();
  if (change.isOut) return standing.shutOut(shutOut);
  standing.reached();
  reachable();
}

const shutOut = 'The bot was blocked or removed from the chat. Unblock it, or add it again.';
const unpaired = 'Nobody is paired yet: send the bot /start and the code that was shown at the start.';
