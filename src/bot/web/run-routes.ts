/** `/runs/`: pages and files of attempts, for those who are let in and for holders of a signed link to that attempt. */
import { Hono, type Context } from 'hono';
import type { Attempt } from '../../domain/attempt.ts';
import { nameOf } from '../../domain/card.ts';
import { messagePage } from './frame.ts';
import type { Guards, Seat } from './guards.ts';
import { viewOf } from './page-routes.ts';
import { runPage, type RunPage } from './run-page.ts';
import type { SiteParts } from './parts.ts';

/** By the end of the name, never by what a file says of itself: a page kept as evidence must not run as a page. */
const types: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  txt: 'text/plain; charset=utf-8',
  log: 'text/plain; charset=utf-8',
  json: 'text/plain; charset=utf-8',
  html: 'text/plain; charset=utf-8',
};

const typeOf = (name: string): string | undefined => types[name.slice(name.indexOf('.') + 1)];
const isFileName = (name: string): boolean => /^[a-z0-9-]+\.[a-z]+$/.test(name);
const isAttemptId = (id: string): boolean => /^[a-z0-9-]{1,64}$/.test(id);

/** A longer log is shown from its end; in bytes. */
const shownLog = 100_000;

export function createRunRoutes(parts: SiteParts, guards: Guards): Hono<Seat> {
  const { door, runs, runLinks } = parts;
  const signed = (c: Context<Seat>): boolean => runLinks.fits(c.req.param('id') ?? '', c.req.query('sig') ?? '');
  const missing = messagePage('Not here', ['There is nothing kept under this address.']);
  const routes = new Hono<Seat>();

  // A session sees more than a link, so it counts first. Whether an attempt exists is told to neither stranger.
  routes.use('/:id/*', async (c, next) => {
    if (guards.seat(c) === undefined && signed(c)) return next();
    return guards.letIn(c, next);
  });

  routes.get('/:id', async (c) => {
    const id = c.req.param('id');
    const attempt = isAttemptId(id) ? await door.attempt(id) : undefined;
    if (attempt === undefined) return c.html(missing, 404);
    const byLink = guards.seat(c) === undefined;
    const page = await readRun(attempt, parts);
    if (byLink) return c.html(runPage({ ...page, query: `?sig=${c.req.query('sig') ?? ''}` }, undefined));
    const draft = await draftOf(attempt, c.req.query('draft') ?? '', parts);
    return c.html(runPage({ ...page, draft }, viewOf(c, parts)));
  });

  routes.get('/:id/:name', async (c) => {
    const { id, name } = c.req.param();
    const bytes = isAttemptId(id) && isFileName(name) ? await runs.open(id, name) : undefined;
    if (bytes === undefined) return c.html(missing, 404);
    const type = typeOf(name);
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': type ?? 'application/octet-stream',
      'content-security-policy': "default-src 'none'; sandbox",
      ...(type === undefined ? { 'content-disposition': `attachment; filename="${name}"` } : {}),
    });
  });
  return routes;
}

async function readRun(attempt: Attempt, { runs, clock }: SiteParts): Promise<RunPage> {
  const files = (await runs.files(attempt.id)).filter((file) => isFileName(file.name));
  const logName = files.find(({ name }) => /\.(log|txt)$/.test(name))?.name;
  const log = logName === undefined ? undefined : await runs.open(attempt.id, logName);
  return {
    attempt,
    now: clock.now(),
    files: files.map(({ name, bytes }) => ({ name, bytes, picture: typeOf(name)?.startsWith('image/') === true })),
    log:
      logName === undefined || log === undefined
        ? undefined
        : { name: logName, text: new TextDecoder().decode(log.slice(-shownLog)), whole: log.length <= shownLog },
    query: '',
    draft: undefined,
  };
}

/** The draft named in the address, if this attempt is really one of its. */
async function draftOf(attempt: Attempt, key: string, { door }: SiteParts): Promise<RunPage['draft']> {
  if (key === '' || !(await door.attempts(key)).some(({ id }) => id === attempt.id)) return undefined;
  const card = await door.card(key);
  return card === undefined ? undefined : { title: nameOf(card), path: `/drafts/${card.key}` };
}
