/**
 * A text that an app cut into several messages. At a cut it drops what stood there, a blank line or a space, and nobody
 * can tell which: so it is asked, and until it is answered none of the pieces is used. In a group where we hear
 * only answers to us the rest may never reach us, so a long answer is asked about too.
 */
import type { Context, Filter } from 'grammy';

import type { Door } from '../../domain/ports.ts';
import { strange } from '../../lib/words.ts';
import type { DraftMark } from './draft-mark.ts';
import type { KeptUpdate } from './late.ts';
import type { Passage } from './passage.ts';
import { answerMessage, answerTap } from './person.ts';
import { mayBeCut, piecesOf } from './pieces.ts';
import type { CutText, Remembered } from './remembered.ts';
import { messageLimit, ownWords } from './rich-text.ts';
import { attempt } from './trouble.ts';
import { encodeWish } from './wish.ts';
import type { Joint } from './wish.ts';

type TapContext = Filter<Context, 'callback_query'>;
type TextContext = Filter<Context, 'message:text'>;

/** All of it, as the person says; `revision` is that of the version it was meant for. */
export type JoinedText = DraftMark & {
  readonly text: string;
  readonly passage: (Passage & { readonly message: string }) | undefined;
  /** The message that holds the first piece. */
  readonly first: number;
};

export type Seams = {
  /** Asks how the pieces belong together; says so when the last one may be cut off itself. */
  ask(ctx: TextContext, draft: DraftMark, passage?: JoinedText['passage']): Promise<void>;
  /** The answer about one cut; undefined while there is more to ask, or nothing to answer. */
  answered(ctx: TapContext, joint: Joint): Promise<JoinedText | undefined>;
  used(ctx: TapContext, joined: JoinedText): Promise<void>;
  /** A person corrected a piece. Undefined when the message is none. */
  correct(ctx: Filter<Context, 'edited_message:text'>): Promise<'taken' | 'too late' | undefined>;
};

/** Whether this message is, or may be, only the beginning of what its sender wrote. */
export function isCut(ctx: TextContext): boolean {
  if (piecesOf(ctx.update).length > 1) return true;
  return ctx.chat.type !== 'private' && !ctx.me.can_read_all_group_messages && mayBeCut(ctx.message);
}

export const cutOff =
  'Telegram cuts messages at 4,096 signs, so this may not be your whole text and I did not use it. Please edit the file in the vault instead.';

export function createSeams({ door, remembered }: { door: Door; remembered: Remembered }): Seams {
  return {
    async ask(ctx, draft, passage) {
      const pieces = piecesOf(ctx.update satisfies KeptUpdate);
      // Telegram counts otherwise than we do where signs are rare; to ask once too often costs nothing.
      if ((pieces.at(-1)?.text ?? '').length >= messageLimit) return answerMessage(ctx, cutOff);
      const { key, revision } = draft;
      const chatId = String(ctx.chat.id);
      const cut: CutText = { key, revision, pieces, joints: [], ...(passage === undefined ? {} : { passage }) };
      await remembered.keepCutText(chatId, ctx.message.message_id, cut);
      const title = (await door.card(key))?.title ?? 'the draft';
      const { text, entities } = ownWords(question(cut, title));
      await attempt(() =>
        ctx.reply(text, {
          entities: [...entities],
          reply_parameters: { message_id: ctx.message.message_id, allow_sending_without_reply: true },
          link_preview_options: { is_disabled: true },
          disable_notification: true,
          reply_markup: { inline_keyboard: keyboard(cut) },
        }),
      );
    },
    async answered(ctx, joint) {
      const place = placeOf(ctx);
      const cut = place === undefined ? undefined : await remembered.cutTextAt(place.chatId, place.first);
      if (place === undefined || cut === undefined) {
        await answerTap(ctx, "I can't find your message any more.", 'alert');
        return undefined;
      }
      // The tap came twice, or the question is older than the answer: what is open is asked.
      const joints = joint.seam === cut.joints.length ? [...cut.joints, joint.with] : cut.joints;
      if (joints.length < Math.max(1, cut.pieces.length - 1)) {
        await remembered.keepCutText(place.chatId, place.first, { ...cut, joints });
        await answerTap(ctx, 'And the next cut?', 'toast');
        await askNext(ctx, { ...cut, joints }, (await door.card(cut.key))?.title ?? 'the draft');
        return undefined;
      }
      const { key, revision, passage } = cut;
      return { key, revision, passage, first: place.first, text: joinedText(cut.pieces, joints) };
    },
    async used(ctx, { first }) {
      const chatId = String(ctx.chat?.id ?? '');
      const cut = await remembered.cutTextAt(chatId, first);
      for (const { id } of cut?.pieces ?? []) await remembered.keepUsed(chatId, id);
    },
    async correct(ctx) {
      const { text, message_id: id } = ctx.editedMessage;
      const chatId = String(ctx.chat.id);
      const place = await remembered.cutTextOf(chatId, id);
      const cut = place === undefined ? undefined : await remembered.cutTextAt(chatId, place);
      if (place === undefined || cut === undefined) return undefined;
      if (await remembered.isUsed(chatId, id)) return 'too late';
      const pieces = cut.pieces.map((piece) => (piece.id === id ? { id, text } : piece));
      await remembered.keepCutText(chatId, place, { ...cut, pieces });
      return 'taken';
    },
  };
}

