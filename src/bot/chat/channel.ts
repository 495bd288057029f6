/** The conversation and a driver of a chat, put together as a channel. */
import type { Channel } from '../../domain/ports.ts';
import { sleep } from '../../lib/clock.ts';
import { createRest } from './card-rest.ts';
import type { Standing } from './channel-health.ts';
import { createAway } from './digest/away.ts';
import { createIntake } from './inbound/intake.ts';
import { createConversation } from './inbound/router.ts';
import { createRemembered } from './memory/memory.ts';
import type { Delivered, Ears, Messenger } from './messenger.ts';
import { createPaced } from './paced.ts';
import { homeOf, sendTo } from './places.ts';
import { aboutAll } from './routing.ts';
import { sayNote } from './say-note.ts';
import { createScreen } from './screen.ts';
import type { ChatParts } from './settings.ts';
import { createQuiet } from './sound/quiet.ts';
import { richText } from './text/text.ts';
import { counted, createTraffic } from './traffic.ts';

export type ChatChannelParts = Omit<ChatParts, 'groupPace' | 'random'> & {
  readonly name: string;
  readonly messenger: Messenger;
  /** Of the driver: a kept payload, also of earlier versions; undefined: nothing for us. Calls nobody; throws what can't be read. */
  readonly read: (payload: string) => Delivered | undefined;
  /**
   * Of the driver: hears until told to stop, and never rejects.
   * @param heard to be called when the far side told what it has
   */
  readonly listen: (ears: Ears, heard: () => Promise<void>) => Promise<void>;
  /** Aborted, nothing more is heard and begun; what is being acted on is finished. */
  readonly stopping: AbortController;
  /** From now on nothing is asked of the far side. */
  readonly silence: () => void;
  readonly standing: Standing;
};

/** How long `stop` waits for what is being acted on. */
const graceMs = 8_000;

export function createChatChannel(parts: ChatChannelParts): Channel {
  const { standing, stopping, clock, logger } = parts;
  const traffic = createTraffic();
  const messenger = counted(parts.messenger, traffic);
  const remembered = createRemembered(parts.memory, () => homeOf(messenger));
  const told = { ...parts, messenger, traffic, remembered };
  const quiet = createQuiet({ ...told, hours: parts.rules.quietHours });
  const screen = createScreen({ ...told, quiet });
  const { cards, digest, sets } = screen;
  const conversation = createConversation({ ...told, ...screen });
  const { review } = conversation;
  const say: Channel['say'] = (note, ref) => sayNote({ ...told, quiet }, note, ref);
  const paced = createPaced({ show: cards.show, say, messenger, rest: createRest(clock, messenger.isShared) });
  const act = (one: Delivered) => (one.kind === 'own' ? one.act() : conversation.hear(one));
  const sayGivenUp = async (one: Delivered | undefined) => giveUp(messenger, one, await quiet.hush(false));
  const { isAfter } = messenger;
  const compared = isAfter === undefined ? {} : { isAfter };
  const intake = createIntake({ ...parts, ...compared, act, sayGivenUp, logger, stopping: stopping.signal });
  const away = createAway({ ...told, askAnew: screen.askAnew, settled: intake.settled });
  let running: Promise<void> = Promise.resolve();
  return {
    name: parts.name,
    async start() {
      running = parts.listen(intake, away.heard);
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
      parts.silence();
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

/** Says that something a person did could not be taken in: on the tap, if it was one, and in the chat. */
async function giveUp(messenger: Messenger, one: Delivered | undefined, silent: boolean): Promise<void> {
  if (one?.kind === 'press') await messenger.answer(one, givenUp, 'alert');
  await sendTo(messenger, aboutAll, richText(givenUp), { silent });
}

const givenUp =
  'I could not take in something you did here, although I tried three times. Please look at the newest card and do it again.';
