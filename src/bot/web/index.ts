/**
 * The web page as a channel: the inbox for a phone or a desk, the pages log links lead to, and the server the command
 * line talks to. It draws cards from the record whenever somebody looks, so being shown a card only means telling the
 * open pages to look again; nothing is lost when nobody has one open.
 */
import type { Channel, Door } from '../../domain/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { createChanges } from './changes.ts';
import { createHosts } from './hosts.ts';
import type { PageKeys } from './keys.ts';
import { createListening, type OpenedPort } from './listening.ts';
import { createAnswers, createNotes } from './notes.ts';
import { createRunLinks } from './run-links.ts';
import type { Runs } from './parts.ts';
import { createSessions } from './session.ts';
import { createSite } from './site.ts';

export type WebParts = {
  readonly config: {
    readonly host: string;
    /** 0 = any free one. */
    readonly port: number;
    /** Address under which people reach it from elsewhere; empty = only on this machine. */
    readonly publicUrl: string;
  };
  readonly keys: PageKeys;
  readonly door: Door;
  readonly runs: Runs;
  /** Prometheus text. */
  readonly metrics: () => Promise<string>;
  readonly healthz: () => Promise<{ readonly ok: boolean; readonly words: string }>;
  readonly clock: Clock;
  readonly logger: Logger;
};

export type WebChannel = Channel & {
  /** Opens the port, once; `start` does the same and only logs a problem. */
  listen(): Promise<OpenedPort>;
  /** Where the owner enters. Carries the token: for the owner's screen only, never for a log. */
  homeUrl(): string;
  /** The same server as seen from this machine, for the command line; without a slash at the end. */
  localUrl(): string;
  /** A link for chats: one attempt, read-only, for 30 days. */
  runLink(attemptId: string): string;
};

/** Makes the web page; nothing is open until `listen` or `start`. */
export function createWebChannel(parts: WebParts): WebChannel {
  const { config, keys, clock, logger } = parts;
  const listening = createListening(config, clock, logger);
  const hosts = createHosts(config, listening.port);
  const runLinks = createRunLinks(keys.linkSecret, clock);
  const notes = createNotes(clock);
  const changes = createChanges();
  const closing = new AbortController();
  const site = createSite({
    ...parts,
    sessions: createSessions(keys, clock),
    runLinks,
    hosts,
    notes,
    answers: createAnswers(),
    changes,
    closing: closing.signal,
    // Browsers share cookies between ports, and two of us may run on one machine.
    cookieName: () => `countersign-${listening.port()}`,
  });

  return {
    name: 'web',
    listen: () => listening.open(site),
    async start() {
      const opened = await listening.open(site);
      if ('problem' in opened) logger.error(`web page: ${opened.problem}`);
    },
    async stop() {
      closing.abort();
      await listening.close();
    },
    async show(card) {
      changes.tell();
      return { kind: 'shown', ref: card.key };
    },
    async retire() {
      changes.tell();
    },
    async say(note) {
      notes.keep(note);
      changes.tell();
      return { kind: 'said' };
    },
    health: listening.health,
    homeUrl: () => `${hosts.base()}/?token=${encodeURIComponent(keys.token())}`,
    localUrl: () => hosts.local(),
    runLink(attemptId) {
      const signature = runLinks.signature(attemptId);
      return `${hosts.base()}/runs/${attemptId}${signature === '' ? '' : `?sig=${signature}`}`;
    },
  };
}
