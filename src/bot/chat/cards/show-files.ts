/** The button below a card whose files could not be shown. */
import type { Door } from '../../../domain/ports.ts';
import type { Cards } from '../show-card.ts';
import type { Messenger, Press } from '../messenger.ts';
import type { DraftMark } from '../memory/draft-mark.ts';

/** Another try to show the files of a card that could not be shown; with them its Approve button comes back. */
export async function showFiles(
  { messenger, door, cards }: { messenger: Messenger; door: Door; cards: Cards },
  press: Press,
  { key, revision }: DraftMark,
): Promise<void> {
  const card = await door.card(key);
  if (card?.revision !== revision) {
    return messenger.answer(press, 'This draft changed since. Please use the newest card.', 'alert');
  }
  // Answered first: an upload takes longer than a tap may wait.
  await messenger.answer(press, 'Trying again …', 'toast');
  await cards.showFiles(card);
}
