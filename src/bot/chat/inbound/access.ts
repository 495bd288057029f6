/**
 * Stands before everything else: lets those through who may at least look, and nobody else. Strangers hear why on a tap,
 * and once in private; groups hear nothing. Messages count only in private and in the chat where we ask. Each stranger is
 * counted; whoever goes on and on is not answered any more, because the answers would hold up those of others.
 */
import type { Door } from '../../../domain/ports.ts';
import type { Clock } from '../../../lib/clock.ts';
import { answerMessage } from '../answers.ts';
import { answerField } from './questions.ts';
import type { Heard, Messenger, Nameless, Place } from '../messenger.ts';
import { homeOf } from '../places.ts';
import type { Remembered } from '../memory/memory.ts';
import type { Standing } from '../channel-health.ts';

type AccessParts = {
  readonly messenger: Messenger;
  readonly door: Door;
  readonly remembered: Remembered;
  readonly standing: Standing;
  readonly reachable: () => void;
  readonly clock: Clock;
};

export type Access = {
  /** Whether it may be acted on; whoever it is answered for otherwise has been told. */
  lets(heard: Heard): Promise<boolean>;
  /** Somebody writes in the name of a chat. */
  meetNameless(nameless: Nameless): Promise<void>;
};

export function createAccess(parts: AccessParts): Access {
  const { messenger, door, standing } = parts;
  return {
    async lets(heard) {
      const { actor, chat, shared } = heard;
      const ours = chat === (await homeOf(messenger));
      const permission = door.may(actor, 'look');
      if (permission.kind === 'refused') {
        if (heard.kind === 'filled') await messenger.settle?.(heard, { [answerField]: permission.why });
        else if (heard.kind !== 'press') await meetStranger(parts, heard, ours);
        else if (door.knocked(actor, 'tap').lately <= mostAnswers)
          await messenger.answer(heard, permission.why, 'alert');
        return false;
      }
      if (!shared && door.may(actor, 'approve').kind === 'allowed') await settleIn(parts, chat);
      // Somebody who writes in the chat has let us in.
      if (ours && standing.health().standing === 'troubled') parts.reachable();
      return heard.kind === 'press' || ours || !shared;
    },
    meetNameless: (nameless) => meetNameless(parts, nameless),
  };
}

/**
 * An admin who stays anonymous writes as the group, others as their channel: nobody can tell who it is. Said once a
 * day, and only to what is meant for us.
 */
async function meetNameless(parts: AccessParts, nameless: Nameless): Promise<void> {
  const { messenger, remembered, clock } = parts;
  const { chat, isForUs } = nameless;
  if (!isForUs || chat !== (await homeOf(messenger))) return;
  const now = clock.now();
  const told = await remembered.namelessTold(chat);
  if (told !== undefined && now.getTime() - told.getTime() < 24 * 3_600_000) return;
  await remembered.keepNamelessTold(chat, now);
  await answerMessage(messenger, nameless, writeAsYourself);
}

const writeAsYourself =
  'I did not use this: it came in the name of a chat, so I can’t tell who wrote it. Please write as yourself (turn off “Remain anonymous” in your rights as an admin, or choose yourself as the sender), or tap the buttons: those tell me who you are.';

/** Of so many knocks of one stranger within ten minutes each is answered. */
const mostAnswers = 10;

/** In private: the one-time code makes the owner; everybody else is told once whose bot this is not. */
async function meetStranger(
  parts: AccessParts,
  heard: Exclude<Heard, { kind: 'press' | 'filled' }>,
  ours: boolean,
): Promise<void> {
  const { messenger, door } = parts;
  const { actor, chat, shared } = heard;
  if (shared) {
    if (ours && isForUs(heard)) door.knocked(actor, 'message');
    return;
  }
  if (heard.kind === 'command' && heard.word === 'start') {
    const code = /^\S{1,64}$/.exec(heard.rest.trimEnd())?.[0] ?? '';
    const verdict = await door.pair(actor, code);
    if (verdict.kind === 'accepted') await settleIn(parts, chat);
    const isGuess = verdict.kind === 'refused' && verdict.why === 'bad_text' && code !== '';
    if (isGuess && door.knocked(actor, 'code').lately > mostAnswers) return;
    if (verdict.kind !== 'refused' || verdict.why !== 'not_allowed') {
      return answerMessage(messenger, heard, verdict.say);
    }
  }
  if (heard.kind !== 'corrected') door.knocked(actor, 'message');
  if ((await parts.remembered.greet(actor.id)) === 'known') return;
  const words = 'This bot works for somebody else. If it should work for you too, ask its owner to add your id:';
  return answerMessage(messenger, heard, `${words} ${actor.id}`);
}

/** In a group people talk to each other: only what is meant for us is a knock. */
const isForUs = (heard: Exclude<Heard, { kind: 'press' | 'filled' }>): boolean =>
  heard.kind === 'command' || (heard.kind === 'said' && (heard.about?.ours === true || heard.text.startsWith('/')));

/** An approver's private chat is where we ask when none was set; also after a crash between pairing and this. */
async function settleIn({ messenger, standing, reachable }: AccessParts, chat: Place): Promise<void> {
  if ((await homeOf(messenger)) !== '') return;
  await messenger.settleIn(chat);
  standing.unpaired('');
  reachable();
}
