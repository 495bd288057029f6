/** Puts the Telegram chat together: Telegram's own parts make the messenger, the conversation of `bot/chat` does the rest. */
import { Api } from 'grammy';
import type { Message, Update, UserFromGetMe } from 'grammy/types';

import type { Exhibits } from '../../domain/exhibits.ts';
import type { Channel, Door, Inbox, Memory } from '../../domain/ports.ts';
import { sleep } from '../../lib/clock.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Random } from '../../lib/random.ts';
import { createAway } from '../chat/digest/away.ts';
import { clientOptions } from './client.ts';
import { createConversation } from '../chat/inbound/router.ts';
import type { Conversation } from '../chat/inbound/router.ts';
import { createDownloads } from './downloads.ts';
import type { ChatRules } from '../chat/text/list-text.ts';
import { createNewest } from './newest.ts';
import { sayNote } from '../chat/say-note.ts';
import { createOutgoing } from './outgoing.ts';
import type { ChatLine } from './outgoing.ts';
import type { Outgoing } from '../chat/messenger.ts';
import { createPace, isGroup } from './pace.ts';
import type { Most } from './pace.ts';
import { createPaced } from '../chat/paced.ts';
import { actorOf, readUpdate } from './inbound.ts';
import { setMenus } from './menu.ts';
import { createMessenger } from './messenger.ts';
import type { KeptUpdate } from './pieces.ts';
import { runPoll } from './polling.ts';
import { createChatLogger } from '../chat/chat-logger.ts';
import { createQuiet } from '../chat/sound/quiet.ts';
import { createRemembered } from '../chat/memory/memory.ts';
import { createRest } from '../chat/card-rest.ts';
import { richText } from '../chat/text/text.ts';
import { createScreen } from '../chat/screen.ts';
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
  const newest = createNewest();
  for (const one of [api, uploadApi]) one.config.use(newest.transformer, pace.transformer);
  const downloads = createDownloads({ ...shared, api, token: config.token, stopped });
  return { pollApi, api, uploadApi, pace, newest, downloads };
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
  const { pollApi, api, uploadApi, pace, newest, downloads } = createClients(parts, stopping.signal, stopped.signal);
  const standing = createStanding({ part: 'telegram', clock });
  const remembered = createRemembered(parts.memory);
  const chat = { api, chatId: config.chatId, topics: config.topics === true };
  const outgoing = createOutgoing({ ...chat, remembered, standing, logger });
  const quiet = createQuiet({ hours: parts.rules.quietHours, door, outgoing, remembered, clock, logger });
  const uploads = createUploads({ ...outgoing, api: uploadApi });
  const screen = createScreen({ ...parts, uploads, outgoing, newest, remembered, quiet, logger });
  const { cards, digest, sets, askAnew, media } = screen;
  const about = { outgoing, remembered, media, standing, cards, sets, downloads };
  const messenger = createMessenger(api);
  const uploadsTo = createUploadsTo(uploadApi);
  const conversation = createConversation({ ...parts, ...about, messenger, uploadsTo, logger });
  const { review } = conversation;
  const desk = { outgoing, uploads, exhibits, quiet, remembered, door };
  const say: Channel['say'] = (note, ref) => sayNote(desk, note, ref);
  const paced = createPaced({ show: cards.show, say, outgoing, pace, rest: createRest(clock, isGroup) });
  let running: Promise<void> = Promise.resolve();
  const ears = createEars({ ...parts, pollApi, newest, outgoing, standing, conversation });
  const sayGivenUp = async (update: Update | undefined) => giveUp(api, outgoing, update, await quiet.hush(false));
  const away = createAway({ door, outgoing, remembered, askAnew, clock });
  const poll = { ...parts, ...ears, api: pollApi, heard: away.heard, standing, logger, sayGivenUp };
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
      await Promise.race([Promise.all([running, drawn]), sleep(clock, graceMs, done.signal)]);
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

/** What is done with what comes, and what has to be known before. */
function createEars(parts: {
  readonly pollApi: Api;
  readonly newest: ReturnType<typeof createNewest>;
  readonly outgoing: ChatLine;
  readonly standing: Standing;
  readonly conversation: Conversation;
  readonly door: Door;
  readonly reachable: () => void;
}) {
  const { pollApi, newest, outgoing, standing, door } = parts;
  let me: UserFromGetMe | undefined;
  return {
    async connect(): Promise<void> {
      me = await pollApi.getMe();
      await pollApi.deleteWebhook();
      await setMenus(pollApi);
      if ((await outgoing.chatId()) === '') standing.unpaired(unpaired);
    },
    async act(update: KeptUpdate): Promise<void> {
      newest.noticed(update);
      if (me === undefined) throw new Error('it came before the bot knew its own name');
      await actOn(parts, update, me);
    },
    mayCount: (message: Message): boolean => mayMatter(door, message, me?.id),
  };
}

/** Sends files into this chat, where the chat we ask in is another one. */
const createUploadsTo = (api: Api) => (chatId: string) =>
  createUploads({
    api,
    inChat: (call) => attempt(() => call(chatId)),
    inTopic: (_, call) => attempt(() => call(chatId, undefined)),
  });

/** What is about the chat itself, and then what people do in it. */
async function actOn(
  on: { outgoing: ChatLine; standing: Standing; conversation: Conversation; reachable: () => void },
  update: KeptUpdate,
  me: UserFromGetMe,
): Promise<void> {
  const { outgoing, standing, conversation, reachable } = on;
  const heard = readUpdate(update, me);
  if (heard === undefined) return;
  switch (heard.kind) {
    case 'moved':
      if (heard.chatId === (await outgoing.chatId())) await outgoing.moveTo(heard.newId);
      return;
    case 'membership':
      if (heard.chatId !== (await outgoing.chatId())) return;
      outgoing.rightsChanged();
      if (heard.isOut) return standing.shutOut(shutOut);
      standing.reached();
      return reachable();
    default:
      return await conversation.hear(heard);
  }
}

const shutOut = 'The bot was blocked or removed from the chat. Unblock it, or add it again.';

/** Whether a message can be meant for us, and its sender may say something here. */
const mayMatter = (
  door: Door,
  { chat, from, reply_to_message: replied }: Message,
  ownId: number | undefined,
): boolean =>
  from !== undefined &&
  door.may(actorOf(from), 'look').kind === 'allowed' &&
  (chat.type === 'private' || (replied?.from !== undefined && replied.from.id === ownId));

/** Says that something a person did could not be taken in: on the tap, if it was one, and in the chat. */
async function giveUp(api: Api, outgoing: Outgoing, update: Update | undefined, silent: boolean): Promise<void> {
  const tap = update?.callback_query?.id;
  if (tap !== undefined) {
    await attempt(() => api.answerCallbackQuery(tap, { text: givenUp, show_alert: true }));
  }
  await outgoing.send(richText(givenUp), { silent, topic: systemTopic });
}

const unpaired = 'Nobody is paired yet: send the bot /start and the code that was shown at the start.';

const givenUp =
  'I could not take in something you did here, although I tried three times. Please look at the newest card and do it again.';
