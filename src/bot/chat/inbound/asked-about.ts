/**
 * Questions of ours below what a person wrote: their buttons are about those words. Which they are is kept in rows, for not
 * every chat says with a press what the pressed message stands below.
 */
import type { Row } from '../buttons/button.ts';
import type { Remembered } from '../memory/memory.ts';
import type { MessageId, Messenger, Press, Said } from '../messenger.ts';
import type { RichText } from '../text/text.ts';

export async function askBelow(
  { messenger, remembered }: { readonly messenger: Messenger; readonly remembered: Remembered },
  said: Said,
  text: RichText,
  rows: readonly Row[],
): Promise<void> {
  const sent = await messenger.reply(said, text, rows);
  if (sent.kind === 'ok') await remembered.keepAskedAbout(sent.value.messageId, said.messageId);
}

/** The message of a person that the pressed question is about. Without a row (a lost answer, an earlier version) the chat says it. */
export async function askedAbout(remembered: Remembered, { messageId, below }: Press): Promise<MessageId | undefined> {
  const about = messageId === undefined ? undefined : await remembered.askedAbout(messageId);
  return about ?? below?.messageId;
}
