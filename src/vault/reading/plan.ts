/**
 * When a draft should leave, by everything in its file that says so: one of many keys, a day and an hour apart, a zone
 * beside them, a line in bold. What is not understood blocks: nothing leaves at another time than its author meant.
 */
import { blocks, warns } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';
import { strange } from '../../lib/words.ts';
import { atOnce } from './calendar-words.ts';
import { expiryOf, instantOf, momentOf, notUnderstood, passed } from './instant.ts';
import type { Moment } from './instant.ts';
import { isLooseTimeKey, isScheduleKey, mayBeSchedule } from './keys.ts';
import type { Layout } from './layout.ts';
import type { Field } from './line-kinds.ts';
import { zoneName, zoneOf } from './zones.ts';
import type { Zone } from './zones.ts';

export type Plan = {
  /** ISO in UTC, empty for "as soon as allowed". */
  readonly schedule: string;
  /** The zone the time is meant in, as a card names it; empty when it is the one of this machine. */
  readonly zone: string;
  /** ISO in UTC, empty when not told. */
  readonly expires: string;
  readonly problems: readonly Problem[];
  /** Keys that told the time. */
  readonly from: readonly string[];
};

/** Says that there is a plan, and not when. */
const flag = /^(?:true|yes|on|scheduled)$/i;

type Told = { readonly key: string; readonly value: string; readonly moment: Moment | undefined };

/** @param written fields of the body that are not part of the text */
export function planOf(layout: Layout, written: readonly Field[], now: Date): Plan {
  const { fields } = layout;
  const zoneValue = [...fields.values('timezone'), ...valuesOf(written, 'timezone')][0];
  const zone = zoneValue === undefined || /^local\b/i.test(zoneValue) ? undefined : zoneOf(zoneValue);
  const problems: Problem[] = [];
  const told = toldTimes(layout, written, now);
  if (zoneValue !== undefined && zone === undefined && !/^local\b/i.test(zoneValue) && told.length > 0) {
    problems.push(
      blocks(
        'bad_schedule',
        `“${strange(zoneValue, 40)}” is no time zone that means one thing only.`,
        'Write it like Europe/Berlin or UTC+5.',
      ),
    );
  }
  const leaves = problems.length > 0 ? nothing() : whenOf(told, zone, now);
  const until = expiryOf([...fields.values('expires'), ...valuesOf(written, 'expires')][0] ?? '', now, zone);
  problems.push(...leaves.problems, ...until.problems, ...otherTimes(layout, now));
  if (leaves.at !== undefined && until.expires !== '' && leaves.at.toISOString() > until.expires) {
    problems.push(
      blocks(
        'expired',
        'It is planned for a time at which it will have expired.',
        'Change the time it should leave at, or “expires”.',
      ),
    );
  }
  const meant = leaves.zone ?? zone;
  return {
    schedule: leaves.at?.toISOString() ?? '',
    zone: leaves.at === undefined || meant === undefined ? '' : zoneName(meant),
    expires: until.expires,
    problems,
    from: told.map(({ key }) => key).filter((key) => key !== ''),
  };
}

const valuesOf = (written: readonly Field[], name: string): readonly string[] =>
  written.filter(({ key }) => key === name).map(({ value }) => value);

/** Every time the file tells to leave at, without those that say "as soon as it is approved". */
function toldTimes({ fields }: Layout, written: readonly Field[], now: Date): readonly Told[] {
  const keyed = fields.keys(isScheduleKey).flatMap((key) => fields.key(key).map((value) => ({ key, value })));
  const inBody = valuesOf(written, 'schedule').map((value) => ({ key: '', value }));
  const named = [...keyed, ...inBody].filter(({ value }) => !atOnce.test(value.trim()));
  const all = named.length > 0 ? named : looseTimes(fields, now);
  return all.map((one) => ({ ...one, moment: momentOf(one.value) }));
}

/** `date:` is mostly the day a file was made on; one that lies ahead can't be. */
function looseTimes(fields: Layout['fields'], now: Date): readonly { readonly key: string; readonly value: string }[] {
  const all = fields.keys(isLooseTimeKey).flatMap((key) => fields.key(key).map((value) => ({ key, value })));
  const ahead = all.some(({ value }) => {
    const moment = momentOf(value);
    return moment?.day !== undefined && dayNumber(moment.day) > now.getTime();
  });
  return ahead ? all : [];
}

