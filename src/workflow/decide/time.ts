/** The instant that a person named for later, as the core takes it from every channel. */
import { localMoment, localSeconds } from '../../lib/local-time.ts';

const mostDays = 366;

/** The instant a person named: ISO 8601, or local time without a zone. A string says in words what is wrong with it. */
export function readInstant(text: string, now: Date): Date | string {
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) ? new Date(text) : undefined;
  if (at === undefined || Number.isNaN(at.getTime())) return 'That is no time I can read, so nothing was changed.';
  if (at <= now) return 'That time has passed, so nothing was changed.';
  if (at.getTime() - now.getTime() > mostDays * 86_400_000) return 'That is more than a year away.';
  return at;
}

/** With seconds when it is soon. */
export const timeWords = (at: Date, now: Date): string =>
  at.getTime() - now.getTime() > 60_000 ? localMoment(at, now) : localSeconds(at);
