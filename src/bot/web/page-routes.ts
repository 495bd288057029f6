/** The pages to look at. Nothing here changes anything: a GET never decides. */
import { Hono, type Context } from 'hono';
import { draftPage } from './draft-page.ts';
import { messagePage, type View } from './frame.ts';
import { mailPage, mailsPage } from './mail-pages.ts';
import { readPlace } from './wishes.ts';
import type { Guards, Seat } from './guards.ts';
import { inboxPage } from './inbox-page.ts';
import type { SiteParts } from './parts.ts';
import { statusPage } from './status-page.ts';

const settledShown = 10;
const mailsShown = 20;

const forgotten = 'There is no such mail; after 30 days it is forgotten which of them got no draft.';

/** What a page needs to know about who looks at it. */
export const viewOf = (c: Context<Seat>, parts: Pick<SiteParts, 'sessions' | 'answers' | 'clock'>): View => ({
  now: parts.clock.now(),
  formToken: parts.sessions.formToken(c.get('cookie')),
  path: c.req.path,
  answer: parts.answers.take(c.req.query('said') ?? ''),
});

export function createPages(parts: SiteParts, { enter, letIn }: Guards): Hono<Seat> {
  const { door, notes } = parts;
  return new Hono<Seat>()
    .get('/', enter, letIn, async (c) => {
      const [cards, status] = await Promise.all([door.cards(settledShown), door.status()]);
      return c.html(inboxPage(cards, notes.latest(), status.paused, viewOf(c, parts)));
    })
    .get('/drafts/:key', letIn, async (c) => {
      const key = c.req.param('key');
      const [card, attempts] = await Promise.all([door.card(key), door.attempts(key)]);
      if (card === undefined) return c.html(messagePage('Not here', ['There is no such draft.']), 404);
      return c.html(draftPage(card, attempts, viewOf(c, parts)));
    })
    .get('/mails', letIn, async (c) => {
      const page = await door.undrafted(readPlace(c.req.query()), mailsShown);
      // What it stood beside is forgotten, or has a draft by now.
      const shown = page.messages.length === 0 ? await door.undrafted({}, mailsShown) : page;
      return c.html(mailsPage(shown, viewOf(c, parts)));
    })
    .get('/mails/:key', letIn, async (c) => {
      const message = await door.undraftedMessage(c.req.param('key'));
      if (message === undefined) return c.html(messagePage('Not here', [forgotten]), 404);
      return c.html(mailPage(message, viewOf(c, parts)));
    })
    .get('/status', letIn, async (c) => c.html(statusPage(await door.status(), viewOf(c, parts))));
}