const dayNumber = (day: NonNullable<Moment['day']>): number => Date.UTC(day.year, day.month - 1, day.day);

type When = { readonly at: Date | undefined; readonly zone: Zone | undefined; readonly problems: readonly Problem[] };

const nothing = (...problems: readonly Problem[]): When => ({ at: undefined, zone: undefined, problems });

/** The one instant that all of it says. */
function whenOf(told: readonly Told[], zone: Zone | undefined, now: Date): When {
  if (told.length === 0) return nothing();
  const odd = told.find(({ moment, value }) => moment === undefined && !flag.test(value.trim()));
  if (odd !== undefined) return nothing(notUnderstood(odd.value));
  const moments = told.flatMap(({ moment }) => (moment === undefined ? [] : [moment]));
  const days = distinct(moments.map(({ day }) => day));
  const clocks = distinct(moments.map(({ clock }) => clock));
  const whole = moments.filter((one) => one.day !== undefined && one.clock !== undefined);
  const [first] = whole;
  const [day, clock] = [days[0], clocks[0]];
  // Two keys may name one instant in two zones; what names only a day or an hour must be that of a whole one.
  const parts =
    first === undefined ? days.length > 1 || clocks.length > 1 : moments.some((one) => !isPartOf(one, whole));
  const instants = distinct(whole.map((one) => instantIn(one, zone)?.getTime()));
  if (parts || instants.length > 1) return nothing(twoTimes(told));
  if (day === undefined) return nothing(noDay(told));
  if (clock === undefined) {
    const over = new Date(dayNumber(day) + 36 * 3_600_000);
    return over < now ? nothing(...passed(over, now)) : nothing(noHour(told));
  }
  const meant = (first ?? moments.find((one) => one.clock !== undefined))?.zone ?? zone;
  const at = instantOf(first?.day ?? day, first?.clock ?? clock, meant);
  return at === undefined
    ? nothing(notUnderstood(told[0]?.value ?? ''))
    : { at, zone: meant, problems: passed(at, now) };
}

const instantIn = ({ day, clock, zone }: Moment, beside: Zone | undefined): Date | undefined =>
  day === undefined || clock === undefined ? undefined : instantOf(day, clock, zone ?? beside);

const isPartOf = (one: Moment, whole: readonly Moment[]): boolean =>
  whole.some(
    ({ day, clock }) =>
      (one.day === undefined || JSON.stringify(one.day) === JSON.stringify(day) || one.clock !== undefined) &&
      (one.clock === undefined || JSON.stringify(one.clock) === JSON.stringify(clock) || one.day !== undefined),
  );

const distinct = <T>(values: readonly (T | undefined)[]): readonly T[] => {
  const found = new Map<string, T>();
  for (const value of values) if (value !== undefined) found.set(JSON.stringify(value), value);
  return [...found.values()];
};

const saying = (told: readonly Told[]): string =>
  told
    .map(({ value }) => `“${strange(value, 40)}”`)
    .slice(0, 3)
    .join(', ');

const twoTimes = (told: readonly Told[]): Problem =>
  blocks('contradiction', `The file names two times to leave at: ${saying(told)}.`, 'Leave one of them.');

const noHour = (told: readonly Told[]): Problem =>
  blocks(
    'bad_schedule',
    `The file names a day to leave on and no hour: ${saying(told)}.`,
    'Add the hour, like 2026-02-19 14:30, or take the line out.',
  );

const noDay = (told: readonly Told[]): Problem =>
  blocks(
    'bad_schedule',
    `The file says that it is planned, and not for which day: ${saying(told)}.`,
    'Write it like 2026-02-19 14:30, or take the line out.',
  );

/** Keys that speak of publishing and name a time ahead, without being known: said, so that nobody relies on them. */
function otherTimes({ fields }: Layout, now: Date): readonly Problem[] {
  const odd = fields
    .keys((name) => mayBeSchedule(name) && !isScheduleKey(name))
    .flatMap((key) => fields.key(key).map((value) => ({ key, moment: momentOf(value) })))
    .find(({ moment }) => moment?.day !== undefined && dayNumber(moment.day) > now.getTime() - 86_400_000);
  if (odd === undefined) return [];
  const what = `“${strange(odd.key, 40)}” names a time, but not as one to leave at: it would leave right after the approval.`;
  return [warns('bad_schedule', what, 'Call it “scheduled_for” if it should wait.')];
}
