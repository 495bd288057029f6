/**
 * How much is said in a group: Telegram takes about twenty messages and changes a minute there. Cards and notes keep
 * below that and wait, kept in the ledger; what a person is waiting for may use the rest. Answers to taps are free.
 */

import { sleep } from '../../lib/clock.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Place } from '../chat/messenger.ts';
import type { Transformer } from './client.ts';
import { chatOf, isGroup } from './ids.ts';

const minuteMs = 60_000;
/** Messages and changes a minute in a group. What can wait leaves room for what can't. */
export type Most = { readonly canWait: number; readonly all: number };
const usual: Most = { canWait: 15, all: 19 };

/** @param stopping ends all waiting */
export function createPace({
  clock,
  stopping,
  most = usual,
}: {
  clock: Clock;
  stopping: AbortSignal;
  most?: Most | undefined;
}): {
  /** Seconds until something that can wait may go there; 0: now. */
  room(place: Place): number;
  /** Counts what goes out, and holds back what would be too much. */
  readonly transformer: Transformer;
} {
  const sent = new Map<string, number[]>();

  const lately = (chatId: string): number[] => {
    const now = clock.now().getTime();
    // The clock may be set back: what lies ahead would otherwise hold the chat for ever.
    const recent = (sent.get(chatId) ?? []).filter((at) => at <= now && now - at < minuteMs);
    sent.set(chatId, recent);
    return recent;
  };
  /** Milliseconds until fewer than `limit` lie in the last minute. */
  const until = (chatId: string, limit: number): number => {
    const recent = lately(chatId);
    const blocking = recent.at(-limit);
    return blocking === undefined ? 0 : Math.max(0, blocking + minuteMs - clock.now().getTime());
  };

  return {
    room(place) {
      const chatId = chatOf(place);
      return isGroup(chatId) ? until(chatId, most.canWait) / 1_000 : 0;
    },
    transformer: async (previous, method, payload, signal) => {
      const chatId = chatIn(payload);
      if (chatId === undefined || !isGroup(chatId) || !counted.test(method)) return previous(method, payload, signal);
      for (let ms = until(chatId, most.all); ms > 0 && !stopping.aborted; ms = until(chatId, most.all)) {
        await sleep(clock, ms, stopping);
      }
      sent.set(chatId, [...lately(chatId), clock.now().getTime()]);
      return previous(method, payload, signal);
    },
  };
}

const counted = /^(?:send(?!ChatAction)|edit|copyMessage|forwardMessage)/;

const chatIn = (payload: object): string | undefined =>
  'chat_id' in payload && (typeof payload.chat_id === 'number' || typeof payload.chat_id === 'string')
    ? String(payload.chat_id)
    : undefined;
