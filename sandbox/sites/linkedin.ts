/**
 * A stand-in for LinkedIn on this machine: enough of its pages to log in, write a post with the editor library the
 * real site is built on, publish it and look at it. It answers strictly: a wrong cookie, a missing token or a wrong
 * form gets what the real site would give. Not affiliated with LinkedIn; built from public descriptions.
 */
import { createServer } from 'node:http';
import { randomBytes } from 'node:crypto';
import { calm } from './linkedin-scenario.ts';
import { createPosts } from './linkedin-posts.ts';
import { isMember, shown } from './linkedin-site.ts';
import { publish } from './linkedin-publish.ts';
import { answer, asset, fillPage, readForm, redirect } from './serve.ts';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../src/lib/clock.ts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Member, Site } from './linkedin-site.ts';
import type { StoredPost } from './linkedin-posts.ts';
import type { Scenario } from './linkedin-scenario.ts';

export type LinkedinStandIn = {
  readonly url: string;
  /** Public feed for a visitor; needs no login. */
  readonly pageUrl: string;
  posts(): readonly StoredPost[];
  /** Changes how it behaves from now on. */
  scenario(set: Partial<Scenario>): void;
  /** Every request so far; never a body. */
  requests(): readonly { readonly method: string; readonly path: string; readonly at: Date }[];
  stop(): Promise<void>;
};

/** Starts on 127.0.0.1. */
export async function createLinkedinStandIn(
  options: Member & { readonly clock: Clock; readonly port?: number },
): Promise<LinkedinStandIn> {
  const { clock } = options;
  const site: Site = {
    member: options,
    posts: createPosts(clock),
    clock,
    sessions: new Set(),
    watchers: new Set(),
    set: calm,
  };
  const requests: { method: string; path: string; at: Date }[] = [];
  const server = createServer((request, response) => {
    requests.push({ method: request.method ?? '', path: request.url ?? '', at: clock.now() });
    // A sandbox left running for a week must not grow.
    if (requests.length > 2000) requests.shift();
    if (site.set.network === 'down') {
      request.socket.destroy();
      return;
    }
    serve(site, request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else answer(response, 500, 'text/plain', 'The stand-in failed.');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    pageUrl: `${url}/`,
    posts: site.posts.all,
    scenario(set) {
      if (set.session === 'logged_out') site.sessions.clear();
      site.set = { ...site.set, ...set };
    },
    requests: () => requests,
    stop: () =>
      new Promise((resolve) => {
        for (const watcher of site.watchers) watcher.end();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const assets: Readonly<Record<string, readonly [path: string, type: string]>> = {
  '/assets/quill.js': ['../../node_modules/quill/dist/quill.js', 'text/javascript'],
  '/assets/quill.css': ['../../node_modules/quill/dist/quill.core.css', 'text/css'],
  '/assets/linkedin.js': ['pages/linkedin.js', 'text/javascript'],
  '/assets/composer.js': ['pages/linkedin-composer.js', 'text/javascript'],
  '/assets/composer.css': ['pages/linkedin-composer.css', 'text/css'],
  '/assets/linkedin.css': ['pages/linkedin.css', 'text/css'],
  '/assets/visitor.js': ['pages/linkedin-visitor.js', 'text/javascript'],
};

async function serve(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://stand-in');
  const route = `${request.method} ${url.pathname}`;
  const file = request.method === 'GET' ? assets[url.pathname] : undefined;
  if (file !== undefined) return asset(response, ...file);
  if (route === 'GET /') return page(site, response, 'linkedin-visitor.html');
  if (route === 'GET /visitor/posts') return answer(response, 200, 'application/json', visitorPosts(site));
  if (route === 'GET /visitor/events') return watch(site, response);
  if (route === 'GET /login' || route === 'GET /uas/login') return page(site, response, 'linkedin-login.html');
  if (route === 'POST /checkpoint/lg/login-submit') return logIn(site, request, response);
  if (url.pathname.startsWith('/checkpoint/')) return checkpoint(site, response);
  if (route === 'POST /voyager/api/graphql') return publish(site, request, response, url);
  if (request.method !== 'GET') return answer(response, 405, 'text/plain', 'Not here.');
  if (!isMember(site, request))
    return redirect(response, `/login?session_redirect=${encodeURIComponent(url.pathname)}`);
  if (site.set.session === 'checkpoint') return redirect(response, '/checkpoint/challenge/AgF3');
  return memberPage(site, response, url.pathname);
}

async function memberPage(site: Site, response: ServerResponse, path: string): Promise<void> {
  const [first, second, ...rest] = path.split('/').filter((segment) => segment !== '');
  if (first === 'in' && second === 'me') {
    return redirect(response, `/${['in', shown(site).handle, ...rest].join('/')}/`);
  }
  const known = first === 'feed' || (first === 'in' && second === shown(site).handle);
  if (!known) return page(site, response, 'linkedin-missing.html', 404);
  return page(site, response, 'linkedin.html');
}

const page = (site: Site, response: ServerResponse, name: string, status = 200): Promise<void> =>
  fillPage(response, name, status, {
    lang: site.set.language,
    name: shown(site).name,
    handle: shown(site).handle,
    state: JSON.stringify({
      ...site.set,
      name: shown(site).name,
      handle: shown(site).handle,
      posts: site.posts
        .all()
        .map((post) => ({ ...post, at: post.at.toISOString() }))
        .toReversed()
        .slice(0, 50),
    }).replaceAll('<', '\\u003c'),
  });

async function logIn(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const form = await readForm(request);
  const right =
    form.get('session_key')?.toLowerCase() === site.member.email.toLowerCase() &&
    form.get('session_password') === site.member.password;
  if (!right) return page(site, response, 'linkedin-login-refused.html');
  if (site.set.session === 'checkpoint') return redirect(response, '/checkpoint/challenge/AgF3');
  if (site.set.session === 'code') return redirect(response, '/checkpoint/challengesV2/AQH');
  const session = randomBytes(24).toString('base64url');
  site.sessions.add(session);
  if (site.set.session === 'logged_out') site.set = { ...site.set, session: 'ok' };
  const year = 31_536_000;
  response.setHeader('set-cookie', [
    `li_at=${session}; Path=/; HttpOnly; Max-Age=${year}`,
    `JSESSIONID="ajax:${randomBytes(8).toString('hex')}"; Path=/; Max-Age=${year}`,
  ]);
  return redirect(response, '/feed/');
}

const checkpoint = (site: Site, response: ServerResponse): Promise<void> =>
  page(site, response, site.set.session === 'code' ? 'linkedin-code.html' : 'linkedin-checkpoint.html');

const visitorPosts = (site: Site): string =>
  JSON.stringify({
    name: site.member.name,
    posts: site.posts
      .all()
      .slice(-100)
      .toReversed()
      .map(({ text, at, author, activityUrn }) => ({ text, at: at.toISOString(), author, id: activityUrn })),
  });

function watch(site: Site, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write('retry: 1000\n\n');
  site.watchers.add(response);
  response.on('close', () => site.watchers.delete(response));
}
