/**
 * The bot's queue of updates: numbered from a random start, kept until a higher offset confirms them or their life is
 * over. Delivery is at least once, and a tap lives far shorter than a message.
 */
import type { Clock } from '../../src/lib/clock.ts';
import type { Random } from '../../src/lib/random.ts';

type Update = Readonly<Record<string, unknown>> & { readonly update_id: number };

export type UpdateQueue = {
  /** Queued only when the bot asked for this kind. */
  add(kind: string, content: unknown, lifeSeconds: number): void;
  /** Confirms everything below `offset` and returns what waits from there on; negative keeps only the last ones. */
  take(offset: number, limit: number): readonly Update[];
  /** `undefined` leaves the kinds as they are; an empty list asks for the usual ones. */
  allow(kinds: readonly string[] | undefined): void;
  clear(): void;
  /** Called after each update added. */
  onAdded(call: () => void): void;
  waiting(): number;
  confirmed(): number;
};

export const messageLife = 86_400;
export const callbackLife = 150;

type Waiting = { readonly update: Update; readonly expiresAt: number };

const notUnlessAsked = new Set(['chat_member', 'message_reaction', 'message_reaction_count']);

export function createUpdateQueue({ clock, random }: { clock: Clock; random: Random }): UpdateQueue {
  let queue: Waiting[] = [];
  let nextId = 100_000_000 + Math.floor(random.fraction() * 800_000_000);
  let confirmed = 0;
  let allowed: ReadonlySet<string> | undefined;
  let added: () => void = () => undefined;

  const expire = () => {
    const now = clock.now().getTime();
    queue = queue.filter((one) => one.expiresAt > now);
  };
  const confirmBelow = (offset: number) => {
    const kept = queue.filter((one) => one.update.update_id >= offset);
    confirmed += queue.length - kept.length;
    queue = kept;
  };

  return {
    add(kind, content, lifeSeconds) {
      if (allowed === undefined ? notUnlessAsked.has(kind) : !allowed.has(kind)) return;
      const expiresAt = clock.now().getTime() + lifeSeconds * 1000;
      queue.push({ update: { update_id: nextId, [kind]: content }, expiresAt });
      nextId += 1;
      added();
    },
    take(offset, limit) {
      expire();
      if (offset < 0) queue = queue.slice(offset);
      // An offset beyond the end of the queue is ignored, it doesn't confirm anything.
      else if (offset <= nextId) confirmBelow(offset);
      return queue.slice(0, limit).map((one) => one.update);
    },
    allow(kinds) {
      if (kinds !== undefined) allowed = kinds.length === 0 ? undefined : new Set(kinds);
    },
    clear: () => {
      queue = [];
    },
    onAdded: (call) => {
      added = call;
    },
    waiting: () => {
      expire();
      return queue.length;
    },
    confirmed: () => confirmed,
  };
}
