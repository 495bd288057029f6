/** A sender whose domain is one sign away from one that we know: the usual way to pass for somebody. */
import type { Effect } from '../domain/effect.ts';
import type { Incoming } from '../domain/item.ts';
import type { Tables } from '../domain/ledger-port.ts';
import { domainOf, isOneSignAway } from '../lib/address.ts';
import { strange } from '../lib/words.ts';

/** One sentence per domain; whoever we wrote to before is no stranger, however alike. */
export async function lookAlikes(
  { attempts }: Pick<Tables, 'attempts'>,
  { platform, account }: Effect,
  { from, answerTo }: Incoming,
): Promise<readonly string[]> {
  const own = domainOf(account);
  const domains = [...new Set([from, ...answerTo].map(({ address }) => domainOf(address)))];
  const sentences: string[] = [];
  for (const domain of domains) {
    const reached = await attempts.reachedDomains(platform, domain.length);
    const near = [own, ...reached].find((known) => isOneSignAway(domain, known));
    if (near === undefined || domain === own || reached.includes(domain)) continue;
    const whose = near === own ? 'your own' : 'that of people you wrote to';
    sentences.push(`The domain ${strange(domain, 253)} is one sign away from ${strange(near, 253)}, ${whose}.`);
  }
  return sentences;
}
