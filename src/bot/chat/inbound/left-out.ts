/** The button that shows what stays in the file. It decides nothing. */
import type { Door } from '../../../domain/ports.ts';
import { cut } from '../../../lib/words.ts';
import type { Messenger, Press } from '../messenger.ts';
import { messageLimit, paragraphs, richText } from '../text/text.ts';

/** The parts of a file that would not go out, below the card, for whoever asks. */
export async function showLeftOut(
  { messenger, door }: { messenger: Messenger; door: Door },
  press: Press,
  key: string,
): Promise<void> {
  const card = await door.card(key);
  const parts = card?.leftOut ?? [];
  if (parts.length === 0 || press.messageId === undefined) {
    return messenger.answer(press, 'Nothing stays behind any more. Please use the newest card.', 'alert');
  }
  const room = Math.floor((messageLimit - 200) / parts.length) - 40;
  const text = paragraphs([
    richText(['bold', 'This stays in the file and does not go out:']),
    ...parts.map((part) => richText(`${part.where}\n`, ['blockquote', cut(part.text, Math.max(room, 80))])),
  ]);
  await messenger.answer(press, '', 'toast');
  await messenger.reply(press, text);
}
