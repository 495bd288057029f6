/** Where forms go. Each asks the door, keeps its words, and sends the browser back to the page that shows them. */
import { Hono, type Context } from 'hono';
import { deleteCookie } from 'hono/cookie';
import type { Actor } from '../../domain/actor.ts';
import type { Verdict } from '../../domain/decision.ts';
import { howToEnter, messagePage } from './frame.ts';
import type { Guards, Seat } from './guards.ts';
import { logOutEverywhere } from './log-out.ts';
import type { SiteParts } from './parts.ts';
import { readKey, readWish } from './wishes.ts';

export function createForms(parts: SiteParts, { letIn, ownForm }: Guards, actor: Actor): Hono<Seat> {
  const { door, answers, changes } = parts;
  const back = async (c: Context<Seat>, verdict: Verdict): Promise<Response> => {
    changes.tell();
    const asked = (await c.req.parseBody())['back'];
    return c.redirect(`${ownPath(asked)}?said=${answers.put(verdict)}`, 303);
  };
  const onlyPost = (c: Context<Seat>): Response =>
    c.html(messagePage('Press the button', ['Opening an address decides nothing.']), 405, { allow: 'POST' });

  return new Hono<Seat>()
    .post('/decide', letIn, ownForm, async (c) => {
      const wish = readWish(await c.req.parseBody());
      if (wish === undefined) return c.html(messagePage('Not understood', ['Nothing was changed.']), 400);
      return back(c, await door.decide({ actor, ...wish }));
    })
    .post('/mails/draft', letIn, ownForm, async (c) => {
      const key = readKey(await c.req.parseBody());
      if (key === undefined) return c.html(messagePage('Not understood', ['Nothing was changed.']), 400);
      return back(c, await door.draftReply(actor, key));
    })
    .post('/pause', letIn, ownForm, async (c) => back(c, await door.pause(actor)))
    .post('/resume', letIn, ownForm, async (c) => back(c, await door.resume(actor)))
    .post('/logout', letIn, ownForm, async (c) => {
      const verdict = logOutEverywhere(parts, actor);
      if (verdict.kind === 'refused') return back(c, verdict);
      deleteCookie(c, parts.cookieName(), { path: '/' });
      return c.html(messagePage('Logged out everywhere', [verdict.say, howToEnter]));
    })
    .all('/decide', onlyPost)
    .all('/mails/draft', onlyPost)
    .all('/pause', onlyPost)
    .all('/resume', onlyPost)
    .all('/logout', onlyPost);
}

/** Only pages of ours: a form can't send the browser elsewhere. */
const ownPath = (asked: unknown): string =>
  typeof asked === 'string' && /^\/(status|(drafts|mails)\/[a-z0-9]+)?$/.test(asked) ? asked : '/';
