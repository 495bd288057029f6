/** One file in `Schedule/`: when, and the draft it makes. */
export type Entry = {
  /** Five fields. */
  readonly cron: string;
  /** IANA name, or empty for the zone of this machine. */
  readonly timezone: string;
  /** The draft's own front matter and text, with places to fill in. */
  readonly template: string;
};

/** Reads an entry; a string says in words what is wrong. Only `cron` and `timezone` are ours, the rest is the draft's. */
export function readEntry(text: string): Entry | string {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const closing = lines.indexOf('---', 1);
  if (lines[0] !== '---' || closing === -1) return 'it has no front matter between two lines of ---';
  const values = new Map<string, string>();
  const rest = lines.slice(1, closing).filter((line) => {
    const [, key = '', value = ''] = /^(cron|timezone)\s*:\s*(.*)$/i.exec(line) ?? [];
    if (key !== '') values.set(key.toLowerCase(), value.trim().replace(/^(["'])(.*)\1$/, '$2'));
    return key === '';
  });
  const cron = values.get('cron') ?? '';
  const timezone = values.get('timezone') ?? '';
  if (cron === '') return 'it has no “cron:” line';
  if (cron.split(/\s+/).length !== 5) return 'cron needs five fields: minute, hour, day, month, weekday';
  if (!isZone(timezone)) return 'its time zone is not known; write it like Europe/Berlin';
  const head = rest.every((line) => line.trim() === '') ? [] : ['---', ...rest, '---'];
  return { cron, timezone, template: [...head, ...lines.slice(closing + 1)].join('\n') };
}

function isZone(timezone: string): boolean {
  if (timezone === '') return true;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: timezone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** What the clock on the wall of the entry's zone shows. */
export type WallTime = { readonly date: string; readonly time: string; readonly weekday: string };

export function wallTime(at: Date, timezone: string): WallTime {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...(timezone === '' ? {} : { timeZone: timezone }),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    weekday: 'long',
    hourCycle: 'h23',
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
    weekday: part('weekday'),
  };
}

/** Fills in `{{date}}`, `{{weekday}}` and `{{time}}`; other places stay, and block the draft later. */
export const filledIn = (template: string, wall: WallTime): string =>
  template.replaceAll(/\{\{\s*(date|weekday|time)\s*\}\}/g, (place, name: string) =>
    name === 'date' || name === 'weekday' || name === 'time' ? wall[name] : place,
  );
