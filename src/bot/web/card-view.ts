/** One draft as an approver sees it: everything that would leave, before the buttons that let it leave. */
import type { Card } from '../../domain/card.ts';
import { usualReasons } from '../../domain/decision.ts';
import type { DraftVerb } from '../../domain/decision.ts';
import type { Problem } from '../../domain/problem.ts';
import { sha256 } from '../../lib/hash.ts';
import { oneLine } from '../../lib/words.ts';
import { formFields, type View } from './frame.ts';
import { exactText, exactValue, html, inOurWords, safeHref, type Html } from './html.ts';
import { sizeWords, verbWords } from './words.ts';

/**
 * A card in full. `data-stamp` tells the script in the page whether it changed, so that a card somebody is editing
 * stays untouched.
 */
export const cardView = (card: Card, view: View): Html =>
  html`<article class="card ${card.mood}" id="card-${card.key}" data-key="${card.key}" data-stamp="${stampOf(card)}">
    ${heading(card)} ${cardBody(card, view)}
  </article>`;

/** A settled card: one line, the rest behind a touch. */
export const settledView = (card: Card, view: View): Html =>
  html`<article
    class="card settled ${card.mood}"
    id="card-${card.key}"
    data-key="${card.key}"
    data-stamp="${stampOf(card)}"
  >
    <details>
      <summary>${heading(card)}</summary>
      ${cardBody(card, view)}
    </details>
  </article>`;

const stampOf = (card: Card): string => sha256(JSON.stringify(card)).slice(0, 16);

const heading = (card: Card): Html =>
  html`<header>
    <h2>${inOurWords(card.title)}</h2>
    <p class="standing">${inOurWords(card.standing)}</p>
    ${card.set === undefined ? html`` : html`<p class="set">One idea: <bdi class="strange">${oneLine(card.set.words, 120)}</bdi></p>`}
  </header>`;

const cardBody = (card: Card, view: View): Html =>
  html`${fieldList(card)} ${wholeText(card)} ${choiceList(card, view)} ${changeList(card)} ${mediaList(card)}
    ${problemList(card.problems)} ${leftOutList(card)}
    ${
      card.original === ''
        ? html``
        : html`<details class="original">
            <summary>What it answers</summary>
            ${textBlock(card.original)}
          </details>`
    }
    ${linkList(card.links)} ${commentList(card)} ${verbRow(card, view)}
    <footer><code>${exactValue(card.file)}</code> <a href="/drafts/${card.key}">Details</a></footer>`;

// `pre` and text boxes swallow one line break at their beginning, so one is put before the text.
const lineBreak = '\n';

/** A thread goes out as several posts: where one ends is part of what is approved. */
function wholeText({ text, parts }: Card): Html {
  if (parts === undefined) return text === '' ? html`` : textBlock(text);
  return html`${parts.map(
    (part, at) =>
      html`<p>${at + 1} of ${parts.length}</p>
        ${textBlock(part)}`,
  )}`;
}

export const textBlock = (text: string): Html =>
  html`<pre class="text" dir="auto">${lineBreak}${exactText(text)}</pre>`;

const fieldList = (card: Card): Html =>
  card.fields.length === 0
    ? html``
    : html`<dl class="fields">
        ${card.fields.map(
          ({ label, value }) =>
            html`<dt>${label}</dt>
              <dd dir="auto">${exactValue(value)}</dd>`,
        )}
      </dl>`;

/** What changed since the person looked last; the whole text stands above. */
const changeList = (card: Card): Html =>
  card.changes.length === 0
    ? html``
    : html`<details class="original">
        <summary>What changed</summary>
        ${card.changes.map(({ kind, text }) =>
          kind === 'removed'
            ? html`<p dir="auto">− <del>${exactValue(text)}</del></p>`
            : html`<p dir="auto">+ <ins>${exactValue(text)}</ins></p>`,
        )}
      </details>`;

const commentList = ({ comments = [] }: Card): Html =>
  comments.length === 0
    ? html``
    : html`<ul class="comments">
        ${comments.map(({ by, text }) => html`<li>💬 <b>${inOurWords(by)}</b> ${textBlock(text)}</li>`)}
      </ul>`;

const mediaList = (card: Card): Html =>
  card.media.length === 0
    ? html``
    : html`<ul class="media">
        ${card.media.map(
          ({ name, type, bytes }) =>
            html`<li><b>${exactValue(name)}</b> <span>${oneLine(type, 80)} · ${sizeWords(bytes)}</span></li>`,
        )}
      </ul>`;

const problemList = (problems: readonly Problem[]): Html =>
  problems.length === 0
    ? html``
    : html`<ul class="problems">
        ${problems
          .toSorted((a, b) => Number(b.severity === 'blocks') - Number(a.severity === 'blocks'))
          .map(
            ({ severity, what, remedy }) =>
              html`<li class="${severity}"><b>${inOurWords(what)}</b> ${inOurWords(remedy)}</li>`,
          )}
      </ul>`;

/** Links a person may follow; an address that is none a browser should open is shown as text. */
export const linkList = (links: Card['links']): Html =>
  links.length === 0
    ? html``
    : html`<ul class="links">
        ${links.map(({ label, url }) => html`<li>${outLink(url, oneLine(label, 200))}</li>`)}
      </ul>`;

