/** The limit of what a bot may say and change in one group, as users report it. Off until a test switches it on. */
import type { Clock } from '../../src/lib/clock.ts';
import type { Answer } from './types.ts';

export type Flood = {
  /** From now on at most so many in any minute. */
  limit(perMinute: number): void;
  /** Counts a call that is about to be carried out; the refusal when it is one too many. */
  refusal(method: string, chatId: unknown): Answer | undefined;
};

const minute = 60_000;
/** Answers to taps are free. */
const counted = /^(?:send(?!ChatAction)|editMessage|copyMessage|forwardMessage)/;

export function createFlood(clock: Clock): Flood {
  const calls = new Map<string, number[]>();
  let most = Number.POSITIVE_INFINITY;
  return {
    limit(perMinute) {
      most = perMinute;
    },
    refusal(method, chatId) {
      const chat = String(chatId);
      // Groups have negative ids.
      if (!counted.test(method) || !chat.startsWith('-')) return undefined;
      const now = clock.now().getTime();
      const lately = (calls.get(chat) ?? []).filter((at) => now - at < minute);
      const oldest = lately[0];
      if (lately.length >= most && oldest !== undefined) {
        const seconds = Math.ceil((oldest + minute - now) / 1_000);
        const description = `Too Many Requests: retry after ${seconds}`;
        return { ok: false, error_code: 429, description, parameters: { retry_after: seconds } };
      }
      calls.set(chat, [...lately, now]);
      return undefined;
    },
  };
}
