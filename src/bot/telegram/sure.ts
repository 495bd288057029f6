/** Risky ones ask twice: the core answers an approval with a question, and Approve becomes "Really? …" with Yes and No. */
import type { Context, Filter } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';

import type { Verdict } from '../../domain/decision.ts';
import type { Door } from '../../domain/ports.ts';
import { cut, unmarked } from '../../lib/words.ts';
import type { DraftMark } from './draft-mark.ts';
import { actorOf, answerTap, answerVerdict, tapIdOf } from './person.ts';
import type { Remembered } from './remembered.ts';
import { ownWords } from './rich-text.ts';
import { attempt } from './trouble.ts';
import { encodeWish } from './wish.ts';

type TapContext = Filter<Context, 'callback_query'>;
type Question = Extract<Verdict, { kind: 'asks' }>;

export type Sure = {
  /** The Approve button, for now or for a time. */
  approve(ctx: TapContext, draft: DraftMark, at: Date | undefined): Promise<void>;
  /** Yes, after the second look. `sure`: to which question; empty on buttons of earlier versions. */
  yes(ctx: TapContext, draft: DraftMark, at: Date | undefined, sure: string): Promise<void>;
  /** The question below a time that was written as a reply. */
  ask(ctx: Filter<Context, 'message:text'>, draft: DraftMark, at: Date, question: Question): Promise<void>;
};

export function createSure(parts: { door: Door; remembered: Remembered }): Sure {
  const { door, remembered } = parts;

  const decide = (ctx: TapContext, { key, revision }: DraftMark, at: Date | undefined, sure: string) =>
    door.decide({
      actor: actorOf(ctx.from),
      id: tapIdOf(ctx),
      verb: 'approve',
      key,
      revision,
      ...(sure === '' ? {} : { sure }),
      ...(at === undefined ? {} : { text: at.toISOString() }),
    });

  /** Answers the tap; false when it is asked (once more). */
  const answered = async (
    ctx: TapContext,
    draft: DraftMark,
    at: Date | undefined,
    no: 'back' | 'drop',
    verdict: Verdict,
  ): Promise<boolean> => {
    if (verdict.kind !== 'asks') {
      await answerVerdict(ctx, verdict);
      return true;
    }
    await answerTap(ctx, verdict.say, 'alert');
    await attempt(() => ctx.editMessageReplyMarkup({ reply_markup: sureKeyboard(verdict, draft, at, no) }));
    return false;
  };

  const isCard = async ({ callbackQuery: { message } }: TapContext): Promise<boolean> =>
    message === undefined || (await remembered.draftAt(String(message.chat.id), message.message_id)) !== undefined;

  return {
    async approve(ctx, draft, at) {
      await answered(ctx, draft, at, 'back', await decide(ctx, draft, at, ''));
    },
    async yes(ctx, draft, at, sure) {
      const verdict = await decide(ctx, draft, at, sure);
      const onCard = await isCard(ctx);
      // A question of its own has done its work; a card is rewritten by itself.
      const isOver = await answered(ctx, draft, at, onCard ? 'back' : 'drop', verdict);
      if (isOver && !onCard) await attempt(() => ctx.deleteMessage());
    },
    async ask(ctx, draft, at, question) {
      const { text, entities } = ownWords(question.say);
      await attempt(() =>
        ctx.reply(text, {
          entities: [...entities],
          reply_parameters: { message_id: ctx.message.message_id },
          disable_notification: true,
          link_preview_options: { is_disabled: true },
          reply_markup: sureKeyboard(question, draft, at, 'drop'),
        }),
      );
    },
  };
}

function sureKeyboard(
  { risks, sure }: Question,
  { key, revision }: DraftMark,
  at: Date | undefined,
  no: 'back' | 'drop',
): InlineKeyboardMarkup {
  const back = encodeWish(no === 'back' ? { kind: 'back', key, revision } : { kind: 'drop_text' });
  return {
    inline_keyboard: [
      ...risks.map((risk) => [{ text: cut(`⚠️ ${unmarked(risk)}`, 60), disabled: {} }]),
      [
        {
          text: 'Really? Yes, approve',
          style: 'success',
          callback_data: encodeWish({ kind: 'sure', key, revision, at, sure }),
        },
      ],
      [{ text: 'No', callback_data: back }],
    ],
  };
}