export function outLink(url: string, label: string): Html {
  const href = safeHref(url);
  if (href === undefined) return html`<bdi>${label}</bdi>: <code>${oneLine(url, 500)}</code>`;
  return html`<a href="${href}" target="_blank" rel="noopener noreferrer"><bdi>${label}</bdi></a>`;
}

function verbRow(card: Card, view: View): Html {
  if (card.verbs.length === 0) return html``;
  const form = `do-${card.key}`;
  const button = (verb: DraftVerb): Html =>
    html`<button form="${form}" name="verb" value="${verb}" class="${verb}">${verbWords[verb]}</button>`;
  return html`<form id="${form}" method="post" action="/decide">${draftFields(card, view)}</form>
    <div class="verbs">
      ${card.verbs
        .filter((verb) => verb !== 'choose')
        .map((verb) => {
          if (verb === 'approve' && card.risks.length > 0) return sureForm(card, view);
          if (verb === 'reason') return reasonForm(card, view);
          if (verb === 'postpone') return laterForm(card, view);
          return verb === 'edit' ? editForm(card, view) : button(verb);
        })}
    </div>`;
}

/** The texts to choose from, whole, each with its own button. */
const choiceList = (card: Card, view: View): Html =>
  card.candidates.length === 0
    ? html``
    : html`<ol class="choices">
        ${card.candidates.map(
          ({ id, text, where }) =>
            html`<li>
              <p>${inOurWords(where)}</p>
              ${textBlock(text)}
              <form method="post" action="/decide" class="verbs">
                ${draftFields(card, view)}<input type="hidden" name="text" value="${id}" />
                <button name="verb" value="choose" class="choose">${verbWords.choose}</button>
              </form>
            </li>`,
        )}
      </ol>`;

const leftOutList = ({ leftOut }: Card): Html =>
  leftOut.length === 0
    ? html``
    : html`<details class="original">
        <summary>What stays in the file and does not go out</summary>
        ${leftOut.map(
          ({ where, text }) =>
            html`<p>${where}</p>
              ${textBlock(text)}`,
        )}
      </details>`;

const draftFields = (card: Card, view: View): Html =>
  html`${formFields(view)}<input type="hidden" name="key" value="${card.key}" /><input
      type="hidden"
      name="revision"
      value="${card.revision}"
    />`;

const editForm = (card: Card, view: View): Html =>
  html`<details class="edit">
    <summary><span class="closed">${verbWords.edit}</span><span class="opened">Cancel</span></summary>
    <form method="post" action="/decide">
      ${draftFields(card, view)}
      <label for="text-${card.key}">The text as it should leave. You approve it afterwards.</label>
      ${textBox(`text-${card.key}`, card.text)}
      <button name="verb" value="edit" class="save">Save the new text</button>
    </form>
  </details>`;

/** Risky: one press shows why, a second one approves. The core asks once more when something else became risky since. */
const sureForm = (card: Card, view: View): Html =>
  html`<details class="edit sure">
    <summary><span class="closed">${verbWords.approve}</span><span class="opened">No</span></summary>
    <p>Really?</p>
    <ul class="problems">
      ${card.risks.map((risk) => html`<li class="warns"><b>${inOurWords(risk)}.</b></li>`)}
    </ul>
    <form method="post" action="/decide">
      ${draftFields(card, view)}<input type="hidden" name="sure" value="${card.sure}" />
      <button name="verb" value="approve" class="approve">Yes, approve</button>
    </form>
  </details>`;

/** For the page of the draft: something can be said about what is settled too. */
export const commentForm = (card: Card, view: View): Html =>
  html`<details class="edit">
    <summary><span class="closed">Comment</span><span class="opened">Cancel</span></summary>
    <form method="post" action="/decide">
      ${draftFields(card, view)}
      <label for="comment-${card.key}">It stays with the draft and never goes out.</label>
      <textarea id="comment-${card.key}" name="text" dir="auto" rows="3" maxlength="2000" required></textarea>
      <button name="verb" value="comment" class="save">${verbWords.comment}</button>
    </form>
  </details>`;

const laterForm = (card: Card, view: View): Html =>
  html`<details class="edit">
    <summary><span class="closed">Later</span><span class="opened">Cancel</span></summary>
    <form method="post" action="/decide">
      ${draftFields(card, view)}
      <label for="when-${card.key}">Ask me again at, in the time of the machine this runs on.</label>
      <input id="when-${card.key}" name="text" type="datetime-local" required />
      <button name="verb" value="postpone" class="save">${verbWords.postpone}</button>
    </form>
  </details>`;

const reasonForm = (card: Card, view: View): Html =>
  html`<form method="post" action="/decide" class="reason">
    ${draftFields(card, view)}
    <label for="why-${card.key}">Why? It goes into the file.</label>
    <input id="why-${card.key}" name="text" list="whys-${card.key}" maxlength="500" required />
    <datalist id="whys-${card.key}">
      ${usualReasons.map((reason) => html`<option value="${reason}"></option>`)}
    </datalist>
    <button name="verb" value="reason" class="reason">${verbWords.reason}</button>
  </form>`;

const textBox = (id: string, text: string): Html => {
  const rows = Math.min(Math.max(text.split('\n').length + 2, 6), 20);
  return html`<textarea id="${id}" name="text" dir="auto" rows="${rows}" required>${lineBreak}${text}</textarea>`;
};
