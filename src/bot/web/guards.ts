/**
 * What stands before the pages. Who comes in is decided here and nowhere else: the right host name, a session, the
 * door's leave to look, and for forms a proof that they come from a page of ours.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Actor } from '../../domain/actor.ts';
import { howToEnter, messagePage } from './frame.ts';
import { html } from './html.ts';
import { tooManyKeys, type Knocking } from './knocking.ts';
import { sessionSeconds } from './session.ts';
import type { SiteParts } from './parts.ts';

/** `cookie` is set behind `letIn`. */
export type Seat = { Variables: { cookie: string } };

export type Guards = Readonly<
  Record<'headers' | 'knownHost' | 'smallBody' | 'enter' | 'letIn' | 'ownForm', MiddlewareHandler<Seat>>
> & {
  /** The session cookie when it is good and its owner may look. */
  seat(c: Context<Seat>): string | undefined;
};

const fixedHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** In bytes; the longest text of any platform fits many times. */
const largestBody = 256 * 1024;

export function createGuards(parts: SiteParts, actor: Actor, knocking: Knocking): Guards {
  const { hosts, sessions, door } = parts;
  const seat = (c: Context<Seat>): string | undefined => {
    const cookie = getCookie(c, parts.cookieName());
    return sessions.holds(cookie) ? cookie : undefined;
  };

  const locked = (c: Context<Seat>): Response => {
    // A strict cookie stays at home when a link elsewhere (a chat in the browser) brought somebody here. Asking once more
    // from our own page brings it along; that request no longer counts as cross-site, so this can't go round.
    const again = c.req.header('sec-fetch-site') === 'cross-site' && c.req.method === 'GET';
    return c.html(lockedPage(again ? c.req.path : undefined), 401);
  };

  return {
    seat,
    headers: async (c, next) => {
      await next();
      for (const [name, value] of Object.entries(fixedHeaders)) {
        if (!c.res.headers.has(name)) c.res.headers.set(name, value);
      }
    },
    knownHost: async (c, next) => {
      if (hosts.known(c.req.header('host'))) return next();
      const words = 'Countersign does not answer under this name. Use the address it printed, or set PUBLIC_URL.';
      return c.text(`${words}\n`, 421);
    },
    smallBody: async (c, next) => {
      // A body that doesn't say how long it is counts as too long: no browser sends one for a form.
      const unmeasured = c.req.header('transfer-encoding') !== undefined;
      if (!unmeasured && Number(c.req.header('content-length') ?? 0) <= largestBody) return next();
      return c.html(messagePage('Too much', ['That is more than 256 KB. Nothing was changed.']), 413);
    },
    enter: async (c, next) => {
      const token = c.req.query('token');
      if (token === undefined) return next();
      if (!sessions.opens(token)) {
        if ((await knocking(c)) === 'too_many') return c.html(messagePage('Not now', [tooManyKeys]), 429);
        return locked(c);
      }
      const secure = hosts.secure(c.req.header('host') ?? '');
      const cookie = { httpOnly: true, sameSite: 'Strict', path: '/', maxAge: sessionSeconds, secure } as const;
      setCookie(c, parts.cookieName(), sessions.issue(), cookie);
      return c.redirect('/', 303);
    },
    letIn: async (c, next) => {
      const cookie = seat(c);
      if (cookie === undefined) return locked(c);
      const permission = door.may(actor, 'look');
      if (permission.kind === 'refused') return c.html(messagePage('Not allowed', [permission.why]), 403);
      c.set('cookie', cookie);
      await next();
      // With `no-referrer` a browser hides the origin of forms (`Origin: null`), and `ownForm` would refuse them.
      c.res.headers.set('referrer-policy', 'same-origin');
      return undefined;
    },
    ownForm: async (c, next) => {
      if (!(await isOwnForm(c, parts))) return c.html(foreignForm, 403);
      return next();
    },
  };
}

async function isOwnForm(c: Context<Seat>, { hosts, sessions }: SiteParts): Promise<boolean> {
  const origin = c.req.header('origin');
  const site = c.req.header('sec-fetch-site');
  const fromUs =
    origin === undefined
      ? site === 'same-origin' || site === 'none'
      : hosts.sameOrigin(origin, c.req.header('host') ?? '');
  if (!fromUs || c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded') !== true) return false;
  const given = (await c.req.parseBody())['form_token'];
  return typeof given === 'string' && sessions.formTokenFits(c.get('cookie'), given);
}

const foreignForm = messagePage('Not accepted', [
  'This did not come from an open page of Countersign, or the page was too old. Nothing was changed.',
  html`<a href="/">Open the inbox</a> and try again there.`,
]);

const lockedPage = (again: string | undefined): string =>
  messagePage(
    'This page is locked',
    [howToEnter, 'A browser stays let in for 30 days, unless every session is ended.'],
    again,
  );
