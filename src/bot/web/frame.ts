/** What every page has around it. Styles and script are files of ours; the content policy allows nothing else. */
import type { Verdict } from '../../domain/decision.ts';
import { html, inOurWords, type Html } from './html.ts';

/** What forms on a page need, and the answer it should show. */
export type View = {
  readonly now: Date;
  /** Proves that a form came from this page. */
  readonly formToken: string;
  /** Path of this page; forms come back to it. */
  readonly path: string;
  /** Answer to the form sent last, to be shown once. */
  readonly answer: Verdict | undefined;
};

export type MenuPlace = 'inbox' | 'mails' | 'status' | 'elsewhere';

// The later ones build on the earlier ones.
const styles = ['page', 'card', 'buttons', 'lists'];

const document = (title: string, body: Html, head: Html = html``): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${title} · Countersign</title>
        <link rel="icon" href="/pages/icon.svg" type="image/svg+xml" />
        ${styles.map((name) => html`<link rel="stylesheet" href="/pages/${name}.css" />`)} ${head}
      </head>
      <body>
        ${body}
      </body>
    </html>`.markup;

const tab = (href: string, label: string, current: boolean): Html =>
  current ? html`<a href="${href}" aria-current="page">${label}</a>` : html`<a href="${href}">${label}</a>`;

const answerBox = (answer: Verdict | undefined): Html =>
  answer === undefined
    ? html``
    : html`<p class="answer ${answer.kind}" role="${answer.kind === 'accepted' ? 'status' : 'alert'}">
        ${inOurWords(answer.say)}
      </p>`;

/** A page for somebody who is let in; kept up to date by the script while it is open. */
export const livePage = (title: string, place: MenuPlace, view: View, body: Html): string =>
  document(
    title,
    html`<header class="top">
        <a class="brand" href="/"><img src="/pages/icon.svg" alt="" width="24" height="24" />Countersign</a>
        <nav>
          ${tab('/', 'Inbox', place === 'inbox')}${tab('/mails', 'Mails', place === 'mails')}${tab('/status', 'Status', place === 'status')}
        </nav>
      </header>
      <div id="answers" aria-live="polite">${answerBox(view.answer)}</div>
      <main id="live">${body}</main>`,
    html`<script src="/pages/live.js" defer></script>`,
  );

/** A page that stands alone: nothing to press, nowhere to go. */
export const stillPage = (title: string, body: Html): string => document(title, html`<main>${body}</main>`);

/** A page that only says something. `again` lets the browser ask once more, from our own page. */
export const messagePage = (title: string, lines: readonly (Html | string)[], again?: string): string =>
  document(
    title,
    html`<main class="message">
      <img src="/pages/icon.svg" alt="" width="48" height="48" />
      <h1>${title}</h1>
      ${lines.map((line) => html`<p>${line}</p>`)}
    </main>`,
    again === undefined ? html`` : html`<meta http-equiv="refresh" content="0;url=${again}" />`,
  );

export const howToEnter = html`Open it with the link that <code>npm start</code> prints in a terminal. There
  <code>npm run status</code> shows it again.`;

/** The hidden fields without which no form is accepted. */
export const formFields = (view: View): Html =>
  html`<input type="hidden" name="form_token" value="${view.formToken}" />
    <input type="hidden" name="back" value="${view.path}" />`;
