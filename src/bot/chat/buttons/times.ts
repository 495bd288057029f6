/**
 * Times people put a thing off to, in the time zone of this machine. Built from calendar days and never by adding hours,
 * so that 9:00 stays 9:00 when the clocks change.
 */
import { localClock } from '../../../lib/local-time.ts';

export type TimeChoice = { readonly id: 'hour' | 'tonight' | 'tomorrow'; readonly label: string; readonly at: Date };

const eveningHour = 20;
const morningHour = 9;

/** What is offered at this moment; "tonight" only while it lies at least half an hour ahead. */
export function timeChoices(now: Date): readonly TimeChoice[] {
  const evening = onDay(now, 0, eveningHour, 0);
  const early = evening.getTime() - now.getTime() >= 30 * 60_000;
  const morning = onDay(now, 1, morningHour, 0);
  return [
    { id: 'hour', label: '1 h', at: new Date(now.getTime() + 3_600_000) },
    ...(early ? [{ id: 'tonight', label: `Tonight ${localClock(evening)}`, at: evening } as const] : []),
    { id: 'tomorrow', label: `Tomorrow ${localClock(morning)}`, at: morning },
  ];
}

/** `14:30` (the next one), `tomorrow 9:00` or `2026-02-19 14:30`; undefined for anything else. */
export function readTime(text: string, now: Date): Date | undefined {
  const found = /^\s*(?:(tomorrow|\d{4}-\d{2}-\d{2})[ T]+)?(\d{1,2})[:.](\d{2})\s*$/i.exec(text);
  if (found === null) return undefined;
  const [, day = '', hours, minutes] = found;
  const [hour, minute] = [Number(hours), Number(minutes)];
  if (hour > 23 || minute > 59) return undefined;
  if (/^tomorrow$/i.test(day)) return onDay(now, 1, hour, minute);
  if (day === '') {
    const today = onDay(now, 0, hour, minute);
    return today > now ? today : onDay(now, 1, hour, minute);
  }
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const at = new Date(year, month - 1, date, hour, minute);
  // A date like 2026-02-31 rolls over into March: not what was meant.
  return at.getDate() === date && at.getMonth() === month - 1 ? at : undefined;
}

const onDay = (now: Date, days: number, hour: number, minute: number): Date =>
  new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour, minute);
