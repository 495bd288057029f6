import type { Context, MiddlewareFn } from 'grammy';
import type { User } from 'grammy/types';

import type { Door } from '../../domain/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Outgoing } from './outgoing.ts';
import { actorOf, answerMessage, answerTap } from './person.ts';
import type { Remembered } from './remembered.ts';
import type { Standing } from './standing.ts';

type DoorkeeperParts = {
  readonly door: Door;
  readonly outgoing: Outgoing;
  readonly remembered: Remembered;
  readonly standing: Standing;
  readonly reachable: () => void;
  readonly clock: Clock;
};

/**
 * Stands before everything else: lets those through who may at least look, and nobody else. Strangers hear why on a tap, and once in
 * private; groups hear nothing. Messages count only in private and in the chat where we ask. Each stranger is counted;
 * whoever goes on and on is not answered any more, because the answers would hold up those of others.
 */
export function createDoorkeeper(parts: DoorkeeperParts): MiddlewareFn {
  const { door, outgoing, standing } = parts;
  return async (ctx, next) => {
    const ours = ctx.chat !== undefined && String(ctx.chat.id) === (await outgoing.chatId());
    if (ctx.myChatMember !== undefined) {
      if (ours) noteMembership(ctx.myChatMember.new_chat_member.status, parts);
      return;
    }
    if (ours && ctx.message?.migrate_to_chat_id !== undefined) {
      await outgoing.moveTo(String(ctx.message.migrate_to_chat_id));
      return;
    }
    const user = ctx.from;
    if (ours && ctx.message?.sender_chat !== undefined && user?.is_bot === true) return await meetNameless(parts, ctx);
    if (user === undefined || user.is_bot) return;
    const permission = door.may(actorOf(user), 'look');
    if (permission.kind === 'refused') {
      if (ctx.callbackQuery === undefined) return await meetStranger(parts, ctx, user, ours);
      const { lately } = door.knocked(actorOf(user), 'tap');
      return lately > mostAnswers ? undefined : await answerTap(ctx, permission.why, 'alert');
    }
    const decides = door.may(actorOf(user), 'approve').kind === 'allowed';
    if (ctx.chat?.type === 'private' && decides) await settleIn(parts, ctx.chat.id);
    // Somebody who writes in the chat has let us in.
    if (ours && standing.health().standing === 'troubled') parts.reachable();
    if (ctx.callbackQuery !== undefined || ours || ctx.chat?.type === 'private') await next();
  };
}

/**
 * An admin who stays anonymous writes as the group, others as their channel: nobody can tell who it is. Said once a
 * day, and only to what is meant for us.
 */
async function meetNameless({ remembered, clock }: DoorkeeperParts, ctx: Context): Promise<void> {
  if (!isForBot(ctx, ctx.message?.text ?? ctx.message?.caption ?? '')) return;
  const chatId = String(ctx.chat?.id ?? '');
  const now = clock.now();
  const told = await remembered.namelessTold(chatId);
  if (told !== undefined && now.getTime() - told.getTime() < 24 * 3_600_000) return;
  await remembered.keepNamelessTold(chatId, now);
  await answerMessage(ctx, writeAsYourself);
}

const writeAsYourself =
  'I did not use this: it came in the name of a chat, so I can’t tell who wrote it. Please write as yourself (turn off “Remain anonymous” in your rights as an admin, or choose yourself as the sender), or tap the buttons: those tell me who you are.';

/** Of so many knocks of one stranger within ten minutes each is answered. */
const mostAnswers = 10;

/** In private: the one-time code makes the owner; everybody else is told once whose bot this is not. */
async function meetStranger(parts: DoorkeeperParts, ctx: Context, user: User, ours: boolean): Promise<void> {
  const { door } = parts;
  const { text = '' } = ctx.message ?? {};
  if (ctx.chat?.type !== 'private') {
    if (ours && isForBot(ctx, text)) door.knocked(actorOf(user), 'message');
    return;
  }
  const [, code = ''] = /^\/start(?:@\w+)?(?:\s+(\S{1,64}))?\s*$/.exec(text) ?? [];
  if (text.startsWith('/start')) {
    const verdict = await door.pair(actorOf(user), code);
    if (verdict.kind === 'accepted') await settleIn(parts, ctx.chat.id);
    const isGuess = verdict.kind === 'refused' && verdict.why === 'bad_text' && code !== '';
    if (isGuess && door.knocked(actorOf(user), 'code').lately > mostAnswers) return;
    if (verdict.kind !== 'refused' || verdict.why !== 'not_allowed') return answerMessage(ctx, verdict.say);
  }
  if (ctx.message !== undefined) door.knocked(actorOf(user), 'message');
  if ((await parts.remembered.greet(user.id)) === 'known') return;
  const words = 'This bot works for somebody else. If it should work for you too, ask its owner to add your id:';
  return answerMessage(ctx, `${words} ${user.id}`);
}

/** In a group people talk to each other: only what is meant for the bot is a knock. */
const isForBot = (ctx: Context, text: string): boolean =>
  ctx.message !== undefined && (text.startsWith('/') || ctx.message.reply_to_message?.from?.id === ctx.me.id);

/** An approver's private chat is where we ask when none was set; also after a crash between pairing and this. */
async function settleIn({ outgoing, standing, reachable }: DoorkeeperParts, chatId: number): Promise<void> {
  if ((await outgoing.chatId()) !== '') return;
  await outgoing.settleIn(String(chatId));
  standing.unpaired('');
  reachable();
}

function noteMembership(status: string, { outgoing, standing, reachable }: DoorkeeperParts): void {
  outgoing.rightsChanged();
  if (status === 'kicked' || status === 'left') {
    standing.shutOut('The bot was blocked or removed from the chat. Unblock it, or add it again.');
  } else {
    standing.reached();
    reachable();
  }
}
