import type { Context, Filter } from 'grammy';

import type { Door } from '../../domain/ports.ts';
import type { Cards } from './cards.ts';
import { answerTap } from './person.ts';
import type { DraftMark } from './draft-mark.ts';

/** Another try to show the files of a card that could not be shown; with them its Approve button comes back. */
export async function showFiles(
  { door, cards }: { door: Door; cards: Cards },
  ctx: Filter<Context, 'callback_query'>,
  { key, revision }: DraftMark,
): Promise<void> {
  const card = await door.card(key);
  if (card?.revision !== revision) {
    return answerTap(ctx, 'This draft changed since. Please use the newest card.', 'alert');
  }
  // Answered first: an upload takes longer than a tap may wait.
  await answerTap(ctx, 'Trying again …', 'toast');
  await cards.showFiles(card);
}
