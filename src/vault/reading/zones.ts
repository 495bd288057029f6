/** Time zones as people write them, and what the clocks of one show. Pure: the rules of zones come with Node. */

/** `zone` is a name of the IANA; an offset is in minutes east of Greenwich. */
export type Zone = { readonly zone: string } | { readonly offset: number };

/** Short names that mean one zone only. Others (EST, IST, CST, PST …) mean different hours to different people. */
const shortNames: Readonly<Record<string, { readonly zone: string; readonly offset: number }>> = {
  cet: { zone: 'Europe/Berlin', offset: 60 },
  cest: { zone: 'Europe/Berlin', offset: 120 },
  eet: { zone: 'Europe/Athens', offset: 120 },
  eest: { zone: 'Europe/Athens', offset: 180 },
  wet: { zone: 'Europe/Lisbon', offset: 0 },
  west: { zone: 'Europe/Lisbon', offset: 60 },
  edt: { zone: 'America/New_York', offset: -240 },
  mdt: { zone: 'America/Denver', offset: -360 },
  pdt: { zone: 'America/Los_Angeles', offset: -420 },
  pkt: { zone: 'Asia/Karachi', offset: 300 },
  jst: { zone: 'Asia/Tokyo', offset: 540 },
  nzdt: { zone: 'Pacific/Auckland', offset: 780 },
  nzst: { zone: 'Pacific/Auckland', offset: 720 },
};

/** A zone by its name, its short name or its offset; undefined when nobody can say which one it is. */
export function zoneOf(written: string): Zone | undefined {
  const text = written.trim();
  const [, sign, hours = '', minutes = '00'] = /^(?:utc|gmt)?\s?([+-])(\d{1,2}):?(\d{2})?$/i.exec(text) ?? [];
  if (sign !== undefined) {
    const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
    return Math.abs(offset) <= 14 * 60 && Number(minutes) < 60 ? { offset } : undefined;
  }
  if (/^(?:z|utc|gmt)$/i.test(text)) return { offset: 0 };
  const short = shortNames[text.toLowerCase()];
  if (short !== undefined) return short;
  if (!/^[A-Za-z]{2,20}\/[A-Za-z_+-]{2,30}(?:\/[A-Za-z_]{2,30})?$/.test(text)) return undefined;
  try {
    return { zone: new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone };
  } catch {
    return undefined;
  }
}

/** What a clock shows: month from 1. */
export type Wall = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
};

/**
 * The instant at which clocks of the zone show this. Where clocks change, one that exists twice is the first of the two,
 * and one that does not exist is as long after midnight as it says. Undefined when the zone's short name is not the one
 * that holds on that day (`CET` in summer).
 *
 * @param zone undefined: the clock of this machine
 */
export function instantAt(wall: Wall, zone: Zone | undefined): Date | undefined {
  const { year, month, day, hour, minute, second } = wall;
  if (zone === undefined) return new Date(year, month - 1, day, hour, minute, second);
  const utc = Date.UTC(year, month - 1, day, hour, minute, second);
  if (!('zone' in zone)) return new Date(utc - zone.offset * 60_000);
  const before = offsetIn(zone.zone, utc - 86_400_000);
  const after = offsetIn(zone.zone, utc + 86_400_000);
  const fits = [before, after].filter((offset) => offsetIn(zone.zone, utc - offset * 60_000) === offset);
  const offset = fits.length === 0 ? before : Math.max(...fits);
  if ('offset' in zone && zone.offset !== offset) return undefined;
  return new Date(utc - offset * 60_000);
}

/** Minutes east of Greenwich at an instant. */
function offsetIn(zone: string, instant: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value ?? 0);
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return Math.round((wall - Math.floor(instant / 1_000) * 1_000) / 60_000);
}

/** How a card names the zone: `Asia/Karachi`, `UTC+05:00`. */
export function zoneName(zone: Zone): string {
  if ('zone' in zone) return zone.zone;
  if (zone.offset === 0) return 'UTC';
  const minutes = Math.abs(zone.offset);
  const two = (value: number) => String(value).padStart(2, '0');
  return `UTC${zone.offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
