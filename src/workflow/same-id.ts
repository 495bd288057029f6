/**
 * Whether the record speaks of another message under the id of this one. Its sender chose the id and may choose it twice:
 * then the card of an answer would say what is true of the first one, and nothing of what is odd about the second.
 */
import type { Incoming } from '../domain/item.ts';
import type { Tables } from '../domain/ledger-port.ts';

/** @param message on record already, unless another one is */
export async function isAnothers({ incoming }: Pick<Tables, 'incoming'>, message: Incoming): Promise<boolean> {
  const kept = (await incoming.find(message.id)).find(({ from }) => addressOf(from) === addressOf(message.from));
  return kept === undefined || said(kept) !== said(message) || !knows(kept, message);
}

const said = ({ answerTo, others, subject, at }: Incoming): string =>
  JSON.stringify([answerTo.map(addressOf), others.map(addressOf), subject, at.getTime()]);

/** What was found out besides, when it came in, comes before what the watcher saw. */
const knows = (kept: Incoming, { cautions }: Incoming): boolean =>
  cautions.every((caution) => kept.cautions.includes(caution));

const addressOf = ({ address }: Incoming['from']): string => address.toLowerCase();
