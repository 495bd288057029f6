import { randomBytes } from 'node:crypto';

/** Randomness as a part that is passed in. */
export type Random = {
  /** `length` characters of [a-z0-9], evenly distributed. */
  key(length: number): string;
  /** Between 0 and 1. */
  fraction(): number;
};

// 32 signs without those that are easily confused; 256 is a multiple of 32, so no value is favoured.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

export const systemRandom: Random = {
  key: (length) => Array.from(randomBytes(length), (byte) => alphabet[byte % 32]).join(''),
  fraction: () => Math.random(),
};

/** Sortable by time, unique: 9 characters of time, then `random`. */
export const createId = (now: Date, random: Random): string =>
  now.getTime().toString(36).padStart(9, '0') + random.key(11);

/** When an id of `createId` was made; undefined for anything else. */
export function timeOfId(id: string): Date | undefined {
  if (!/^[0-9a-z]{20}$/.test(id)) return undefined;
  return new Date(Number.parseInt(id.slice(0, 9), 36));
}
