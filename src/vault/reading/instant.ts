import { blocks, warns } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';
import { strange } from '../../lib/words.ts';
import { joining, months, weekdays } from './calendar-words.ts';
import { instantAt, zoneOf } from './zones.ts';
import type { Zone } from './zones.ts';

/** What a written time tells: a day, an hour, or both, and where. */
export type Moment = {
  readonly day: { readonly year: number; readonly month: number; readonly day: number } | undefined;
  readonly clock: { readonly hour: number; readonly minute: number; readonly second: number } | undefined;
  readonly zone: Zone | undefined;
};

const longest = 120;

type Piece<T> = { readonly pattern: RegExp; read(found: readonly string[]): T | undefined };
type Day = NonNullable<Moment['day']>;
type Clock = NonNullable<Moment['clock']>;

const monthOf = (word: string): number => months.findIndex((names) => names.includes(word)) + 1;
const dayOf = (year: string, month: string | number, day: string): Moment['day'] => {
  const found = { year: Number(year), month: Number(month), day: Number(day) };
  // A date like 2026-02-31 would roll over into March: not what was meant.
  const last = new Date(Date.UTC(found.year, found.month, 0)).getUTCDate();
  return found.month >= 1 && found.month <= 12 && found.day >= 1 && found.day <= last ? found : undefined;
};
/** `03/04/2026` is two days; only where one number can be no month it is one. */
const either = (one: string, other: string, year: string): Moment['day'] => {
  if (Number(one) === Number(other)) return dayOf(year, one, other);
  const [first, second] = [dayOf(year, other, one), dayOf(year, one, other)];
  return first !== undefined && second !== undefined ? undefined : (first ?? second);
};

