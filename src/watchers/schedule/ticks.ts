import type { ScheduledTask } from 'node-cron';
import { wallTime } from './entry.ts';

/** A tick missed longer ago than this is let go. */
const oldestMs = 24 * 3_600_000;
const minuteMs = 60_000;

/**
 * Answers for one cron line at which minutes it ticks. A time that the clocks leave out in a spring night counts at the first
 * minute that exists after it, as in Debian's cron; a line for every hour has its next hour anyway.
 */
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
  // Asked about times of the wall that no instant has.
  const onTheWall: ScheduledTask = createTask(cron, () => undefined, { timezone: 'UTC' });
  const isHourly = cron.trim().split(/\s+/)[1]?.startsWith('*') === true;
  const wall = (at: number): number => {
    const { date, time } = wallTime(new Date(at), timezone);
    return Date.parse(`${date}T${time}Z`);
  };
  /** Whether the clocks jumped over one of its times to this minute. */
  const madeUp = (at: number): boolean => {
    for (let left = wall(at - minuteMs) + minuteMs; left < wall(at); left += minuteMs) {
      if (onTheWall.match(new Date(left))) return true;
    }
    return false;
  };
  return {
    latest(since, now) {
      // A clock that was set back begins anew.
      if (emptyUntil > now.getTime()) emptyUntil = 0;
      const oldest = Math.max(since.getTime(), now.getTime() - oldestMs, emptyUntil);
      const newest = Math.floor(now.getTime() / minuteMs) * minuteMs;
      const before = Math.floor(oldest / minuteMs) * minuteMs;
      // What the wall shows is slow to ask, and jumps twice a year.
      const jumps = !isHourly && newest > before && wall(newest) - wall(before) > newest - before;
      for (let at = newest; at > oldest; at -= minuteMs) {
        const minute = new Date(at);
        if (task.match(minute) || (jumps && madeUp(at))) return minute;
      }
      emptyUntil = newest;
      return undefined;
    },
    // node-cron keeps a list of all tasks of the process; ours must leave it.
    async stop() {
      await Promise.all([task.destroy(), onTheWall.destroy()]);
    },
  };
}
