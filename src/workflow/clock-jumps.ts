/**
 * Somebody, or a time server, set the clock of this machine: times on cards and in drafts mean another instant than
 * before, so people are told. Undo times don't care (holds.ts).
 */
import type { Clock } from '../lib/clock.ts';

/** How far the time of day is ahead of where it was expected; positive: it was set forward. In milliseconds. */
export type ClockJump = { readonly ms: number };

/** Adjustments that time servers make all day long. */
const leastMs = 30_000;

/**
 * @param uptimeMs since the machine started, the time it slept counted too: a machine that slept was not set
 * @returns to be asked now and then: what happened since it was asked the last time
 */
export function createClockJumps(clock: Clock, uptimeMs: () => number): () => ClockJump | undefined {
  const look = () => ({ wall: clock.now().getTime(), steady: clock.steady(), uptime: uptimeMs() });
  let before = look();
  return () => {
    const now = look();
    const wall = now.wall - before.wall;
    const bySteady = wall - (now.steady - before.steady);
    const byUptime = wall - (now.uptime - before.uptime);
    before = now;
    // What only one of the two durations sees is sleep, or a system that counts one of them by the time of day.
    const ms = Math.abs(bySteady) < Math.abs(byUptime) ? bySteady : byUptime;
    return Math.abs(ms) < leastMs ? undefined : { ms };
  };
}

/** One sentence or two. */
export function jumpWords({ ms }: ClockJump): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  const far = minutes < 2 ? `${Math.round(Math.abs(ms) / 1_000)} seconds` : `${minutes} minutes`;
  return `The clock of this machine was set ${ms > 0 ? 'forward' : 'back'} by ${far}. What is approved for a time goes by the new time; undo times were not cut.`;
}
