/**
 * getUpdates with the manners of the real server: long polls, one poller at a time (the newcomer wins), conflict answers
 * spaced by three seconds, and a brake on pollers that ask for the same offset again and again.
 */
import type { Clock } from '../../src/lib/clock.ts';
import type { Answer } from './types.ts';
import type { UpdateQueue } from './update-queue.ts';

type Poll = { readonly offset: number; readonly limit: number; readonly timeoutSeconds: number };

export type Polling = {
  /** Resolves when there is something to say; `gone` aborts when the caller hung up. */
  poll(poll: Poll, gone: AbortSignal): Promise<Answer>;
  /** Ends a waiting poll because a webhook was set. */
  conflict(description: string): void;
  stop(): void;
};

type Waiter = { readonly poll: Poll; readonly finish: (answer: Answer) => void };

const otherPoller = 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';

export function createPolling({ clock, updates }: { clock: Clock; updates: UpdateQueue }): Polling {
  const timers = createTimers(clock);
  const conflicts = createConflicts(clock, timers);
  const brake = createBrake(clock);
  let waiter: Waiter | undefined;

  const conflict = (description: string) => {
    const ended = waiter;
    waiter = undefined;
    if (ended !== undefined) conflicts.refuse(ended, description);
  };

  // Updates that come in the same breath leave in one answer.
  updates.onAdded(() => {
    const current = waiter;
    if (current === undefined) return;
    setImmediate(() => {
      if (waiter === current)
        current.finish({ ok: true, result: updates.take(current.poll.offset, current.poll.limit) });
    });
  });

  const wait = (poll: Poll, gone: AbortSignal): Promise<Answer> =>
    new Promise((resolve) => {
      const leave = () => finish({ ok: true, result: [] });
      const finish = (answer: Answer) => {
        if (waiter === current) waiter = undefined;
        cancel();
        gone.removeEventListener('abort', leave);
        resolve(answer);
      };
      const cancel = timers.after(poll.timeoutSeconds * 1000, leave);
      const current: Waiter = { poll, finish };
      waiter = current;
      gone.addEventListener('abort', leave, { once: true });
    });

  return {
    async poll(asked, gone) {
      const poll = brake.slowed(asked);
      const found = updates.take(poll.offset, poll.limit);
      if (found.length > 0 || poll.timeoutSeconds === 0 || gone.aborted) return { ok: true, result: found };
      conflict(otherPoller);
      return await wait(poll, gone);
    },
    conflict,
    stop() {
      waiter?.finish({ ok: true, result: [] });
      timers.stop();
    },
  };
}

type Timers = { after(ms: number, call: () => void): () => void; stop(): void };

/** Timers that end together. */
function createTimers(clock: Clock): Timers {
  const cancels = new Set<() => void>();
  return {
    after(ms, call) {
      const end = clock.after(ms, () => {
        cancels.delete(end);
        call();
      });
      cancels.add(end);
      return () => {
        cancels.delete(end);
        end();
      };
    },
    stop() {
      for (const cancel of cancels) cancel();
      cancels.clear();
    },
  };
}

/** The first conflict is told at once, the next ones within three seconds only after a pause. */
function createConflicts(clock: Clock, timers: Timers) {
  let quietUntil = 0;
  return {
    refuse(ended: Waiter, description: string) {
      const answer: Answer = { ok: false, error_code: 409, description };
      const now = clock.now().getTime();
      if (now < quietUntil) {
        timers.after(3000, () => ended.finish(answer));
        return;
      }
      quietUntil = now + 3000;
      ended.finish(answer);
    },
  };
}

/** A poller that repeats its offset within half a second gets one update; within three, its short poll takes three. */
function createBrake(clock: Clock) {
  let offset: number | undefined;
  let startedAt = 0;
  return {
    slowed(asked: Poll): Poll {
      const now = clock.now().getTime();
      const since = asked.offset === offset ? now - startedAt : Number.POSITIVE_INFINITY;
      offset = asked.offset;
      startedAt = now;
      return {
        offset: asked.offset,
        limit: since < 500 ? 1 : asked.limit,
        timeoutSeconds: since < 3000 ? Math.max(asked.timeoutSeconds, 3) : asked.timeoutSeconds,
      };
    },
  };
}