const days: readonly Piece<Day>[] = [
  {
    pattern: /(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/,
    read: ([, year = '', month = '', day = '']) => dayOf(year, month, day),
  },
  {
    pattern: /(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)/,
    read: ([, day = '', month = '', year = '']) => dayOf(year, month, day),
  },
  {
    pattern: /(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?!\d)/,
    read: ([, one = '', other = '', year = '']) => either(one, other, year),
  },
  {
    pattern:
      /(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.|º|ª)?[\s-]+(?:(?:of|de)\s+|d')?([a-z]{3,10})\.?,?[\s-]+(?:(?:de|del|of)\s+)?(\d{4})(?!\d)/,
    read: ([, day = '', month = '', year = '']) => dayOf(year, monthOf(month), day),
  },
  {
    pattern: /([a-z]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)/,
    read: ([, month = '', day = '', year = '']) => dayOf(year, monthOf(month), day),
  },
];

const clocks: readonly Piece<Clock>[] = [
  {
    pattern: /(?<![\d:.])t?(\d{1,2})[:h.](\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?![\d:])\s*(a\.?m\b\.?|p\.?m\b\.?)?/,
    read: ([, hour = '', minute = '', second = '', half = '']) =>
      clockOf(hour, minute, second === '' ? '0' : second, half),
  },
  {
    pattern: /(?<![\d:.])(\d{1,2})\s*(a\.?m\b\.?|p\.?m\b\.?)/,
    read: ([, hour = '', half = '']) => clockOf(hour, '0', '0', half),
  },
  {
    pattern: /(?<![\d:.])(\d{1,2})\s*(?:uhr|h|o['’]?clock|uur)(?![a-z\d])/,
    read: ([, hour = '']) => clockOf(hour, '0', '0', ''),
  },
];

function clockOf(hour: string, minute: string, second: string, half: string): Moment['clock'] {
  const twelve = half !== '';
  const written = Number(hour);
  if (twelve && (written < 1 || written > 12)) return undefined;
  const value = twelve ? (written % 12) + (half.startsWith('p') ? 12 : 0) : written;
  if (value > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  return { hour: value, minute: Number(minute), second: Number(second) };
}

/** A time as people write it; undefined when a word or a number in it is not understood, or two things contradict. */
export function momentOf(value: string): Moment | undefined {
  const text = plain(value);
  if (text.length > longest) return undefined;
  const [day, withoutDay] = taken(text, days);
  const [clock, withoutClock] = taken(withoutDay, clocks);
  if (day === null || clock === null || (day === undefined && clock === undefined)) return undefined;
  const words = withoutClock.split(/[\s,;()@|·•]+/).filter((word) => word !== '' && word !== '-' && word !== '–');
  let zone: Zone | undefined;
  for (const [at, word] of words.entries()) {
    // `GMT +1` is one zone in two words.
    const two =
      at > 0 && /^[+-]\d/.test(word) && /^(?:utc|gmt)$/.test(words[at - 1] ?? '')
        ? zoneOf(words[at - 1] + word)
        : undefined;
    const named = two ?? (isCalendarWord(word, day) ? undefined : zoneOf(word));
    if (two === undefined && named !== undefined && zone !== undefined) return undefined;
    zone = named ?? zone;
    if (named === undefined && !isCalendarWord(word, day)) return undefined;
  }
  return { day, clock, zone };
}

/** Lower case, without accents, quotes and marks. */
const plain = (value: string): string =>
  value
    .slice(0, 400)
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f*_`"“”]/g, (sign) => (sign === '_' ? '_' : ''))
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .trim();

/** The first piece that is found, and the text without it; null for one that is no day or hour. */
function taken<T>(text: string, pieces: readonly Piece<T>[]): readonly [found: T | undefined | null, rest: string] {
  for (const { pattern, read } of pieces) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const rest = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`;
    return [read([...found].map((group) => group ?? '')) ?? null, rest];
  }
  return [undefined, text];
}

/** A word that changes nothing, or the day of the week the date is on. */
function isCalendarWord(word: string, day: Moment['day']): boolean {
  const bare = word.replace(/\.$/, '').replaceAll(/['’]/g, '');
  if (joining.includes(bare)) return true;
  const names = weekdays.flatMap((names, index) => (names.includes(bare) ? [index] : []));
  if (names.length === 0 || day === undefined) return false;
  return names.includes(new Date(Date.UTC(day.year, day.month - 1, day.day)).getUTCDay());
}

/** The instant of a day and an hour; undefined where the clocks of that zone never show it so. */
export const instantOf = (day: Day, clock: Clock, zone: Zone | undefined): Date | undefined =>
  instantAt({ ...day, ...clock }, zone);

const midnight = { hour: 0, minute: 0, second: 0 };

/** When it should leave: ISO in UTC, empty for "as soon as allowed". Of one value; `plan.ts` reads a file. */
export function scheduleOf(
  value: string,
  now: Date,
): { readonly schedule: string; readonly problems: readonly Problem[] } {
  const moment = momentOf(value);
  const at =
    moment?.day === undefined || moment.clock === undefined
      ? undefined
      : instantOf(moment.day, moment.clock, moment.zone);
  if (at === undefined) return { schedule: '', problems: [notUnderstood(value)] };
  return { schedule: at.toISOString(), problems: passed(at, now) };
}

export const notUnderstood = (value: string): Problem =>
  blocks(
    'bad_schedule',
    `“${strange(value, 60)}” is not a time it could leave at.`,
    'Write it like 2026-02-19T14:30, or take the line out.',
  );

/** A minute is nothing: the draft was written, then looked at. */
export const passed = (at: Date, now: Date): readonly Problem[] =>
  at.getTime() >= now.getTime() - 60_000
    ? []
    : [
        warns(
          'bad_schedule',
          'The planned time has passed; it would leave right after the approval.',
          'Set a new time in the file if that is too late.',
        ),
      ];

/**
 * Until when it may leave: ISO in UTC, empty when not told. A day without a time lasts until its end.
 *
 * @param zone of the file; undefined for the clock of this machine
 */
export function expiryOf(
  value: string,
  now: Date,
  zone?: Zone,
): { readonly expires: string; readonly problems: readonly Problem[] } {
  if (value === '' || /^(?:never|no expiry)$/i.test(value)) return { expires: '', problems: [] };
  const moment = momentOf(value) ?? momentOf(value.replaceAll(/\([^()]*\)/g, ''));
  const last = moment === undefined ? undefined : lastOf(moment, zone);
  if (last === undefined) {
    const what = `“${strange(value, 60)}” is not a time it could expire at.`;
    return { expires: '', problems: [warns('bad_schedule', what, 'Write it like 2026-02-19T14:30.')] };
  }
  const over = blocks(
    'expired',
    'The file says it expired.',
    'Change or remove “expires” in the file if it should still go out.',
  );
  return { expires: last.toISOString(), problems: last.getTime() > now.getTime() ? [] : [over] };
}

function lastOf({ day, clock, zone }: Moment, beside: Zone | undefined): Date | undefined {
  if (day === undefined) return undefined;
  const where = zone ?? beside;
  if (clock !== undefined) return instantOf(day, clock, where);
  // The midnight that follows: two days in the year have other than 24 hours.
  const next = new Date(Date.UTC(day.year, day.month - 1, day.day + 1));
  return instantAt(
    { year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate(), ...midnight },
    where,
  );
}
