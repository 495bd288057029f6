/**
 * Wrong keys at the page and at its API. The core counts them; here the answer to one takes its time, more with each, so
 * that nobody tries many. A right key never waits: on this machine everybody comes from one address, and the owner must
 * not stand in line behind somebody who guesses. What keeps the page shut is the length of the key, not the wait.
 */
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import type { Actor } from '../../domain/actor.ts';
import { sleep } from '../../lib/clock.ts';
import type { SiteParts } from './parts.ts';

/** Counts a wrong key. Resolves when it may be answered; to `too_many` when so many wait that this one can't. */
export type Knocking = (c: Context) => Promise<'answer' | 'too_many'>;

export const tooManyKeys = 'Too many wrong keys at once. Try again in a minute.';

/** Together; each holds a connection. */
const mostWaiting = 20;

export function createKnocking({ door, clock, closing }: Pick<SiteParts, 'door' | 'clock' | 'closing'>): Knocking {
  let waiting = 0;
  return async (c) => {
    const address = addressOf(c);
    const who: Actor = { source: 'web', id: address, name: address };
    const { waitMs } = door.knocked(who, 'key');
    if (waitMs === 0) return 'answer';
    if (waiting >= mostWaiting) return 'too_many';
    waiting += 1;
    try {
      await sleep(clock, waitMs, closing);
    } finally {
      waiting -= 1;
    }
    return 'answer';
  };
}

/** Of the connection: what a header says anybody may write. Of IPv6 the network, which is one household's. */
function addressOf(c: Context): string {
  const address = getConnInfo(c).remote.address ?? 'unknown';
  if (address.startsWith('::ffff:')) return address.slice('::ffff:'.length);
  return address.includes(':') && address !== '::1' ? networkOf(address) : address;
}

/** The first half of an IPv6 address, whose zeros may be left out. */
export function networkOf(address: string): string {
  const [head = '', tail] = address.split('::');
  const groups = head.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: 4 }, () => '0');
  return `${[...groups, ...zeros].slice(0, 4).join(':')}::/64`;
}
