/** What the pages of the LinkedIn stand-in share. */
import { cookiesOf } from './serve.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Posts } from './linkedin-posts.ts';
import type { Scenario } from './linkedin-scenario.ts';

export type Member = {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly handle: string;
};

export type Site = {
  readonly member: Member;
  readonly posts: Posts;
  readonly clock: Clock;
  /** Cookie values that count as logged in. */
  readonly sessions: Set<string>;
  /** Visitors waiting to hear of new posts. */
  readonly watchers: Set<ServerResponse>;
  set: Scenario;
};

/** Whether the request carries a login that counts. */
export const isMember = (site: Site, request: IncomingMessage): boolean =>
  site.sessions.has(cookiesOf(request).get('li_at') ?? '');

/** Who the browser is logged in as. */
export const shown = (site: Site): { readonly name: string; readonly handle: string } =>
  site.set.account === 'right' ? site.member : { name: 'Somebody Else', handle: 'somebody-else' };
