/** `/mails` and `/mails/:key`: mails without a draft, a page at a time, and one of them with its text and a reply to wish for. */
import type { UndraftedEntry, UndraftedMessage, UndraftedPage } from '../../domain/undrafted.ts';
import { textBlock } from './card-view.ts';
import { formFields, livePage, type View } from './frame.ts';
import { exactValue, html, inOurWords, type Html } from './html.ts';
import { timeOf } from './words.ts';

export const mailsPage = ({ messages, total, hasNewer, hasOlder }: UndraftedPage, view: View): string => {
  const [first, last] = [messages.at(0)?.key ?? '', messages.at(-1)?.key ?? ''];
  const body =
    messages.length === 0
      ? html`<p class="empty">No mail of the last 30 days is without a draft.</p>`
      : html`<section id="mails">
            <h1>Mails without a draft <span class="count">${total}</span></h1>
            <ol class="notes">
              ${messages.map((message) => entryView(message, view))}
            </ol>
          </section>
          <nav class="turns">
            ${hasNewer ? html`<a href="/mails?newer=${first}">Newer</a>` : html``}
            ${hasOlder ? html`<a href="/mails?older=${last}">Older</a>` : html``}
          </nav>`;
  return livePage('Mails without a draft', 'mails', view, body);
};

const entryView = ({ key, at, sender, subject, kind }: UndraftedEntry, view: View): Html =>
  html`<li>
    ${timeOf(at, view.now)} ${kind}
    <p>${exactValue(sender)}</p>
    <p>${exactValue(subject)}</p>
    <a href="/mails/${key}">Open</a>
  </li>`;

export function mailPage(message: UndraftedMessage, view: View): string {
  const { sender, subject, at, why, file, text, noText } = message;
  const row = (label: string, value: string): Html =>
    value === ''
      ? html``
      : html`<dt>${label}</dt>
          <dd dir="auto">${exactValue(value)}</dd>`;
  return livePage(
    'A mail without a draft',
    'mails',
    view,
    html`<section>
      <article class="card">
        <h2>A mail without a draft</h2>
        <dl class="fields">
          ${row('From', sender)} ${row('Subject', subject)}
          <dt>Came</dt>
          <dd>${timeOf(at, view.now)}</dd>
          <dt>No draft</dt>
          <dd>${inOurWords(`${why}.`)}</dd>
          ${row('File', file)}
        </dl>
        ${noText === '' ? textBlock(text) : html`<p>${inOurWords(noText)}</p>`} ${answerView(message, view)}
      </article>
    </section>`,
  );
}

function answerView({ key, answer }: UndraftedMessage, view: View): Html {
  if (answer.kind !== 'possible') return html`<p>${inOurWords(answer.words)}</p>`;
  return html`<p>
      A reply would go to ${answer.to.map((address, at) => html`${at === 0 ? '' : ', '}${exactValue(address)}`)}.
    </p>
    <form method="post" action="/mails/draft" class="verbs">
      ${formFields(view)}<input type="hidden" name="key" value="${key}" /><button class="save">Draft a reply</button>
    </form>`;
}
