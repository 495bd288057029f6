import { Api, Bot } from 'grammy';
import type { Update } from 'grammy/types';

import type { Channel, Door, Inbox, Memory } from '../../domain/ports.ts';
import { sleep } from '../../lib/clock.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Random } from '../../lib/random.ts';
import { createAway } from './away.ts';
import { createCards } from './cards.ts';
import { clientOptions } from './clients.ts';
import { setMenus } from './commands.ts';
import { actOn, equipBot } from './conversation.ts';
import type { ChatRules } from './lists.ts';
import { sayNote } from './notes.ts';
import { createOutgoing } from './outgoing.ts';
import type { Outgoing } from './outgoing.ts';
import { createPace } from './pace.ts';
import { createPaced } from './paced.ts';
import { runPoll } from './poll.ts';
import { withoutToken } from './quiet-logger.ts';
import { createQuiet } from './quiet.ts';
import { createRemembered } from './remembered.ts';
import { createRest } from './rest.ts';
import { richText } from './rich-text.ts';
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
  /** Cards could not be shown and now they can. */
  readonly reachable: () => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly fetch?: typeof fetch;
};

const sendSeconds = 20;
/** Above the time Telegram may hold a poll; a half-open line is given up after it. */
const pollLimitSeconds = 40;
/** How long `stop` waits for an update that is being acted on. */
const graceMs = 8_000;

/** The Telegram chat as a channel. */
export function createTelegramChannel(parts: TelegramParts): Channel {
  const { config, door, inbox, reachable, clock, random } = parts;
  const logger = withoutToken(parts.logger, config.token);
  // Two steps: first no more polls and updates, then no more requests at all.
  const stopping = new AbortController();
  const stopped = new AbortController();
  const shared = { apiRoot: config.apiRoot, fetch: parts.fetch ?? globalThis.fetch };
  const pollApi = new Api(
    config.token,
    clientOptions({ ...shared, timeoutSeconds: pollLimitSeconds, stopped: stopping.signal }),
  );
  const bot = new Bot(config.token, {
    client: clientOptions({ ...shared, timeoutSeconds: sendSeconds, stopped: stopped.signal }),
  });
  const standing = createStanding({ part: 'telegram', clock });
  const remembered = createRemembered(parts.memory);
  const pace = createPace({ clock, stopping: stopping.signal });
  bot.api.config.use(pace.transformer);
  const chat = { chatId: config.chatId, topics: config.topics === true };
  const outgoing = createOutgoing({ api: bot.api, ...chat, remembered, standing, logger });
  const quiet = createQuiet({ hours: parts.rules.quietHours, door, outgoing, remembered, clock, logger });
  const cards = createCards({ outgoing, remembered, quiet });
  const { sendApart } = cards;
  const say: Channel['say'] = (note, ref) => sayNote({ outgoing, quiet, remembered }, note, ref);
  const paced = createPaced({ show: cards.show, say, outgoing, pace, rest: createRest(clock) });
  equipBot(bot, { door, outgoing, remembered, standing, reachable, sendApart, rules: parts.rules, clock });
  let running: Promise<void> = Promise.resolve();

  async function connect(): Promise<void> {
    bot.botInfo = await pollApi.getMe();
    await pollApi.deleteWebhook();
    await setMenus(pollApi);
    if ((await outgoing.chatId()) === '') standing.unpaired(unpaired);
  }

  const sayGivenUp = (update: Update | undefined) => sayLost(bot.api, outgoing, update);
  const act = (update: Update) => actOn(bot, update);
  const away = createAway({ door, outgoing, remembered, clock });
  const { heard } = away;
  const poll = { api: pollApi, heard, inbox, standing, reachable, clock, random, logger, connect, act, sayGivenUp };
  return {
    name: 'telegram',
    async start() {
      running = runPoll(poll, stopping.signal);
      quiet.start();
    },
    async stop() {
      stopping.abort();
      quiet.stop();
      const done = new AbortController();
      await Promise.race([running, sleep(clock, graceMs, done.signal)]);
      done.abort();
      await away.leave();
      stopped.abort();
      standing.ended();
    },
    show: paced.show,
    retire: (ref, words) => cards.retire(ref, words),
    say: paced.say,
    health: () => standing.health(),
  };
}

/** Something a person did could not be taken in. */
async function sayLost(api: Api, outgoing: Outgoing, update: Update | undefined): Promise<void> {
  const tap = update?.callback_query?.id;
  if (tap !== undefined) {
    await attempt(() => api.answerCallbackQuery(tap, { text: givenUp, show_alert: true }));
  }
  await outgoing.send(richText(givenUp), { silent: false, topic: systemTopic });
}

const unpaired = 'Nobody is paired yet: send the bot /start and the code that was shown at the start.';

const givenUp =
  'I could not take in something you did here, although I tried three times. Please look at the newest card and do it again.';
