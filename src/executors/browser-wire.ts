/**
 * The browser's way out: a small proxy in the child, for one purpose. When a connection breaks after a request went
 * out, Chromium sends the request again by itself, up to five times, without asking anybody; no setting prevents it.
 * So while a publish request is under way, the first connection to the site that the far side breaks shuts the wire:
 * not one more byte reaches the site until the answer is known. TLS passes through untouched.
 *
 * Against a stand-in on this machine it also refuses every other host.
 */
import { connect } from 'node:net';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { IncomingMessage, ServerResponse } from 'node:http';

export type Wire = {
  readonly url: string;
  /** From now on the first broken connection to the site shuts the wire. */
  guard(): void;
  /** The answer is known: everything may pass again. */
  release(): void;
  close(): Promise<void>;
};

type State = {
  readonly siteHost: string;
  readonly onlySite: boolean;
  readonly open: Set<{ readonly toSite: boolean; readonly ends: readonly Duplex[] }>;
  guarded: boolean;
  shut: boolean;
};

/** @param onlySite refuse everything but the site itself */
export async function openWire(baseUrl: string, onlySite: boolean): Promise<Wire> {
  const state: State = { siteHost: hostOf(new URL(baseUrl)), onlySite, open: new Set(), guarded: false, shut: false };
  const server = createServer((request, response) => forward(state, request, response));
  server.on('connect', (request: IncomingMessage, client: Socket, first: Buffer) => {
    tunnel(state, request, client, first);
  });
  server.on('clientError', (_, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    guard() {
      state.guarded = true;
    },
    release() {
      state.guarded = false;
      state.shut = false;
    },
    close: () =>
      new Promise((resolve) => {
        for (const { ends } of state.open) for (const end of ends) end.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const hostOf = (url: URL): string => `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;

const mayPass = (state: State, host: string): boolean => (host === state.siteHost ? !state.shut : !state.onlySite);

/** The far side broke a connection: shut before the browser can notice, or it would be faster. */
function broken(state: State, toSite: boolean): void {
  if (!state.guarded || !toSite) return;
  state.shut = true;
  for (const connection of state.open) {
    if (connection.toSite) for (const end of connection.ends) end.destroy();
  }
}

function tunnel(state: State, request: IncomingMessage, client: Socket, first: Buffer): void {
  const host = request.url ?? '';
  client.on('error', () => undefined);
  const target = URL.parse(`tcp://${host}`);
  if (target === null || target.port === '' || !mayPass(state, host)) {
    client.destroy();
    return;
  }
  const toSite = host === state.siteHost;
  const far = connect(Number(target.port), target.hostname.replace(/^\[|\]$/g, ''), () => {
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    far.write(first);
    far.pipe(client);
    client.pipe(far);
  });
  const connection = { toSite, ends: [client, far] };
  state.open.add(connection);
  far.once('end', () => broken(state, toSite));
  far.on('error', () => broken(state, toSite));
  far.once('close', () => client.destroy());
  client.once('close', () => {
    state.open.delete(connection);
    far.destroy();
  });
}

/** Plain HTTP, as stand-ins speak it. */
function forward(state: State, request: IncomingMessage, response: ServerResponse): void {
  const target = URL.parse(request.url ?? '');
  if (target === null || target.protocol !== 'http:' || !mayPass(state, hostOf(target))) {
    request.socket.destroy();
    return;
  }
  const toSite = hostOf(target) === state.siteHost;
  const fail = () => {
    broken(state, toSite);
    request.socket.destroy();
  };
  const far = httpRequest(target, { method: request.method, headers: carried(request), agent: false }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, { ...carried(answer) });
    answer.pipe(response);
    answer.once('error', fail);
  });
  far.once('error', fail);
  request.pipe(far);
  response.once('close', () => far.destroy());
}

/** Headers without those that are about this connection only. */
const carried = (message: IncomingMessage) =>
  Object.fromEntries(
    Object.entries(message.headers).filter(([name]) => !/^(?:connection|proxy-connection|keep-alive)$/.test(name)),
  );
