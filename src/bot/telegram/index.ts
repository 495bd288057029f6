import { Api } from 'grammy';
import type { UserFromGetMe } from 'grammy/types';

import type { Exhibits } from '../../domain/exhibits.ts';
import type { Channel, Door, Inbox, Memory } from '../../domain/ports.ts';
import { sleep } from '../../lib/clock.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Random } from '../../lib/random.ts';
import { createAway } from '../chat/digest/away.ts';
import { clientOptions } from './client.ts';
import { createConversation } from '../chat/inbound/router.ts';
import { createDownloads } from './downloads.ts';
import type { ChatRules } from '../chat/text/list-text.ts';
import { createFinding, createNumbers } from './find-lost.ts';
import type { Numbers } from './find-lost.ts';
import { isAfter, readMessageId } from './ids.ts';
import { createDriverMemory } from './memory.ts';
import { sayNote } from '../chat/say-note.ts';
import { createOutgoing } from './outgoing.ts';
import type { ChatLine } from './outgoing.ts';
import type { Delivered, Messenger, Outgoing } from '../chat/messenger.ts';
import { createPace, isGroup } from './pace.ts';
import type { Most } from './pace.ts';
import { createPaced } from '../chat/paced.ts';
import { createIntake } from '../chat/inbound/intake.ts';
import { readUpdate } from './inbound.ts';
import type { ChatChange } from './inbound.ts';
import { setMenus } from './menu.ts';
import { createMessenger } from './messenger.ts';
import { runPoll } from './polling.ts';
import { createChatLogger } from '../chat/chat-logger.ts';
import { createQuiet } from '../chat/sound/quiet.ts';
import { createRemembered } from '../chat/memory/memory.ts';
import { createRest } from '../chat/card-rest.ts';
import { richText } from '../chat/text/text.ts';
import { createScreen } from '../chat/screen.ts';
import { counted, createTraffic } from '../chat/traffic.ts';
import { createStanding } from '../chat/channel-health.ts';
import type { Standing } from '../chat/channel-health.ts';
import { label } from './render.ts';
import { systemTopic } from '../chat/section.ts';
import { createUploads } from './uploads.ts';
import { attempt } from './errors.ts';

export type TelegramParts = {
  readonly config: {
    readonly token: string;
    /** The one chat where we ask: a person's or a group's id. */
    readonly chatId: string;
    /** In a group with topics: one for each platform. */
    readonly topics?: boolean;
    /** Base address without a trailing slash; empty means Telegram itself. */
    readonly apiRoot: string;
  };
  readonly rules: ChatRules;
  readonly door: Door;
  readonly inbox: Inbox;
  readonly memory: Memory;
  readonly exhibits: Exhibits;
  /** Cards could not be shown and now they can. */
  readonly reachable: () => void;
  /** Sends the cards of these drafts anew; the old ones lose their buttons. */
  readonly anew: (keys: readonly string[]) => Promise<void>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly fetch?: typeof fetch;
  /** How much is said in a group; below Telegram’s limit when left out. */
  readonly groupPace?: Most | undefined;
  /** Above the time Telegram may hold a poll; a half-open line is given up after it. 40 when left out. */
  readonly pollLimitSeconds?: number;
};

const sendSeconds = 20;
/** Enough for 50 MB over an ordinary line; the cards behind it wait as long. */
const uploadSeconds = 120;
const usualPollLimitSeconds = 40;
/** How long `stop` waits for an update that is being acted on. */
const graceMs = 8_000;

function createClients(parts: TelegramParts, stopping: AbortSignal, stopped: AbortSignal) {
  const { config } = parts;
  const shared = { apiRoot: config.apiRoot, fetch: parts.fetch ?? globalThis.fetch };
  const client = (timeoutSeconds: number, end: AbortSignal) =>
    clientOptions({ ...shared, timeoutSeconds, stopped: end });
  const pollApi = new Api(config.token, client(parts.pollLimitSeconds ?? usualPollLimitSeconds, stopping));
  const api = new Api(config.token, client(sendSeconds, stopped));
  const uploadApi = new Api(config.token, client(uploadSeconds, stopped));
  const pace = createPace({ clock: parts.clock, stopping, most: parts.groupPace });
  const newest = createNumbers();
  for (const one of [api, uploadApi]) one.config.use(newest.transformer, pace.transformer);
  const downloads = createDownloads({ ...shared, api, token: config.token, stopped });
  return { pollApi, api, uploadApi, pace, newest, downloads };
}

/** What sends into the chat where we ask, and finds what may stand there. */
function createLines(
  parts: TelegramParts,
  clients: ReturnType<typeof createClients>,
  standing: Standing,
  logger: Logger,
) {
  const { config } = parts;
  const { api, uploadApi, newest } = clients;
  const chat = { api, chatId: config.chatId, topics: config.topics === true };
  const memory = createDriverMemory(parts.memory);
  const traffic = createTraffic();
  const line = createOutgoing({
    ...chat,
    memory,
    moved: (chatId) => memory.keepKnownIn(chatId, newest.in(chatId)),
    standing,
    logger,
  });
  const { outgoing, uploads } = counted(
    { outgoing: line, uploads: createUploads({ ...line, api: uploadApi }) },
    traffic,
  );
  const finding = createFinding({ ...line, outgoing, numbers: newest, memory });
  return { line, outgoing, uploads, finding, traffic };
}

