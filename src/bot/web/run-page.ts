/** `/runs/:attemptId`: what one attempt did, for looking it up and for proof. Nothing can be pressed here. */
import type { Attempt } from '../../domain/attempt.ts';
import { oneLine, unmarked } from '../../lib/words.ts';
import { outLink } from './card-view.ts';
import { livePage, stillPage, type View } from './frame.ts';
import { exactText, exactValue, html, inOurWords, type Html } from './html.ts';
import { attemptWords, sizeWords, timeOf } from './words.ts';

export type RunPage = {
  readonly attempt: Attempt;
  readonly now: Date;
  readonly files: readonly RunFile[];
  readonly log: { readonly name: string; readonly text: string; readonly whole: boolean } | undefined;
  /** Goes behind file addresses: `?sig=…` for those who came with a signed link. */
  readonly query: string;
  /** Title and path of the draft, when it is known. */
  readonly draft: { readonly title: string; readonly path: string } | undefined;
};

export type RunFile = { readonly name: string; readonly bytes: number; readonly picture: boolean };

/** @param view absent for somebody who may see this one page and nothing else */
export function runPage(page: RunPage, view: View | undefined): string {
  const title = `Attempt ${page.attempt.number}`;
  const body = html`<section class="run">
    ${page.draft === undefined ? html`` : html`<p class="back"><a href="${page.draft.path}">‹ ${inOurWords(page.draft.title)}</a></p>`}
    ${summary(page)} ${pictures(page)} ${logText(page)} ${fileList(page)}
  </section>`;
  return view === undefined ? stillPage(title, body) : livePage(title, 'elsewhere', view, body);
}

function summary({ attempt, now }: RunPage): Html {
  const { mood, words } = attemptWords(attempt);
  const { link, messageId, note } = attempt.evidence ?? { link: '', messageId: '', note: '' };
  const row = (label: string, value: Html | undefined): Html =>
    value === undefined
      ? html``
      : html`<dt>${label}</dt>
          <dd>${value}</dd>`;
  const time = (at: Date | undefined): Html | undefined => (at === undefined ? undefined : timeOf(at, now));
  return html`<article class="card ${mood}">
    <header>
      <h1>Attempt ${attempt.number}</h1>
      <p class="standing">${words}</p>
    </header>
    ${attempt.words === '' ? html`` : html`<p class="reason">${inOurWords(attempt.words)}</p>`}
    <dl class="fields">
      ${row('Began', time(attempt.startedAt))} ${row('Sent off', time(attempt.committedAt))}
      ${row('Ended', time(attempt.endedAt))}
      ${row('Proof', link === '' ? undefined : outLink(link, oneLine(link, 300)))}
      ${row('Message-ID', messageId === '' ? undefined : html`<code>${exactValue(messageId)}</code>`)}
      ${row('Answer', note === '' ? undefined : exactValue(unmarked(note)))}
      ${row('Revision', html`<code>${attempt.revision.slice(0, 10)}</code>`)}
    </dl>
  </article>`;
}

const address = ({ attempt, query }: RunPage, name: string): string => `/runs/${attempt.id}/${name}${query}`;

const pictures = (page: RunPage): Html =>
  html`${page.files
    .filter((file) => file.picture)
    .map(
      (file) =>
        html`<figure>
          <a href="${address(page, file.name)}"
            ><img src="${address(page, file.name)}" alt="Screenshot ${file.name}" loading="lazy"
          /></a>
          <figcaption><bdi>${file.name}</bdi></figcaption>
        </figure>`,
    )}`;

const logText = (page: RunPage): Html =>
  page.log === undefined
    ? html``
    : html`<h2>Log</h2>
        <pre class="log">${exactText(page.log.text)}</pre>
        ${page.log.whole ? html`` : html`<p class="hint">This is the end of it. <a href="${address(page, page.log.name)}">The whole log</a></p>`}`;

const fileList = (page: RunPage): Html =>
  page.files.length === 0
    ? html`<p class="hint">No files were kept for this attempt.</p>`
    : html`<h2>Files</h2>
        <ul class="links">
          ${page.files.map(
            (file) =>
              html`<li>
                <a href="${address(page, file.name)}"><bdi>${file.name}</bdi></a> ${sizeWords(file.bytes)}
              </li>`,
          )}
        </ul>`;
