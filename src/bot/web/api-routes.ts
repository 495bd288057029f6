/** `/api/`: the same door for the command line. A browser never comes here, so whatever names an origin is refused. */
import { Hono, type Context } from 'hono';
import type { Actor } from '../../domain/actor.ts';
import type { ApiCards, ApiProof, ApiTrouble, ApiVerdict } from './api.ts';
import { createSignatures, isNonce, proofOf } from './control.ts';
import { tooManyKeys, type Knocking } from './knocking.ts';
import { logOutEverywhere } from './log-out.ts';
import type { SiteParts } from './parts.ts';
import { readKey, readPlace, readWish } from './wishes.ts';

const trouble = (words: string): ApiTrouble => ({ trouble: words });

export function createApi(parts: SiteParts, actor: Actor, knocking: Knocking): Hono {
  const { door, changes } = parts;
  const isLetIn = createEntry(parts);
  const api = new Hono();
  api.use(async (c, next) => {
    if (c.req.header('origin') !== undefined) return c.json(trouble('Not for browsers.'), 403);
    return next();
  });
  // Before anybody shows anything: who asks can see that this is the one that left the note.
  api.get('/proof', (c) => {
    const nonce = c.req.query('nonce') ?? '';
    if (!isNonce(nonce) || parts.keys.controlKey === '')
      return c.json(trouble('Wanted: ?nonce= of 16 to 64 [0-9a-z].'), 400);
    const { controlKey: key, pid } = parts.keys;
    return c.json({ proof: proofOf({ url: parts.hosts.local(), pid, key }, nonce) } satisfies ApiProof);
  });
  api.use(async (c, next) => {
    if (!(await isLetIn(c))) {
      const shown = c.req.header('authorization') !== undefined;
      if (shown && (await knocking(c)) === 'too_many') return c.json(trouble(tooManyKeys), 429);
      return c.json(trouble('The token is missing or wrong.'), 401);
    }
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
  addMails(api, parts, actor);
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
  api.post('/logout', (c) => c.json(logOutEverywhere(parts, actor) satisfies ApiVerdict));
  api.notFound((c) => c.json(trouble('There is no such address.'), 404));
  return api;
}

const mailsShown = 20;

function addMails(api: Hono, { door, changes }: SiteParts, actor: Actor): void {
  api.get('/mails', async (c) => c.json(await door.undrafted(readPlace(c.req.query()), mailsShown)));
  api.get('/mails/:key', async (c) => {
    const message = await door.undraftedMessage(c.req.param('key'));
    return message === undefined ? c.json(trouble('There is no such mail.'), 404) : c.json(message);
  });
  api.post('/mails/draft', async (c) => {
    const key = readKey(await c.req.json<unknown>().catch(() => undefined));
    if (key === undefined) return c.json(trouble('Wanted: {"key"}.'), 400);
    const verdict: ApiVerdict = await door.draftReply(actor, key);
    changes.tell();
    return c.json(verdict);
  });
}

/** A request of the command line is signed and carries no secret; a program of the owner's may send the token instead. */
function createEntry({ sessions, keys, clock }: SiteParts): (c: Context) => Promise<boolean> {
  const isSigned = createSignatures(keys.controlKey, clock);
  return async (c) => {
    const authorization = c.req.header('authorization') ?? '';
    const token = /^Bearer (\S+)$/.exec(authorization)?.[1];
    if (token !== undefined) return sessions.opens(token);
    const { pathname, search } = new URL(c.req.url);
    return isSigned(authorization, { method: c.req.method, path: pathname + search, body: await c.req.text() });
  };
}
