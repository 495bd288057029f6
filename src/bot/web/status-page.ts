/** `/status`: whether all parts work, how many drafts stand where, and what still fits under the limits. */
import type { Health } from '../../domain/health.ts';
import type { Status } from '../../domain/ports.ts';
import { knockWords } from '../chat/text/status-words.ts';
import { formFields, livePage, type View } from './frame.ts';
import { html, inOurWords, type Html } from './html.ts';
import { timeOf } from './words.ts';

export const statusPage = (status: Status, view: View): string =>
  livePage(
    'Status',
    'status',
    view,
    html`${status.paused ? pausedBox(view) : html``}
      <section>
        <h1>Drafts</h1>
        <dl class="counts">
          ${countRows(status).map(
            ([label, count]) =>
              html`<div>
                <dt>${label}</dt>
                <dd>${count}</dd>
              </div>`,
          )}
        </dl>
      </section>
      <section>
        <h1>Parts</h1>
        <ul class="parts">
          ${status.parts.map((part) => partLine(part, view))}
        </ul>
      </section>
      ${limitList(status)}${knockList(status, view)}
      <section class="foot">
        <p class="hint">Running since ${timeOf(status.startedAt, view.now)}.</p>
        ${
          status.paused
            ? html``
            : html`<form method="post" action="/pause">
                ${formFields(view)}<button class="pause">Pause everything</button>
              </form>`
        }
      </section>
      ${sessionsBox(view)}`,
  );

/** For a phone that is lost, or a computer that is somebody else's. */
const sessionsBox = (view: View): Html =>
  html`<section class="foot">
    <p class="hint">
      Ends every session of this page, yours too, and makes a new link: <code>npm run status</code> shows it in a
      terminal. Links to logs in the chat go on: each shows one attempt and decides nothing.
    </p>
    <form method="post" action="/logout">${formFields(view)}<button class="pause">Log out everywhere</button></form>
  </section>`;

/** Says that nothing leaves, with the way out. */
export const pausedBox = (view: View): Html =>
  html`<section class="paused">
    <p><b>Paused.</b> Nothing leaves until you resume.</p>
    <form method="post" action="/resume">${formFields(view)}<button class="resume">Resume</button></form>
  </section>`;

const countRows = ({ counts }: Status): readonly (readonly [string, number])[] => [
  ['Waiting', counts.pending],
  ['Approved', counts.approved],
  ['Going out', counts.inProgress],
  ['Unclear', counts.unknown],
  ['Done', counts.done],
  ['Rejected', counts.rejected],
  ['Failed', counts.failed],
];

const partLine = (part: Health, view: View): Html =>
  html`<li class="${part.standing}">
    <b>${part.part}</b> <span class="standing">${part.standing}</span>
    <p>${inOurWords(part.words)}</p>
    <p class="hint">
      Since
      ${timeOf(part.since, view.now)}${part.lastSuccess === undefined ? html`` : html` · last success ${timeOf(part.lastSuccess, view.now)}`}
    </p>
  </li>`;

const limitList = ({ limits }: Status): Html =>
  limits.length === 0
    ? html``
    : html`<section>
        <h1>In the last hour</h1>
        <ul class="limits">
          ${limits.map(
            ({ label, used, perHour }) =>
              html`<li>
                <span>${label}</span>
                <meter min="0" max="${perHour}" high="${perHour * 0.8}" value="${used}"></meter>
                <span>${used} of ${perHour}</span>
              </li>`,
          )}
        </ul>
      </section>`;

const knockList = ({ knocks }: Status, view: View): Html =>
  knocks.length === 0
    ? html``
    : html`<section>
        <h1>Strangers</h1>
        <ul class="parts">
          ${knocks.map(
            (knock) =>
              html`<li class="troubled">
                <p>${knockWords(knock)} since the start; nothing was done or shown.</p>
                <p class="hint">Last ${timeOf(knock.last, view.now)} · the log names them</p>
              </li>`,
          )}
        </ul>
      </section>`;