/** The message that a question of ours is about. */
function placeOf(ctx: TapContext): { readonly chatId: string; readonly first: number } | undefined {
  const asked = ctx.callbackQuery.message;
  const about = asked !== undefined && 'reply_to_message' in asked ? asked.reply_to_message : undefined;
  return about === undefined ? undefined : { chatId: String(about.chat.id), first: about.message_id };
}

async function askNext(ctx: TapContext, cut: CutText, title: string): Promise<void> {
  const { text, entities } = ownWords(question(cut, title));
  const markup = { inline_keyboard: keyboard(cut) };
  await attempt(() =>
    ctx.editMessageText(text, {
      entities: [...entities],
      link_preview_options: { is_disabled: true },
      reply_markup: markup,
    }),
  );
}

/** With one piece alone it is asked whether that is all. */
function question({ pieces, joints }: CutText, title: string): string {
  const before = pieces[joints.length]?.text ?? '';
  const end = strange(before.slice(-60), 60);
  if (pieces.length === 1) {
    return `Is this your whole text for ${title}? The app cuts what is longer than one message, and here I hear only answers to me. It ends with ${end}.`;
  }
  const next = strange((pieces[joints.length + 1]?.text ?? '').slice(0, 60), 60);
  const count = pieces.length === 2 ? 'two' : String(pieces.length);
  return `The app cut your text for ${title} into ${count} messages and dropped what stood at the cut. I use nothing of it before you say: what stood between ${end} and ${next}?`;
}

const joining = {
  p: { label: 'A blank line', text: '\n\n' },
  l: { label: 'A new line', text: '\n' },
  s: { label: 'A space', text: ' ' },
  n: { label: 'Nothing', text: '' },
} as const;

function keyboard({ key, revision, pieces, joints }: CutText) {
  const button = (label: string, how: Joint['with']) => ({
    text: label,
    callback_data: encodeWish({ kind: 'joint', key, revision, joint: { seam: joints.length, with: how } }),
  });
  const no = [{ text: 'Don’t use it', callback_data: encodeWish({ kind: 'drop_text' }) }];
  if (pieces.length === 1) return [[button('Yes, that is all', 'n')], no];
  const { p, l, s, n } = joining;
  return [[button(p.label, 'p'), button(l.label, 'l')], [button(s.label, 's'), button(n.label, 'n')], no];
}

const joinedText = (pieces: CutText['pieces'], joints: CutText['joints']): string =>
  pieces.map(({ text }, place) => (place === 0 ? text : joining[joints[place - 1] ?? 'p'].text + text)).join('');
