/** `/drafts/:key`: one card, a place for a comment, and every attempt to carry it out. */
import type { Attempt } from '../../domain/attempt.ts';
import { nameOf } from '../../domain/card.ts';
import type { Card } from '../../domain/card.ts';
import { oneLine, unmarked } from '../../lib/words.ts';
import { cardView, commentForm } from './card-view.ts';
import { livePage, type View } from './frame.ts';
import { html, type Html } from './html.ts';
import { attemptWords, timeOf } from './words.ts';

export const draftPage = (card: Card, attempts: readonly Attempt[], view: View): string =>
  livePage(
    unmarked(oneLine(nameOf(card), 100)),
    'elsewhere',
    view,
    html`<section>${cardView(card, view)} ${commentForm(card, view)}</section>
      ${
        attempts.length === 0
          ? html``
          : html`<section>
              <h1>Attempts</h1>
              <ol class="attempts">
                ${attempts.toReversed().map((attempt) => attemptLine(card, attempt, view))}
              </ol>
            </section>`
      }`,
  );

function attemptLine(card: Card, attempt: Attempt, view: View): Html {
  const { mood, words } = attemptWords(attempt);
  return html`<li class="${mood}">
    <a href="/runs/${attempt.id}?draft=${card.key}">
      <b>Attempt ${attempt.number}</b> ${timeOf(attempt.startedAt, view.now)}
      <span class="standing">${words}</span>
    </a>
  </li>`;
}
