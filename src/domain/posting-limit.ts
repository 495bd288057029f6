/**
 * How many actions an account may start in any hour. Counts submissions, not successes: an unknown one counts too.
 *
 * @param submissions instants of commits of this account, any order; those older than an hour don't matter
 * @param perHour at least 1
 * @returns the first instant at which one more is allowed; `now` when that is now
 */
export function nextFreeInstant(submissions: readonly Date[], perHour: number, now: Date): Date {
  const hour = 3_600_000;
  // A clock that was set back must not open the window again: what lies in the future counts as now.
  const recent = submissions
    .map((at) => Math.min(at.getTime(), now.getTime()))
    .filter((at) => at > now.getTime() - hour)
    .toSorted((a, b) => a - b);
  if (recent.length < perHour) return now;
  const leaves = recent[recent.length - perHour];
  return leaves === undefined ? now : new Date(leaves + hour);
}
