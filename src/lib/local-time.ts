const two = (value: number): string => String(value).padStart(2, '0');

/** `2026-02-19` in the machine's time zone. */
export const localDate = (at: Date): string => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;

/** `14:02` in the machine's time zone. */
export const localClock = (at: Date): string => `${two(at.getHours())}:${two(at.getMinutes())}`;

/** `14:02:10` in the machine's time zone. */
export const localSeconds = (at: Date): string => `${localClock(at)}:${two(at.getSeconds())}`;

/** `14:02` when it is the same day as `now`, else `2026-02-19 14:02`. */
export const localMoment = (at: Date, now: Date): string =>
  localDate(at) === localDate(now) ? localClock(at) : `${localDate(at)} ${localClock(at)}`;
