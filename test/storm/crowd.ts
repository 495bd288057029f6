/**
 * People in front of one chat: each looks at it, taps what was there a moment ago, taps twice, taps what somebody else
 * taps in the same instant, replies with a new text, and waits for the answer as long as people do.
 */
import { setTimeout as rest } from 'node:timers/promises';
import type { GroupChat, Person, SeenMessage, TelegramStandIn } from '../../sandbox/telegram/index.ts';
import { isRecord } from '../../sandbox/telegram/transport/request.ts';
import { decodeWish } from '../../src/bot/chat/buttons/action.ts';
import type { Dice } from '../support/walk-person.ts';

export type Deed = {
  /** `id`: of the callback, or of the message that was sent. */
  readonly kind: 'tap' | 'reply';
  readonly id: string;
  readonly personId: number;
  /** What the button carries; empty for a reply. */
  readonly data: string;
};

export type Crowd = {
  deeds(): readonly Deed[];
  /** Ids of taps that the bot tried to answer, also when it was too late for the app. */
  tried(): ReadonlySet<string>;
  /** Resolves when the last of them has put the phone away. */
  leave(): Promise<void>;
  /** Nobody looks any more. */
  end(): Promise<void>;
};

export const groupId = -1_001_234_567_890;
/** A draft's mark, found again in its card. */
export const markIn = (text: string): string | undefined => /\bk\d{5}x\b/.exec(text)?.[0];

type Seen = {
  readonly id: number;
  readonly text: string;
  readonly data: readonly string[];
  /** Whether it is a question, and to whom. */
  readonly asks: boolean;
  readonly asked: number | undefined;
};

const lookEveryMs = 200;
const slowestMs = 800;
/** Then they tap again, or something else. */
const patienceMs = 8_000;

/** @param people each as they are in the group */
export function createCrowd(parts: {
  readonly telegram: TelegramStandIn;
  readonly group: GroupChat;
  readonly people: readonly Person[];
  readonly dice: Dice;
}): Crowd {
  const { telegram, group, people, dice } = parts;
  const deeds: Deed[] = [];
  const tried = new Set<string>();
  let seen: readonly Seen[] = [];
  let [leaving, ended] = [false, false];

  const look = () => {
    for (const { parameters } of telegram.calls('answerCallbackQuery')) {
      if (typeof parameters['callback_query_id'] === 'string') tried.add(parameters['callback_query_id']);
    }
    seen = group
      .messages()
      .filter(({ from }) => from === 'bot')
      .map(toSeen)
      .filter(({ data, asks }) => data.length > 0 || asks);
  };

  const tap = (person: Person, message: Seen, data: string): string => {
    const id = person.forge(message.id, data);
    deeds.push({ kind: 'tap', id, personId: person.id, data });
    return id;
  };

  const reply = (person: Person, message: Seen) => {
    const mark = markIn(message.text);
    // Its mark stays in the text, or nobody could find the draft again.
    const words = mark === undefined ? 'Because of the tone' : `Better ${mark}`;
    try {
      const id = person.reply(message.id, `${words} ${dice.below(1_000)}`);
      deeds.push({ kind: 'reply', id: String(id), personId: person.id, data: '' });
    } catch {
      // The question was taken away in this moment.
    }
  };

  const act = async (person: Person): Promise<void> => {
    const message = dice.oneOf(seen);
    if (message === undefined) return;
    const data = dice.oneOf(message.data);
    const how = dice.below(12);
    // A question opens the field of the one it names; now and then somebody else answers it all the same.
    const asked = how === 1 ? undefined : people.find(({ id }) => id === message.asked);
    if (data === undefined) return reply(asked ?? person, message);
    if (how === 0 && message.text.includes('Waiting for you')) return reply(person, message);
    const last = tap(person, message, data);
    if (how === 1) tap(person, message, data);
    const other = dice.oneOf(people);
    if ((how === 2 || how === 3) && other !== undefined) {
      tap(other, message, how === 2 ? data : (dice.oneOf(message.data) ?? data));
    }
    for (let waited = 0; waited < patienceMs && person.toast(last) === undefined; waited += 50) await rest(50);
  };

  const lives = people.map(async (person) => {
    while (!leaving) {
      await rest(dice.below(slowestMs));
      if (!leaving) await act(person);
    }
  });
  const looks = (async () => {
    for (; !ended; await rest(lookEveryMs)) look();
  })();
  return {
    deeds: () => deeds,
    tried: () => tried,
    async leave() {
      leaving = true;
      await Promise.all(lives);
    },
    async end() {
      leaving = true;
      ended = true;
      await Promise.all([...lives, looks]);
    },
  };
}

const toSeen = ({ id, text, entities, buttons, forceReply }: SeenMessage): Seen => ({
  id,
  text,
  asks: forceReply,
  asked: entities.map(({ user }) => (isRecord(user) ? Number(user['id']) : undefined)).find((one) => one !== undefined),
  data: buttons.flat().flatMap(({ data }) => (data === undefined || !isForAnybody(data) ? [] : [data])),
});

/** Whether it went out is answered truthfully at the end, by somebody who looked. */
function isForAnybody(data: string): boolean {
  const wish = decodeWish(data);
  return !(wish?.kind === 'draft' && ['happened', 'not_happened', 'leave'].includes(wish.verb));
}
