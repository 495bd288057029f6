/** The open questions for a new text, a reason or a time: one per draft at most, and they survive a restart. */
import type { Context, Filter } from 'grammy';
import type { User } from 'grammy/types';

import type { Card } from '../../domain/card.ts';
import type { Door } from '../../domain/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import { localClock } from '../../lib/local-time.ts';
import { oneLine, strange } from '../../lib/words.ts';
import type { Outgoing } from './outgoing.ts';
import type { DraftMark } from './draft-mark.ts';
import { actorOf, answerTap, topicAt } from './person.ts';
import type { Asked, AskedPerson, Prompt, Remembered } from './remembered.ts';
import { messageLimit, ownWords, paragraphs, richText } from './rich-text.ts';
import type { RichText } from './rich-text.ts';
import { attempt, troubleWords } from './trouble.ts';
import { encodeWish } from './wish.ts';

export type Prompts = {
  /** A button that needs words: sends the question, for a new text with the present one in it for copying. */
  open(ctx: Filter<Context, 'callback_query'>, draft: DraftMark, asks: Asked): Promise<void>;
  at(chatId: string, messageId: number): Promise<Prompt | undefined>;
  /** The question for a new text that can still be answered, when there is exactly one; the others are taken away. */
  only(): Promise<Prompt | undefined>;
  /** Asks whether a message that replied to nothing answers the open question. */
  askWhether(ctx: Filter<Context, 'message:text'>, prompt: Prompt): Promise<void>;
  /** Takes the question about this draft away. */
  close(key: string): Promise<void>;
};

/** In a group nobody else may answer for so long. */
const reservedMs = 10 * 60_000;

export function createPrompts(parts: {
  door: Door;
  outgoing: Outgoing;
  remembered: Remembered;
  clock: Clock;
}): Prompts {
  const { door, outgoing, remembered, clock } = parts;

  async function close(key: string): Promise<void> {
    const all = await remembered.prompts();
    const closing = all.filter((prompt) => prompt.key === key);
    if (closing.length === 0) return;
    await remembered.keepPrompts(all.filter((prompt) => prompt.key !== key));
    // A message that opened the input field can't be edited, only taken away.
    await outgoing.remove(closing.map(({ messageId }) => messageId));
  }

  return {
    close,
    async open(ctx, draft, asks) {
      const card = await door.card(draft.key);
      const obstacle = obstacleTo(card, draft, asks);
      if (card === undefined || obstacle !== '') return answerTap(ctx, obstacle, 'alert');
      await answerTap(ctx, `Reply with the ${wording[asks].noun}.`, 'toast');
      await close(draft.key);
      const by = askedPerson(ctx, clock.now());
      const question = wording[asks].question(card);
      const sent = await outgoing.send(by === undefined ? question : addressed(ctx.from, question), {
        asks: wording[asks].hint,
        selective: by !== undefined,
        replyTo: ctx.callbackQuery.message?.message_id,
        silent: true,
        topic: topicAt(ctx),
      });
      if (sent.kind === 'trouble') throw new Error(`the question could not be sent: ${troubleWords(sent.trouble)}`);
      const { key, revision } = draft;
      const place = { chatId: await outgoing.chatId(), messageId: sent.value.message_id };
      const prompt = { key, revision, asks, ...place, ...(by === undefined ? {} : { by }) };
      await remembered.keepPrompts([...(await remembered.prompts()), prompt]);
    },
    async at(chatId, messageId) {
      const all = await remembered.prompts();
      return all.find((prompt) => prompt.chatId === chatId && prompt.messageId === messageId);
    },
    async only() {
      for (const prompt of await remembered.prompts()) {
        if (obstacleTo(await door.card(prompt.key), prompt, prompt.asks) !== '') await close(prompt.key);
      }
      const texts = (await remembered.prompts()).filter(({ asks }) => asks === 'edit');
      const [first, ...others] = texts;
      return others.length === 0 ? first : undefined;
    },
    askWhether: (ctx, prompt) => askWhether(door, ctx, prompt),
  };
}

async function askWhether(door: Door, ctx: Filter<Context, 'message:text'>, { key, revision }: Prompt): Promise<void> {
  const card = await door.card(key);
  const { text, entities } = ownWords(`Use this as the new text for ${card?.title ?? 'the draft'}?`);
  await attempt(() =>
    ctx.reply(text, {
      entities: [...entities],
      reply_parameters: { message_id: ctx.message.message_id },
      link_preview_options: { is_disabled: true },
      disable_notification: true,
      reply_markup: {
        inline_keyboard: [
          [
            { text: 'Yes, use it', callback_data: encodeWish({ kind: 'use_text', key, revision }) },
            { text: 'No', callback_data: encodeWish({ kind: 'drop_text' }) },
          ],
        ],
      },
    }),
  );
}

/** Undefined in private: there is nobody else. */
const askedPerson = (ctx: Filter<Context, 'callback_query'>, now: Date): AskedPerson | undefined =>
  ctx.chat === undefined || ctx.chat.type === 'private'
    ? undefined
    : { id: ctx.from.id, name: actorOf(ctx.from).name, until: now.getTime() + reservedMs };

/** Naming somebody by id opens the input field for them and for nobody else. */
const addressed = (user: User, question: RichText): RichText =>
  paragraphs([richText(['text_mention', actorOf(user).name, user]), question]);

/** Why this person may not answer this question yet; empty when they may. */
export const reservedFor = ({ by }: Prompt, personId: number, now: Date): string =>
  by === undefined || by.id === personId || now.getTime() >= by.until
    ? ''
    : `I asked ${strange(by.name, 40)}, until ${localClock(new Date(by.until))}. To say it yourself, reply to the card.`;

const question = ({ title, text }: Card) =>
  richText(
    'New text for ',
    ['bold', title],
    '? Send it as a reply to this message.',
    ...(text === '' ? [] : [' To start from the present one, tap it to copy:\n\n', ['pre', text] as const]),
  );

const whyQuestion = ({ title }: Card) =>
  richText('Why was ', ['bold', title], ' rejected? Send it as a reply to this message.');

const timeQuestion = ({ title }: Card) =>
  richText(
    'Approve ',
    ['bold', title],
    ' for when? Reply with a time like 14:30, tomorrow 9:00 or 2026-02-19 14:30. The text is approved as the card shows it.',
  );

const wording: Readonly<Record<Asked, { noun: string; hint: string; question: (card: Card) => RichText }>> = {
  edit: { noun: 'new text', hint: 'Send the new text', question },
  reason: { noun: 'reason', hint: 'Why was it rejected?', question: whyQuestion },
  approve: { noun: 'time', hint: '14:30', question: timeQuestion },
};

/** Why there is nothing to ask; empty when there is. */
function obstacleTo(card: Card | undefined, { revision }: DraftMark, asks: Asked): string {
  if (card === undefined) return "I don't know this draft any more.";
  if (asks === 'reason') return card.mood === 'rejected' ? '' : 'It is not rejected any more.';
  if (asks === 'approve' && !card.verbs.includes('approve')) return 'This draft can’t be approved now.';
  if (!card.verbs.includes('edit')) return `This draft can't be edited now: ${oneLine(card.standing, 100)}`;
  if (card.revision !== revision) return 'This draft changed since. Please use the newest card.';
  // 300: room for the words around it.
  if (asks === 'edit' && card.text.length > messageLimit - 300) {
    return 'This text is longer than one Telegram message. Please edit the file in the vault instead.';
  }
  return '';
}
