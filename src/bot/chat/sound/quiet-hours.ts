/** Local hours of the day in which nothing makes a sound: `from` is within, `to` is not. */
export type QuietHours = { readonly from: number; readonly to: number };

export function isQuiet({ from, to }: QuietHours, at: Date): boolean {
  const hour = at.getHours();
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
}

/** The next instant at which the quiet ends; built from the calendar, so that 7:00 stays 7:00 when clocks change. */
export function quietEnd({ to }: QuietHours, now: Date): Date {
  const end = (days: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, to);
  return end(0) > now ? end(0) : end(1);
}
