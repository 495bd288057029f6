/** All addresses of the web page in one list, each with the guards it stands behind. */
import { Hono } from 'hono';
import type { Actor } from '../../domain/actor.ts';
import { createApi } from './api-routes.ts';
import { createEvents } from './event-routes.ts';
import { createForms } from './form-routes.ts';
import { messagePage } from './frame.ts';
import { createGuards, type Seat } from './guards.ts';
import { createKnocking } from './knocking.ts';
import { addOpenRoutes } from './open-routes.ts';
import { createPages } from './page-routes.ts';
import type { SiteParts } from './parts.ts';
import { createRunRoutes } from './run-routes.ts';

/** Whoever opened the link with the token. */
export const webActor: Actor = { source: 'web', id: 'owner', name: 'you (web page)' };
/** Whoever can read the token on this machine. */
export const cliActor: Actor = { source: 'cli', id: 'owner', name: 'you (command line)' };

export function createSite(parts: SiteParts): Hono<Seat> {
  const knocking = createKnocking(parts);
  const guards = createGuards(parts, webActor, knocking);
  const site = new Hono<Seat>();
  site.use(guards.headers, guards.knownHost, guards.smallBody);

  addOpenRoutes(site, parts);
  site.route('/api', createApi(parts, cliActor, knocking));
  site.route('/runs', createRunRoutes(parts, guards));
  site.route('/', createEvents(parts, guards));
  site.route('/', createForms(parts, guards, webActor));
  site.route('/', createPages(parts, guards));

  site.notFound((c) => c.html(messagePage('Not here', ['There is no such page.']), 404));
  site.onError((error, c) => {
    // The path without its query: a token or a signature may stand there.
    parts.logger.error(`web page: ${c.req.method} ${c.req.path} failed`, error);
    const words = 'Something went wrong on this side. Look at the draft before you try again.';
    if (c.req.path.startsWith('/api/')) return c.json({ trouble: words }, 500);
    return c.html(messagePage('That did not work', [words]), 500);
  });
  return site;
}