/** The Telegram chat as a channel. */
export function createTelegramChannel(parts: TelegramParts): Channel {
  const { config, door, exhibits, clock } = parts;
  // The part after the colon is the secret; alone it also covers `%3A` in addresses.
  const secret = config.token.slice(config.token.indexOf(':') + 1);
  const logger = createChatLogger(parts.logger, { label, secret });
  // Two steps: first no more polls and updates, then no more requests at all.
  const stopping = new AbortController();
  const stopped = new AbortController();
  const clients = createClients(parts, stopping.signal, stopped.signal);
  const { pollApi, api, uploadApi, pace, newest, downloads } = clients;
  const standing = createStanding({ part: 'telegram', clock });
  const { line, outgoing, uploads, finding, traffic } = createLines(parts, clients, standing, logger);
  const remembered = createRemembered(parts.memory, outgoing.chatId);
  const quiet = createQuiet({ hours: parts.rules.quietHours, door, outgoing, remembered, clock, logger });
  const screen = createScreen({ ...parts, uploads, outgoing, traffic, finding, remembered, quiet, logger });
  const { cards, digest, sets, askAnew, media } = screen;
  const about = { traffic, outgoing, remembered, media, standing, cards, sets, downloads };
  const messenger = createMessenger(api, outgoing);
  const uploadsTo = createUploadsTo(uploadApi);
  const conversation = createConversation({ ...parts, ...about, messenger, uploadsTo, logger });
  const { review } = conversation;
  const desk = { outgoing, uploads, exhibits, quiet, remembered, door };
  const say: Channel['say'] = (note, ref) => sayNote(desk, note, ref);
  const paced = createPaced({ show: cards.show, say, outgoing, pace, rest: createRest(clock, isGroup) });
  let running: Promise<void> = Promise.resolve();
  const { read, connect } = createReader({ ...parts, pollApi, newest, outgoing: line, standing });
  const act = (one: Delivered) => (one.kind === 'own' ? one.act() : conversation.hear(one));
  const sayGivenUp = async (one: Delivered | undefined) => giveUp(messenger, outgoing, one, await quiet.hush(false));
  const intake = createIntake({ ...parts, read, isAfter, act, sayGivenUp, logger, stopping: stopping.signal });
  const away = createAway({ door, outgoing, remembered, askAnew, clock, settled: intake.settled });
  const poll = { ...parts, connect, ears: intake, api: pollApi, heard: away.heard, standing, logger };
  return {
    name: 'telegram',
    async start() {
      running = runPoll(poll, stopping.signal);
      for (const part of [quiet, digest, sets]) part.start();
    },
    async stop() {
      stopping.abort();
      for (const part of [quiet, digest, review]) part.stop();
      const drawn = sets.stop();
      const done = new AbortController();
      await Promise.race([Promise.all([running, drawn, intake.settled()]), sleep(clock, graceMs, done.signal)]);
      done.abort();
      await away.leave();
      stopped.abort();
      standing.ended();
    },
    async show(card, ref) {
      const result = await paced.show(card, ref);
      review.noticed(card);
      return result;
    },
    retire: (ref, words) => cards.retire(ref, words),
    say: paced.say,
    health: () => standing.health(),
  };
}

/** How what was kept is read, and what has to be known before. */
function createReader(parts: {
  readonly pollApi: Api;
  readonly newest: Numbers;
  readonly outgoing: ChatLine;
  readonly standing: Standing;
  readonly reachable: () => void;
}) {
  const { pollApi, newest, outgoing, standing } = parts;
  let me: UserFromGetMe | undefined;
  return {
    async connect(): Promise<void> {
      me = await pollApi.getMe();
      await pollApi.deleteWebhook();
      await setMenus(pollApi);
      if ((await outgoing.chatId()) === '') standing.unpaired(unpaired);
    },
    read(payload: string): Delivered | undefined {
      if (me === undefined) throw new Error('it came before the bot knew its own name');
      const read = readUpdate(payload, me);
      if (read === undefined) return undefined;
      if (read.kind === 'moved' || read.kind === 'membership') return { kind: 'own', act: () => actOn(parts, read) };
      const at = read.messageId === undefined ? undefined : readMessageId(read.messageId);
      if (at !== undefined) newest.known(at.chatId, at.number);
      return read;
    },
  };
}

/** Sends files into this chat, where the chat we ask in is another one. */
const createUploadsTo = (api: Api) => (chatId: string) =>
  createUploads({
    api,
    aboutMessage: (_, call) => attempt(() => call(chatId, 0)),
    inTopic: (_, call) => attempt(() => call(chatId, undefined)),
  });

/** What is about the chat itself. */
async function actOn(
  on: { readonly outgoing: ChatLine; readonly standing: Standing; readonly reachable: () => void },
  change: ChatChange,
): Promise<void> {
  const { outgoing, standing, reachable } = on;
  if (change.chatId !== (await outgoing.chatId())) return;
  if (change.kind === 'moved') return await outgoing.moveTo(change.newId);
  outgoing.rightsChanged();
  if (change.isOut) return standing.shutOut(shutOut);
  standing.reached();
  reachable();
}

const shutOut = 'The bot was blocked or removed from the chat. Unblock it, or add it again.';

/** Says that something a person did could not be taken in: on the tap, if it was one, and in the chat. */
async function giveUp(
  messenger: Messenger,
  outgoing: Outgoing,
  one: Delivered | undefined,
  silent: boolean,
): Promise<void> {
  if (one?.kind === 'press') await messenger.answer(one, givenUp, 'alert');
  await outgoing.send(richText(givenUp), { silent, topic: systemTopic });
}

const unpaired = 'Nobody is paired yet: send the bot /start and the code that was shown at the start.';

const givenUp =
  'I could not take in something you did here, although I tried three times. Please look at the newest card and do it again.';
