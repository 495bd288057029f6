/** What becomes of each mail that was read: an answer is drafted, or it is put down why none is. */
import type { Item } from '../../domain/item.ts';
import type { TakeIn } from '../../domain/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { oneLine } from '../../lib/words.ts';
import type { Mail } from './mail.ts';
import { answerTo } from './people.ts';
import { toItem } from './to-item.ts';
import { triage } from './triage.ts';

const dayMs = 86_400_000;

/** Decides what becomes of each mail and hands it in; remembers for a day who got drafts, to notice loops. */
export function createDesk(parts: {
  readonly account: string;
  readonly takeIn: TakeIn;
  readonly clock: Clock;
  readonly logger: Logger;
}): { handIn(mail: Mail): Promise<void>; handInUnreadable(item: Item): Promise<void> } {
  const { account, takeIn, clock, logger } = parts;
  let drafted: readonly { readonly sender: string; readonly at: number }[] = [];
  return {
    async handIn(mail) {
      const now = clock.now().getTime();
      // Not the sender: a form sends what many people write, each with an address of his own to answer to.
      const sender = answerTo(mail.head, account)
        .map(({ address }) => address.toLowerCase())
        .join(' ');
      drafted = drafted.filter(({ at }) => at > now - dayMs);
      const draftsForSender = drafted.filter((one) => one.sender === sender).length;
      const triaged = triage({ mail, account: account.toLowerCase(), draftsForSender });
      if (triaged.verdict === 'drop') {
        logger.info(oneLine(`Mail ${mail.uid} left aside (${triaged.rule}): ${triaged.why}.`, 200));
        return;
      }
      const answer = await takeIn(toItem(account, mail, triaged));
      if (triaged.verdict === 'draft' && answer === 'new') drafted = [...drafted, { sender, at: now }];
    },
    async handInUnreadable(item) {
      await takeIn(item);
    },
  };
}
