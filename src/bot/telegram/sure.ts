/** Risky ones ask twice: Approve becomes "Really? …" with Yes and No, and only Yes reaches the core. */
import type { Context, Filter } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';

import type { Card } from '../../domain/card.ts';
import type { Door } from '../../domain/ports.ts';
import { cut } from '../../lib/words.ts';
import type { DraftMark } from './draft-mark.ts';
import { actorOf, answerTap, answerVerdict, tapIdOf } from './person.ts';
import type { Remembered } from './remembered.ts';
import { attempt } from './trouble.ts';
import { encodeWish } from './wish.ts';

type TapContext = Filter<Context, 'callback_query'>;

export type Sure = {
  /** The Approve button, for now or for a time. */
  approve(ctx: TapContext, draft: DraftMark, at: Date | undefined): Promise<void>;
  /** Yes, after the second look. */
  yes(ctx: TapContext, draft: DraftMark, at: Date | undefined): Promise<void>;
  /** The same for a time that was written as a reply; false when nothing has to be asked. */
  asks(ctx: Filter<Context, 'message:text'>, draft: DraftMark, at: Date): Promise<boolean>;
};

export function createSure(parts: { door: Door; remembered: Remembered }): Sure {
  const { door, remembered } = parts;

  const decide = async (ctx: TapContext, { key, revision }: DraftMark, at: Date | undefined): Promise<void> => {
    const time = at === undefined ? {} : { text: at.toISOString() };
    const verdict = await door.decide({
      actor: actorOf(ctx.from),
      id: tapIdOf(ctx),
      verb: 'approve',
      key,
      revision,
      ...time,
    });
    await answerVerdict(ctx, verdict);
  };

  /** What is risky about the card the person looks at; of another one the core says that it is old. */
  const risks = async ({ key, revision }: DraftMark): Promise<readonly string[]> => {
    const card = await door.card(key);
    return card?.revision === revision && card.verbs.includes('approve') ? card.risks : [];
  };

  return {
    async approve(ctx, draft, at) {
      const found = await risks(draft);
      if (found.length === 0) return decide(ctx, draft, at);
      await answerTap(ctx, question(found), 'alert');
      await attempt(() => ctx.editMessageReplyMarkup({ reply_markup: sureKeyboard(found, draft, at, 'back') }));
    },
    async yes(ctx, draft, at) {
      await decide(ctx, draft, at);
      const { message } = ctx.callbackQuery;
      const isCard =
        message === undefined || (await remembered.draftAt(String(message.chat.id), message.message_id)) !== undefined;
      // A question of its own has done its work; a card is rewritten by itself.
      if (!isCard) await attempt(() => ctx.deleteMessage());
    },
    async asks(ctx, draft, at) {
      const found = await risks(draft);
      if (found.length === 0) return false;
      await attempt(() =>
        ctx.reply(question(found), {
          reply_parameters: { message_id: ctx.message.message_id },
          disable_notification: true,
          link_preview_options: { is_disabled: true },
          reply_markup: sureKeyboard(found, draft, at, 'drop'),
        }),
      );
      return true;
    },
  };
}

const question = (risks: Card['risks']): string => cut(`Really? ${risks.join('. ')}.`, 200);

function sureKeyboard(
  risks: Card['risks'],
  { key, revision }: DraftMark,
  at: Date | undefined,
  no: 'back' | 'drop',
): InlineKeyboardMarkup {
  const back = encodeWish(no === 'back' ? { kind: 'back', key, revision } : { kind: 'drop_text' });
  return {
    inline_keyboard: [
      ...risks.map((risk) => [{ text: cut(`⚠️ ${risk}`, 60), disabled: {} }]),
      [
        {
          text: 'Really? Yes, approve',
          style: 'success',
          callback_data: encodeWish({ kind: 'sure', key, revision, at }),
        },
      ],
      [{ text: 'No', callback_data: back }],
    ],
  };
}
