/** Whether what was found is what a setting takes. */
import { quoted } from '../domain/setting.ts';
import type { Kind, Mistake, Setting } from '../domain/setting.ts';

/** @param found not empty: what is left out has its default. */
export function check({ name, kind }: Setting, found: string): readonly Mistake[] {
  const wanted = wrongness(kind, found);
  if (wanted === undefined) return [];
  return [{ name, found: kind.kind === 'secret' ? `a secret of ${found.length} characters` : quoted(found), wanted }];
}

/** What is wanted instead; undefined when `found` is right. */
function wrongness(kind: Kind, found: string): string | undefined {
  switch (kind.kind) {
    case 'text':
    case 'secret':
      return /[\r\n\0]/.test(found) ? 'one line' : undefined;
    case 'whole': {
      const value = Number(found);
      const right = /^\d+$/.test(found) && value >= kind.min && value <= kind.max;
      return right ? undefined : `a whole number from ${kind.min} to ${kind.max}`;
    }
    case 'flag':
      return /^(true|false|yes|no|1|0)$/i.test(found) ? undefined : 'true or false';
    case 'one_of':
      return kind.values.some((value) => value.toLowerCase() === found.toLowerCase())
        ? undefined
        : `one of ${kind.values.join(', ')}`;
    case 'matching':
      return kind.pattern.test(found) ? undefined : kind.wanted;
    case 'url':
      return URL.canParse(found) && /^https?:$/.test(new URL(found).protocol)
        ? undefined
        : 'an address like https://example.com';
    case 'hours':
      return hoursOf(found) === undefined ? 'two different hours like 22-7' : undefined;
    case 'time_of_day':
      return /^off$/i.test(found) || timeOfDay(found) !== undefined ? undefined : 'a time like 18:00, or off';
  }
}

/** `18:00`; undefined when it is no time of day. */
export function timeOfDay(text: string): { readonly hour: number; readonly minute: number } | undefined {
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  return hour === undefined ? undefined : { hour: Number(hour), minute: Number(minute) };
}

/** `22-7`; undefined when it is no span of hours. */
export function hoursOf(text: string): { readonly from: number; readonly to: number } | undefined {
  const [, from, to] = /^([01]?\d|2[0-3])\s*-\s*([01]?\d|2[0-3])$/.exec(text) ?? [];
  return from === undefined || Number(from) === Number(to) ? undefined : { from: Number(from), to: Number(to) };
}
