/**
 * Waiting time before try `failures + 1`: grows by doubling, capped, with up to a quarter taken off at random so that
 * many waiters don't come back at the same instant.
 *
 * @param failures how many failed in a row, from 1
 * @param fraction a random number between 0 and 1
 * @returns milliseconds
 */
export function backoff(failures: number, baseMs: number, capMs: number, fraction: number): number {
  const full = Math.min(capMs, baseMs * 2 ** Math.min(failures - 1, 30));
  return Math.round(full * (1 - fraction / 4));
}
