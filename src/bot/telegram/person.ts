import type { Context } from 'grammy';
import type { User } from 'grammy/types';

import type { Actor } from '../../domain/actor.ts';
import type { Verdict } from '../../domain/decision.ts';
import { cut, oneLine, unmarked } from '../../lib/words.ts';
import { ownWords } from './rich-text.ts';
import { attempt } from './trouble.ts';

/** Who acts, by the numeric id; the first name is for people only. */
export const actorOf = (user: User): Actor => ({
  source: 'telegram',
  id: String(user.id),
  name: oneLine(user.first_name, 40) || `Telegram user ${user.id}`,
});

/**
 * What is the same when Telegram delivers the same thing again. Ids of updates begin anew at random after a quiet week,
 * so the message's is put beside it.
 */
export const tapIdOf = (ctx: Context): string => ctx.callbackQuery?.id ?? `${ctx.update.update_id}/${ctx.msgId ?? ''}`;

/**
 * Answers a tap: a short toast, or an alert to be closed. Comes too late for Telegram now and then; what was decided
 * counts all the same.
 */
export async function answerTap(ctx: Context, words: string, look: 'toast' | 'alert'): Promise<void> {
  await attempt(() => ctx.answerCallbackQuery({ text: cut(unmarked(words), 200), show_alert: look === 'alert' }));
}

/** The words of a decision: a toast when it counts, an alert when it does not. */
export const answerVerdict = (ctx: Context, verdict: Verdict): Promise<void> =>
  answerTap(ctx, verdict.say, verdict.kind === 'accepted' ? 'toast' : 'alert');

/** Says something below a person's message, silently; best effort. */
export async function answerMessage(ctx: Context, words: string): Promise<void> {
  const messageId = ctx.msgId;
  const { text, entities } = ownWords(words, 4_000);
  await attempt(() =>
    ctx.reply(text, {
      entities: [...entities],
      link_preview_options: { is_disabled: true },
      disable_notification: true,
      ...(messageId === undefined
        ? {}
        : { reply_parameters: { message_id: messageId, allow_sending_without_reply: true } }),
    }),
  );
}

/** The topic somebody writes or taps in. A number alone proves none: in other groups it names a chain of replies. */
export const topicAt = (ctx: Context): number | undefined =>
  ctx.msg?.is_topic_message === true ? ctx.msg.message_thread_id : undefined;
