import type { Context } from 'grammy';
import type { Door } from '../../domain/ports.ts';
import { cut } from '../../lib/words.ts';
import { answerTap } from './person.ts';
import { messageLimit, paragraphs, richText } from './rich-text.ts';

/** The parts of a file that would not go out, below the card, for whoever asks. */
export async function showLeftOut(ctx: Context, door: Door, key: string): Promise<void> {
  const card = await door.card(key);
  const parts = card?.leftOut ?? [];
  const replyTo = ctx.callbackQuery?.message?.message_id;
  if (parts.length === 0 || ctx.chat === undefined || replyTo === undefined) {
    return answerTap(ctx, 'Nothing stays behind any more. Please use the newest card.', 'alert');
  }
  const room = Math.floor((messageLimit - 200) / parts.length) - 40;
  const { text, entities } = paragraphs([
    richText(['bold', 'This stays in the file and does not go out:']),
    ...parts.map((part) => richText(`${part.where}\n`, ['blockquote', cut(part.text, Math.max(room, 80))])),
  ]);
  await answerTap(ctx, '', 'toast');
  await ctx.reply(text, {
    entities: [...entities],
    disable_notification: true,
    link_preview_options: { is_disabled: true },
    reply_parameters: { message_id: replyTo, allow_sending_without_reply: true },
  });
}
