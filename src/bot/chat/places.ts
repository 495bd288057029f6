/** Places as the conversation asks for them: of the usual chat, of a card that stands there, and of what is addressed. */
import type { ChatAddress } from './routing.ts';
import { home } from './routing.ts';
import type { MessageId, Messenger, Place, Sent } from './messenger.ts';
import type { Remembered } from './memory/memory.ts';
import type { Answer } from './trouble.ts';

/** The chat where we ask; empty while nobody is paired. */
export async function homeOf(messenger: Pick<Messenger, 'open'>): Promise<Place> {
  const place = await placeFor(messenger, home);
  return place.kind === 'ok' ? place.value : '';
}

export const placeFor = (messenger: Pick<Messenger, 'open'>, { chat, section }: ChatAddress): Promise<Answer<Place>> =>
  messenger.open(chat, section);

export async function sendTo(
  messenger: Pick<Messenger, 'open' | 'send'>,
  address: ChatAddress,
  ...[text, look]: SendingRest
): Promise<Answer<Sent>> {
  const place = await placeFor(messenger, address);
  return place.kind === 'trouble' ? place : await messenger.send(place.value, text, look);
}

type SendingRest = Parameters<Messenger['send']> extends [Place, ...infer Rest] ? Rest : never;

type Parts = { readonly messenger: Messenger; readonly remembered: Remembered };

/** The message that is the draft's card, when it stands in the chat where we ask now. */
export async function cardHere({ messenger, remembered }: Parts, key: string): Promise<MessageId | undefined> {
  const card = await remembered.cardAt(key);
  return card !== undefined && messenger.standsIn(card, await homeOf(messenger)) ? card : undefined;
}

/** Where the draft's card lies, or lay last; the chat itself when it has none there. */
export async function placeOfCard({ messenger, remembered }: Parts, key: string): Promise<Place> {
  const [place, here] = [await remembered.placeOf(key), await homeOf(messenger)];
  return place !== undefined && messenger.standsIn(place, here) ? place : here;
}
