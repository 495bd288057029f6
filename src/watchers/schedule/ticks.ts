import type { ScheduledTask } from 'node-cron';

/** A tick missed longer ago than this is let go. */
const oldestMs = 24 * 3_600_000;
const minuteMs = 60_000;

/** Answers for one cron line at which minutes it ticks. */
export type Ticks = {
  /** The latest tick after `since`, up to and including `now`, at most 24 h back; undefined when there is none. */
  latest(since: Date, now: Date): Date | undefined;
  stop(): Promise<void>;
};

/**
 * Asks node-cron minute by minute instead of letting it run timers: so a held clock works, and a machine that slept or
 * was off can look back. Undefined for a cron line it can't read.
 *
 * @param timezone IANA name, or empty for the zone of this machine
 */
export async function createTicks(cron: string, timezone: string): Promise<Ticks | undefined> {
  const { createTask, validate } = await import('node-cron');
  if (!validate(cron)) return undefined;
  // Looking through a whole day costs milliseconds; most entries tick less often and would pay them every minute.
  let emptyUntil = 0;
  const task: ScheduledTask = createTask(cron, () => undefined, timezone === '' ? {} : { timezone });
  return {
    latest(since, now) {
      // A clock that was set back begins anew.
      if (emptyUntil > now.getTime()) emptyUntil = 0;
      const oldest = Math.max(since.getTime(), now.getTime() - oldestMs, emptyUntil);
      for (let at = Math.floor(now.getTime() / minuteMs) * minuteMs; at > oldest; at -= minuteMs) {
        const minute = new Date(at);
        if (task.match(minute)) return minute;
      }
      emptyUntil = Math.floor(now.getTime() / minuteMs) * minuteMs;
      return undefined;
    },
    // node-cron keeps a list of all tasks of the process; ours must leave it.
    async stop() {
      await task.destroy();
    },
  };
}
