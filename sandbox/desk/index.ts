/**
 * The desk: one page from which a visitor sees the phone, LinkedIn, the mailbox and the vault at once, and makes things
 * happen. For this machine's own browser only: a page from elsewhere must not be able to press its buttons.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../src/lib/clock.ts';
import { messageOf } from '../../src/lib/words.ts';
import type { Seeds } from '../seeds/index.ts';
import { createLive } from './live.ts';
import type { Product } from './product.ts';
import type { View } from './view.ts';

export type Desk = { readonly url: string; stop(): Promise<void> };

type Parts = {
  readonly view: () => Promise<View>;
  readonly seeds: Seeds;
  readonly product: Product;
  /** Addresses of the pages shown inside. */
  readonly frames: { readonly phone: string; readonly linkedin: string };
  readonly clock: Clock;
  /** Taken when it is free, else any other. */
  readonly port: number;
};

const assets: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['desk.html', 'text/html'],
  '/desk.css': ['desk.css', 'text/css'],
  '/panes.css': ['panes.css', 'text/css'],
  '/desk.js': ['desk.js', 'text/javascript'],
  '/panes.js': ['panes.js', 'text/javascript'],
};

export async function createDesk(parts: Parts): Promise<Desk> {
  const { product, frames } = parts;
  const live = createLive(parts.view, parts.clock);
  const act = actionsOf(parts);
  const guarded = guards(frames);

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const asset = assets[pathname];
    const action = /^\/desk\/api\/(mail|post|restart)$/.exec(pathname)?.[1];
    for (const [name, value] of Object.entries(guarded)) response.setHeader(name, value);
    if (!isFromHere(request)) return sendJson(response, 403, { problem: 'Only this page itself may ask here.' });
    if (request.method === 'POST' && action !== undefined) {
      return sendJson(response, 200, { words: await act(action).catch((thrown: unknown) => messageOf(thrown)) });
    }
    if (request.method !== 'GET') return sendJson(response, 405, { problem: 'This can’t be done here.' });
    if (asset !== undefined && Object.hasOwn(assets, pathname)) return await sendAsset(response, asset);
    if (pathname === '/desk/api/frames') return sendJson(response, 200, frames);
    if (pathname === '/desk/api/events') return live.open(response);
    // A detour, so that the key to the page stands in no page.
    if (pathname === '/countersign') return redirect(response, (await product.homeUrl()) ?? '/');
    return sendJson(response, 404, { problem: 'There is nothing here.' });
  };

  const server = createServer((request, response) => {
    // Only a connection that died in the middle of a request gets here.
    serve(request, response).catch(() => response.destroy());
  });
  const port = await listen(server, parts.port);
  return {
    url: `http://127.0.0.1:${port}/`,
    async stop() {
      live.stop();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** What the buttons do. Each returns what happened, in words. */
function actionsOf({ seeds, product }: Parts): (action: string) => Promise<string> {
  const restart = async (): Promise<string> => {
    if (product.standing() === 'starting' || product.standing() === 'stopping') return 'It is on its way already.';
    await product.stop();
    const started = await product.start();
    if (started.kind === 'up') return 'Back again; nothing was lost.';
    return `It did not start again: ${started.lines.at(-1) ?? 'it said nothing.'}`;
  };
  return (action) => {
    if (action === 'mail') return seeds.mailArrives();
    return action === 'post' ? seeds.postAppears() : restart();
  };
}

/** The address must be ours, what changes something must carry our origin, and nothing is for another site to ask. */
function isFromHere({ headers, method }: IncomingMessage): boolean {
  const host = headers.host ?? '';
  if (!/^(?:127\.0\.0\.1|localhost):\d+$/.test(host)) return false;
  if (method !== 'GET') return headers.origin === `http://${host}`;
  const site = headers['sec-fetch-site'];
  // A link from elsewhere may open the page; it may not read or load anything.
  return site !== 'cross-site' || headers['sec-fetch-mode'] === 'navigate';
}

const guards = ({ phone, linkedin }: Parts['frames']) => ({
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': [
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'",
    `frame-src ${new URL(phone).origin} ${new URL(linkedin).origin}`,
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ].join('; '),
});

async function sendAsset(response: ServerResponse, [file, type]: readonly [string, string]): Promise<void> {
  const bytes = await readFile(new URL(`pages/${file}`, import.meta.url));
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8` });
  response.end(bytes);
}

function sendJson(response: ServerResponse, status: number, content: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(content));
}

function redirect(response: ServerResponse, to: string): void {
  response.writeHead(303, { location: to });
  response.end();
}

async function listen(server: Server, wanted: number): Promise<number> {
  const attempt = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  await attempt(wanted).catch(() => attempt(0));
  return (server.address() as AddressInfo).port;
}
