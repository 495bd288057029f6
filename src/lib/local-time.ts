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

/**
 * `2026-12-05 05:00 Europe/Berlin`, and where it was meant in another zone, in that too: `… = 2026-12-05 09:00 Asia/Karachi`.
 * Seconds stand there where there are any.
 *
 * @param meant a name of the IANA or `UTC+05:00`; empty for the machine's own zone
 */
export function zonedMoment(at: Date, meant: string): string {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const here = `${localDate(at)} ${at.getSeconds() === 0 ? localClock(at) : localSeconds(at)}`;
  const there = meant === '' || meant === own ? undefined : wallIn(at, meant);
  return there === undefined ? `${here} ${own}` : `${here} ${own} = ${there} ${meant}`;
}

/** What the clocks of a zone show; undefined for no zone. */
function wallIn(at: Date, zone: string): string | undefined {
  try {
    const timeZone = /^UTC[+-]/.test(zone) ? zone.slice(3) : zone;
    const timeStyle = at.getSeconds() === 0 ? 'short' : 'medium';
    return new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle }).format(at);
  } catch {
    return undefined;
  }
}
