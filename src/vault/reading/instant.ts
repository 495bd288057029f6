import { blocks, warns } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';
import { strange } from '../../lib/words.ts';

const written = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d{1,9})?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;

/** `dayEnd`: of the day it is on, where only a day is named. */
type Named = { readonly at: Date; readonly hasTime: boolean; readonly dayEnd: Date };

/**
 * A time as people write it in front matter; without a zone it is the time of this machine. Where clocks change, one that
 * exists twice is the first of the two, and one that does not exist is as long after midnight as it says.
 */
function instantOf(value: string): Named | undefined {
  const text = value.trim();
  const found = written.exec(text);
  if (found === null) return undefined;
  const [, day = '', time, zone = ''] = found;
  const seconds = /\d{2}:\d{2}(:\d{2})/.exec(text)?.[1] ?? ':00';
  const offset = /^(?:z|utc)$/i.test(zone) ? 'Z' : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const at = new Date(`${day}T${time ?? '00:00'}${time === undefined ? ':00' : seconds}${offset}`);
  // A date like 2026-02-31 rolls over into March: not what was meant.
  const rolled =
    Number(day.slice(8)) > new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate();
  if (Number.isNaN(at.getTime()) || rolled) return undefined;
  // Two days in the year have other than 24 hours.
  const dayEnd = new Date(at);
  if (zone === '') dayEnd.setDate(dayEnd.getDate() + 1);
  else dayEnd.setTime(at.getTime() + 86_400_000);
  return { at, hasTime: time !== undefined, dayEnd };
}

/** When it should leave: ISO in UTC, empty for "as soon as allowed". */
export function scheduleOf(
  value: string,
  now: Date,
): { readonly schedule: string; readonly problems: readonly Problem[] } {
  if (value === '' || /^(?:now|asap|immediately|immediate)$/i.test(value)) return { schedule: '', problems: [] };
  const found = instantOf(value);
  if (found === undefined || !found.hasTime) {
    const what = `“${strange(value, 60)}” is not a time it could leave at.`;
    return {
      schedule: '',
      problems: [blocks('bad_schedule', what, 'Write it like 2026-02-19T14:30, or take the line out.')],
    };
  }
  const schedule = found.at.toISOString();
  if (found.at.getTime() >= now.getTime() - 60_000) return { schedule, problems: [] };
  const past = warns(
    'bad_schedule',
    'The planned time has passed; it would leave right after the approval.',
    'Set a new time in the file if that is too late.',
  );
  return { schedule, problems: [past] };
}

/** Until when it may leave: ISO in UTC, empty when not told. A day without a time lasts until its end. */
export function expiryOf(
  value: string,
  now: Date,
): { readonly expires: string; readonly problems: readonly Problem[] } {
  if (value === '' || /^(?:never|no expiry)$/i.test(value)) return { expires: '', problems: [] };
  const found = instantOf(value);
  if (found === undefined) {
    const what = `“${strange(value, 60)}” is not a time it could expire at.`;
    return { expires: '', problems: [warns('bad_schedule', what, 'Write it like 2026-02-19T14:30.')] };
  }
  const last = found.hasTime ? found.at : found.dayEnd;
  const over = blocks(
    'expired',
    'The file says it expired.',
    'Change or remove “expires” in the file if it should still go out.',
  );
  return { expires: last.toISOString(), problems: last.getTime() > now.getTime() ? [] : [over] };
}
