/** Between domain values and columns: instants are milliseconds, undefined is NULL, the rest is JSON. */

/** NULL for undefined. */
export const millis = (at: Date | undefined): number | null => at?.getTime() ?? null;

/** undefined for NULL. */
export const instant = (at: number | null): Date | undefined => (at === null ? undefined : new Date(at));

/** NULL for undefined. */
export const json = (value: object | undefined): string | null => (value === undefined ? null : JSON.stringify(value));
