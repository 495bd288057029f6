/**
 * A sender whose domain is one sign away from one that we wrote to: the usual way to pass for somebody. Worked out once,
 * when the message comes in, for it looks at every address that was ever reached.
 */
import type { Incoming } from '../domain/item.ts';
import type { Tables } from '../domain/ledger-port.ts';
import { domainOf, isOneSignAway } from '../lib/address.ts';
import { strange } from '../lib/words.ts';

/** One sentence per domain; whoever we wrote to before is no stranger, however alike. */
export async function lookAlikes(
  { attempts }: Pick<Tables, 'attempts'>,
  { from, answerTo }: Incoming,
): Promise<readonly string[]> {
  const sentences: string[] = [];
  for (const domain of new Set([from, ...answerTo].map(({ address }) => domainOf(address)))) {
    const reached = await attempts.reachedDomains(domain.length);
    const near = reached.find((known) => isOneSignAway(domain, known));
    if (near === undefined || reached.includes(domain)) continue;
    sentences.push(
      `The domain ${strange(domain, 253)} is one sign away from ${strange(near, 253)}, that of people you wrote to.`,
    );
  }
  return sentences;
}
