/** `/`: what waits for a person, what is on its way, what was settled lately, and what there is to know. */
import type { Card } from '../../domain/card.ts';
import { cardView, linkList, settledView } from './card-view.ts';
import { livePage, type View } from './frame.ts';
import { html, inOurWords, type Html } from './html.ts';
import type { KeptNote } from './notes.ts';
import { pausedBox } from './status-page.ts';
import { shelfOf, timeOf } from './words.ts';

export function inboxPage(cards: readonly Card[], notes: readonly KeptNote[], paused: boolean, view: View): string {
  const shelf = (name: 'asks' | 'leaves' | 'settled'): readonly Card[] =>
    cards.filter((card) => shelfOf[card.mood] === name);
  const asking = shelf('asks');
  const title = asking.length === 0 ? 'Inbox' : `(${asking.length}) Inbox`;
  const body = html`${paused ? pausedBox(view) : html``}
  ${section('asks', 'Waiting for you', asking, (card) => cardView(card, view))}
  ${asking.length === 0 ? html`<p class="empty">Nothing waits for you.</p>` : html``}
  ${section('leaves', 'On its way', shelf('leaves'), (card) => cardView(card, view))}
  ${section('lately', 'Settled lately', shelf('settled'), (card) => settledView(card, view))} ${noteList(notes, view)}`;
  return livePage(title, 'inbox', view, body);
}

const section = (id: string, title: string, cards: readonly Card[], draw: (card: Card) => Html): Html =>
  cards.length === 0
    ? html``
    : html`<section id="${id}">
        <h1>${title} <span class="count">${cards.length}</span></h1>
        ${cards.map(draw)}
      </section>`;

const shownNotes = 10;

const noteList = (notes: readonly KeptNote[], view: View): Html =>
  notes.length === 0
    ? html``
    : html`<section id="notes">
        <h1>What happened</h1>
        <ol class="notes">
          ${notes.slice(0, shownNotes).map((note) => noteView(note, view))}
        </ol>
      </section>`;

const noteView = (note: KeptNote, view: View): Html =>
  html`<li class="${note.loud ? 'loud' : 'calm'}" data-note="${note.number}">
    ${timeOf(note.at, view.now)}
    <p>${inOurWords(note.text)}</p>
    ${linkList(note.links)} ${note.key === '' ? html`` : html`<a href="/drafts/${note.key}">The draft</a>`}
    ${note.leadsTo === undefined ? html`` : html`<a href="/mails">Show them</a>`}
  </li>`;
