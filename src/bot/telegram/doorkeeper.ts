import type { MiddlewareFn } from 'grammy';

import type { Door } from '../../domain/ports.ts';
import type { Outgoing } from './outgoing.ts';
import { actorOf, answerMessage, answerTap } from './person.ts';
import type { Remembered } from './remembered.ts';
import type { Standing } from './standing.ts';

/**
 * Stands before everything else: lets approvers through and nobody else. Strangers hear why on a tap, and once in
 * private; groups hear nothing. Messages count only in private and in the chat where we ask.
 */
export function createDoorkeeper(parts: {
  door: Door;
  outgoing: Outgoing;
  remembered: Remembered;
  standing: Standing;
}): MiddlewareFn {
  const { door, outgoing, remembered, standing } = parts;
  return async (ctx, next) => {
    const ours = ctx.chat !== undefined && String(ctx.chat.id) === (await outgoing.chatId());
    if (ctx.myChatMember !== undefined) {
      if (ours) noteMembership(ctx.myChatMember.new_chat_member.status, standing);
      return;
    }
    if (ours && ctx.message?.migrate_to_chat_id !== undefined) {
      await outgoing.moveTo(String(ctx.message.migrate_to_chat_id));
      return;
    }
    const user = ctx.from;
    if (user === undefined || user.is_bot) return;
    const permission = door.may(actorOf(user), 'look');
    if (permission.kind === 'refused') {
      if (ctx.callbackQuery !== undefined) return answerTap(ctx, permission.why, 'alert');
      if (ctx.chat?.type !== 'private' || (await remembered.greet(user.id)) === 'known') return;
      return answerMessage(
        ctx,
        `This bot works for somebody else. If it should work for you too, ask its owner to add your id: ${user.id}`,
      );
    }
    if (ctx.callbackQuery !== undefined || ours || ctx.chat?.type === 'private') await next();
  };
}

function noteMembership(status: string, standing: Standing): void {
  if (status === 'kicked' || status === 'left') {
    standing.shutOut('The bot was blocked or removed from the chat. Unblock it, or add it again.');
  } else {
    standing.reached();
  }
}
