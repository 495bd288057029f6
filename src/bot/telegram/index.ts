import { Api, Bot } from 'grammy';
import type { Message, Update } from 'grammy/types';

import type { Exhibits } from '../../domain/exhibits.ts';
import type { Channel, Door, Inbox, Memory } from '../../domain/ports.ts';
import { sleep } from '../../lib/clock.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Random } from '../../lib/random.ts';
import { createAway } from './away.ts';
import { clientOptions } from './clients.ts';
import { setMenus } from './commands.ts';
import { actOn, equipBot } from './conversation.ts';
import { createDownloads } from './downloads.ts';
import type { ChatRules } from './lists.ts';
import { createNewest } from './newest.ts';
import { sayNote } from './notes.ts';
import { createOutgoing } from './outgoing.ts';
import type { Outgoing } from './outgoing.ts';
import { createPace } from './pace.ts';
import type { Most } from './pace.ts';
import { createPaced } from './paced.ts';
import { actorOf } from './person.ts';
import { runPoll } from './poll.ts';
import { withoutToken } from './quiet-logger.ts';
import { createQuiet } from './quiet.ts';
import { createRemembered } from './remembered.ts';
import { createRest } from './rest.ts';
import { richText } from './rich-text.ts';
import { createScreen } from './screen.ts';
import { createStanding } from './standing.ts';
import { systemTopic } from './topics.ts';
import { attempt } from './trouble.ts';

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
  const bot = new Bot(config.token, { client: client(sendSeconds, stopped) });
  const uploadApi = new Api(config.token, client(uploadSeconds, stopped));
  const pace = createPace({ clock: parts.clock, stopping, most: parts.groupPace });
  const newest = createNewest();
  for (const api of [bot.api, uploadApi]) api.config.use(newest.transformer, pace.transformer);
  const downloads = createDownloads({ ...shared, api: bot.api, token: config.token, stopped });
  return { pollApi, bot, uploadApi, pace, newest, downloads };
}

/** The Telegram chat as a channel. */
export function createTelegramChannel(parts: TelegramParts): Channel {
  const { config, door, exhibits, clock } = parts;
  const logger = withoutToken(parts.logger, config.token);
  // Two steps: first no more polls and updates, then no more requests at all.
  const stopping = new AbortController();
  const stopped = new AbortController();
  const { pollApi, bot, uploadApi, pace, newest, downloads } = createClients(parts, stopping.signal, stopped.signal);
  const standing = createStanding({ part: 'telegram', clock });
  const remembered = createRemembered(parts.memory);
  const chat = { api: bot.api, chatId: config.chatId, topics: config.topics === true };
  const outgoing = createOutgoing({ ...chat, remembered, standing, logger });
  const quiet = createQuiet({ hours: parts.rules.quietHours, door, outgoing, remembered, clock, logger });
  const screen = createScreen({ ...parts, api: uploadApi, outgoing, newest, remembered, quiet, logger });
  const { cards, digest, sets, askAnew, media, uploads } = screen;
  const about = { outgoing, remembered, media, standing, cards, sets, uploadApi, downloads };
  const review = equipBot(bot, { ...parts, ...about, logger });
  const desk = { outgoing, uploads, exhibits, quiet, remembered, door };
  const say: Channel['say'] = (note, ref) => sayNote(desk, note, ref);
  const paced = createPaced({ show: cards.show, say, outgoing, pace, rest: createRest(clock) });
  let running: Promise<void> = Promise.resolve();

  async function connect(): Promise<void> {
    bot.botInfo = await pollApi.getMe();
    await pollApi.deleteWebhook();
    await setMenus(pollApi);
    if ((await outgoing.chatId()) === '') standing.unpaired(unpaired);
  }

  const act = (update: Update) => {
    newest.noticed(update);
    return actOn(bot, update);
  };
  const sayGivenUp = async (update: Update | undefined) => giveUp(bot, outgoing, update, await quiet.hush(false));
  const mayCount = (message: Message) => mayMatter(door, message, bot.botInfo.id);
  const away = createAway({ door, outgoing, remembered, askAnew, clock });
  const poll = { ...parts, api: pollApi, heard: away.heard, standing, logger, connect, act, mayCount, sayGivenUp };
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

/** Whether a message can be meant for us, and its sender may say something here. */
const mayMatter = (door: Door, { chat, from, reply_to_message: replied }: Message, ownId: number): boolean =>
  from !== undefined &&
  door.may(actorOf(from), 'look').kind === 'allowed' &&
  (chat.type === 'private' || replied?.from?.id === ownId);

/** Says that something a person did could not be taken in: on the tap, if it was one, and in the chat. */
async function giveUp(bot: Bot, outgoing: Outgoing, update: Update | undefined, silent: boolean): Promise<void> {
  const tap = update?.callback_query?.id;
  if (tap !== undefined) {
    await attempt(() => bot.api.answerCallbackQuery(tap, { text: givenUp, show_alert: true }));
  }
  await outgoing.send(richText(givenUp), { silent, topic: systemTopic });
}

const unpaired = 'Nobody is paired yet: send the bot /start and the code that was shown at the start.';

const givenUp =
  'I could not take in something you did here, although I tried three times. Please look at the newest card and do it again.';
