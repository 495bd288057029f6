/** The open port: taking it, and giving it back within two seconds whoever is still connected. */
import { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { createHealth } from '../../domain/health.ts';
import type { Health } from '../../domain/health.ts';
import type { Clock } from '../../lib/clock.ts';
import { codeOf } from '../../lib/file-errors.ts';
import type { Logger } from '../../lib/logger.ts';
import { messageOf, strange } from '../../lib/words.ts';
import type { Seat } from './guards.ts';

export type OpenedPort = { readonly port: number } | { readonly problem: string };

export type Listening = {
  /** The port in use; the wanted one until then. */
  port(): number;
  /** Opens the port, once. */
  open(site: Hono<Seat>): Promise<OpenedPort>;
  close(): Promise<void>;
  health(): Health;
};

export type Address = { readonly host: string; readonly port: number };

/** How long those connected may finish what they began, in milliseconds. */
const graceMs = 1000;

export function createListening(address: Address, clock: Clock, logger: Logger): Listening {
  let server: Server | undefined;
  const health = createHealth('web', clock, { standing: 'off', words: 'Not open.' });
  const port = (): number => {
    const bound = server?.address();
    return typeof bound === 'object' && bound !== null ? bound.port : address.port;
  };
  return {
    port,
    health: health.now,
    async open(site) {
      if (server !== undefined) return { port: port() };
      const opened = await openPort(site, address);
      if ('problem' in opened) {
        health.become('troubled', opened.problem);
        return opened;
      }
      // A connection that can't be taken (no file handles left) would otherwise end the process.
      opened.on('error', (error) => logger.warn(`web page: ${strange(messageOf(error), 200)}`));
      server = opened;
      health.become('well', `Open on ${address.host}, port ${port()}.`);
      health.succeeded();
      return { port: port() };
    },
    async close() {
      const closing = server;
      server = undefined;
      if (closing !== undefined) await closePort(closing, clock);
      health.become('off', 'Closed.');
    },
  };
}

async function openPort(site: Hono<Seat>, address: Address): Promise<Server | { readonly problem: string }> {
  const server = createAdaptorServer({
    fetch: site.fetch,
    overrideGlobalObjects: false,
    serverOptions: { requestTimeout: 30_000, headersTimeout: 10_000 },
  });
  if (!(server instanceof Server)) return { problem: 'The web server is not the expected one.' };
  const failure = await new Promise<unknown>((resolve) => {
    server.once('error', resolve);
    server.listen({ host: address.host, port: address.port }, () => {
      server.off('error', resolve);
      resolve(undefined);
    });
  });
  return failure === undefined ? server : { problem: problemOf(failure, address) };
}

const closePort = (server: Server, clock: Clock): Promise<void> =>
  new Promise((resolve) => {
    const cancel = clock.after(graceMs, () => {
      server.closeAllConnections();
    });
    server.close(() => {
      cancel();
      resolve();
    });
    server.closeIdleConnections();
  });

function problemOf(error: unknown, { host, port }: Address): string {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is taken. End the program that uses it (another Countersign?), or set WEB_PORT to another port; 0 means any free one.`;
    case 'EACCES':
      return `Port ${port} may not be opened by this user. Set WEB_PORT to a number above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is no address of this machine. Set WEB_HOST to 127.0.0.1 or to one that is.`;
    default:
      return `The web page can't be opened on ${host}:${port}: ${strange(messageOf(error), 200)}`;
  }
}
