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

const hour = 3_600_000;

/**
 * The first instant at which one more has room without taking it from those that are approved already.
 *
 * @param submissions instants of commits of this account
 * @param planned from when on each approved one may leave, any order
 * @returns `now` when that is now
 */
export function nextRoom(submissions: readonly Date[], planned: readonly Date[], perHour: number, now: Date): Date {
  const taken = submissions.map((at) => Math.min(at.getTime(), now.getTime()));
  for (const at of planned.map((date) => Math.max(date.getTime(), now.getTime())).toSorted((a, b) => a - b)) {
    taken.push(firstFit(taken, perHour, at));
  }
  const fit = firstFit(taken, perHour, now.getTime());
  return fit === now.getTime() ? now : new Date(fit);
}

/** Room can only begin at `from`, or an hour after one that is there. */
function firstFit(taken: readonly number[], perHour: number, from: number): number {
  const starts = [from, ...taken.map((at) => at + hour).filter((at) => at > from)].toSorted((a, b) => a - b);
  return starts.find((at) => fits(taken, perHour, at)) ?? from;
}

/** No hour with `at` in it may hold more than the limit; what is further away than an hour shares none with it. */
function fits(taken: readonly number[], perHour: number, at: number): boolean {
  const near = taken.filter((other) => Math.abs(other - at) < hour).toSorted((a, b) => a - b);
  return near.every((first, index) => {
    const last = near[index + perHour - 1];
    return last === undefined || last - first >= hour;
  });
}
