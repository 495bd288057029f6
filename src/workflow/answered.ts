/**
 * What an answer answers. A file may name any Message-ID; only one that reached us counts, and only for whoever sent it:
 * otherwise a made-up one would make a first mail to a stranger look like an answer (promise P1).
 */
import { bareAddress } from '../domain/effect.ts';
import type { Effect } from '../domain/effect.ts';
import type { Correspondent, Incoming } from '../domain/item.ts';
import type { Tables } from '../domain/ledger-port.ts';

/** The message that is answered, as it reached us; undefined when it is none, or none that we know. */
export async function answeredMessage(tables: Pick<Tables, 'incoming'>, effect: Effect): Promise<Incoming | undefined> {
  const messages = await named(tables, effect);
  const people = new Set([...effect.to, ...effect.cc, ...effect.bcc].map(bareAddress));
  // Two senders may have used one id: it is the one to whom the answer goes.
  return messages.find((message) => people.has(senderOf(message))) ?? messages[0];
}

/** Those of the message, wished for or in copy, to whom the answer does not go; in the order of the message. */
export function leftOutOf({ answerTo, others }: Incoming, effect: Effect): readonly Correspondent[] {
  const reached = new Set([effect.account, ...effect.to, ...effect.cc, ...effect.bcc].map(bareAddress));
  return [...answerTo, ...others].filter(({ address }) => !reached.has(bareAddress(address)));
}

/** Addresses, in lower case, whose message is answered. Whom a sender wants answered instead wrote nothing. */
export const whoWrote = async (tables: Pick<Tables, 'incoming'>, effect: Effect): Promise<ReadonlySet<string>> =>
  new Set((await named(tables, effect)).map(senderOf));

const named = (tables: Pick<Tables, 'incoming'>, { thread }: Effect): Promise<readonly Incoming[]> =>
  thread === undefined ? Promise.resolve([]) : tables.incoming.find(thread.inReplyTo);

const senderOf = ({ from }: Incoming): string => bareAddress(from.address);
