/** `/api/`: the same door for the command line. A browser never comes here, so whatever names an origin is refused. */
import { Hono } from 'hono';
import type { Actor } from '../../domain/approver.ts';
import type { ApiCards, ApiTrouble, ApiVerdict } from './api.ts';
import type { SiteParts } from './site.ts';
import { readWish } from './wishes.ts';

const trouble = (words: string): ApiTrouble => ({ trouble: words });

export function createApi({ door, sessions, changes }: SiteParts, actor: Actor): Hono {
  const api = new Hono();
  api.use(async (c, next) => {
    if (c.req.header('origin') !== undefined) return c.json(trouble('Not for browsers.'), 403);
    const token = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1];
    if (token === undefined || !sessions.opens(token)) return c.json(trouble('The token is missing or wrong.'), 401);
    const permission = door.may(actor, 'look');
    if (permission.kind === 'refused') return c.json(trouble(permission.why), 403);
    return next();
  });

  api.get('/status', async (c) => c.json(await door.status()));
  api.get('/cards', async (c) => {
    const settled = Number(c.req.query('settled') ?? 0);
    if (!Number.isInteger(settled) || settled < 0 || settled > 100) {
      return c.json(trouble('`settled` must be a whole number from 0 to 100.'), 400);
    }
    return c.json({ cards: await door.cards(settled) } satisfies ApiCards);
  });
  api.post('/decide', async (c) => {
    const wish = readWish(await c.req.json<unknown>().catch(() => undefined));
    if (wish === undefined) return c.json(trouble('Wanted: {"key", "revision", "verb", "text"?}.'), 400);
    const verdict: ApiVerdict = await door.decide({ actor, ...wish });
    changes.tell();
    return c.json(verdict);
  });
  api.post('/pause', async (c) => {
    const verdict: ApiVerdict = await door.pause(actor);
    changes.tell();
    return c.json(verdict);
  });
  api.post('/resume', async (c) => {
    const verdict: ApiVerdict = await door.resume(actor);
    changes.tell();
    return c.json(verdict);
  });
  api.notFound((c) => c.json(trouble('There is no such address.'), 404));
  return api;
}
