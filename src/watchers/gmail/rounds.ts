/** One round after the other: make sure of the connection, look, and say how long to wait. */
import type { Conversations, Cursor, TakeIn } from '../../domain/ports.ts';
import { backoff } from '../../lib/backoff.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Random } from '../../lib/random.ts';
import type { WatcherStanding } from '../standing.ts';
import type { Bell } from './bell.ts';
import { whatWentWrong, type MailAccount } from './connection.ts';
import { formatCursor, parseCursor } from './cursor-state.ts';
import { createDesk } from './desk.ts';
import { createHtmlReader } from './text/html/reader.ts';
import { lookOnce } from './look.ts';
import { createLookForNews } from './moved-on.ts';
import { openSession, type Session } from './session.ts';
import { createWatchdog } from './watchdog.ts';

export type GmailWatcherParts = {
  readonly config: MailAccount & { readonly checkIntervalSeconds: number };
  readonly takeIn: TakeIn;
  readonly conversations: Conversations;
  readonly cursor: Cursor;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
};

export type Rounds = {
  /** Never rejects. @returns milliseconds until the next round */
  next(signal: AbortSignal): Promise<number>;
  /** The login was refused twice: a further try before the pause is over does harm, providers lock accounts. */
  isLockedOut(): boolean;
  leave(): Promise<void>;
};

/** A connection that lived at least so long was a good one: its end is no reason to wait. */
const goodLifeMs = 120_000;
const crowdedPauseMs = 60_000;
const refusedPauseMs = 900_000;

export function createRounds(parts: GmailWatcherParts, bell: Bell, standing: WatcherStanding): Rounds {
  const { config, clock, random, logger } = parts;
  const look = createLook(parts);
  const teller = createTeller(parts);
  let session: Session | undefined;
  let failures = 0;
  let refusals = 0;

  const livedWell = (one: Session): boolean => clock.now().getTime() - one.openedAt.getTime() >= goodLifeMs;
  const pause = (): number => backoff(failures, 1_000, 60_000, random.fraction());

  const reach = async (signal: AbortSignal): Promise<Session> => {
    if (session?.isOpen() === true) return session;
    if (session !== undefined) {
      failures = livedWell(session) ? 0 : failures + 1;
      session = undefined;
      if (failures > 0) await bell.wait(pause(), signal);
    }
    session = await openSession(config, { clock, logger, signal, onHint: bell.ring });
    refusals = 0;
    return session;
  };

  return {
    isLockedOut: () => refusals >= 2,
    async next(signal) {
      teller.begins();
      try {
        const open = await reach(signal);
        if (await look(open, signal)) bell.ring();
        if (livedWell(open)) failures = 0;
        if (!signal.aborted) {
          standing.well('Watching the INBOX.');
          teller.ends();
        }
        return config.checkIntervalSeconds * 1_000;
      } catch (thrown) {
        if (signal.aborted) return 0;
        failures += 1;
        const trouble = whatWentWrong(thrown);
        refusals = trouble.kind === 'login_refused' ? refusals + 1 : 0;
        standing.troubled(trouble.words);
        if (refusals >= 2) return refusedPauseMs;
        return trouble.kind === 'crowded' ? crowdedPauseMs : pause();
      }
    },
    async leave() {
      await session?.leave();
      session = undefined;
    },
  };
}

/** Hints of the server come whenever they like: the log tells of one look per interval, and when it went well. */
function createTeller({ config, clock, logger }: GmailWatcherParts) {
  let next = 0;
  let unfinished = false;
  return {
    begins(): void {
      const now = clock.now().getTime();
      if (now < next) return;
      next = now + config.checkIntervalSeconds * 1_000;
      unfinished = true;
      logger.info('Checking Gmail...');
    },
    ends(): void {
      if (unfinished) logger.info('✓ Gmail check completed');
      unfinished = false;
    },
  };
}

/** One look, under a deadline: a server that says nothing is left. It tells whether the next one should follow at once. */
function createLook({ config, takeIn, conversations, cursor, clock, logger }: GmailWatcherParts) {
  const failures = new Map<number, number>();
  const lookForNews = createLookForNews({ conversations, clock, logger });
  const desk = createDesk({ account: config.email, takeIn, clock, logger });
  return async (session: Session, signal: AbortSignal): Promise<boolean> => {
    const watchdog = createWatchdog(clock, session.cut);
    const htmlReader = createHtmlReader(clock);
    try {
      await lookOnce({
        client: session.client,
        account: config.email,
        htmlReader,
        clock,
        logger,
        readCursor: async () => parseCursor(await cursor.read()),
        writeCursor: (state) => cursor.write(formatCursor(state)),
        handIn: desk.handIn,
        handInUnreadable: desk.handInUnreadable,
        failures,
        progress: watchdog.alive,
        signal,
      });
      return await lookForNews({ client: session.client, progress: watchdog.alive, signal });
    } finally {
      watchdog.end();
      await htmlReader.end();
    }
  };
}
