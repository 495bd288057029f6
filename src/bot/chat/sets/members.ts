/** Which drafts of one idea may be decided about at once: those whose own cards show them whole, and ask no more than that. */
import type { Card } from '../../../domain/card.ts';
import { isPlain } from '../decide-many.ts';
import { barredBy } from '../cards/card-look.ts';
import type { MessageId, Messenger } from '../messenger.ts';
import { cardHere } from '../places.ts';
import type { Remembered } from '../memory/memory.ts';
import type { MediaMemory } from '../cards/shown-attachments.ts';

export type Member = {
  readonly card: Card;
  /** The message that is its card; undefined when it has none. */
  readonly messageId: MessageId | undefined;
  /** `counts`: it is one of those. `apart`: it asks too, but by itself. `over`: it does not ask. */
  readonly kind: 'counts' | 'apart' | 'over';
  /** Why it stands apart; empty when it does not. */
  readonly why: string;
};

/** Those that could be decided about at once, as far as the record says. */
export const candidatesAmong = (cards: readonly Card[]): readonly Card[] =>
  cards.filter((card) => card.mood === 'asks' && whyApart(card, cards) === '');

/** @param cards all of one idea */
export async function membersOf(
  parts: { readonly messenger: Messenger; readonly remembered: Remembered; readonly media: MediaMemory },
  cards: readonly Card[],
): Promise<readonly Member[]> {
  const { remembered, media } = parts;

  /** Nothing is approved that was not shown: what counts is what the card in the chat says now. */
  const whyUnseen = async (card: Card, messageId: MessageId | undefined): Promise<string> => {
    if (messageId === undefined) return (await remembered.held(card.key)) ? 'it is among the others' : 'no card yet';
    const shown = await remembered.draftAt(messageId);
    if (shown?.key !== card.key || shown.revision !== card.revision) return 'its card is changing';
    return (await barredBy(card, media)) === '' ? '' : 'not all of it is shown';
  };

  return await Promise.all(
    cards.map(async (card): Promise<Member> => {
      const at = (await remembered.held(card.key)) ? undefined : await cardHere(parts, card.key);
      if (card.mood !== 'asks') return { card, messageId: at, kind: 'over', why: '' };
      const why = whyApart(card, cards) || (await whyUnseen(card, at));
      return { card, messageId: at, kind: why === '' ? 'counts' : 'apart', why };
    }),
  );
}

function whyApart(card: Card, cards: readonly Card[]): string {
  const { platform = '' } = card;
  const twins = cards.filter((one) => isAsked(one) && (one.platform ?? '') === platform).length;
  // Two texts for one place are a choice, and a choice is made one by one.
  if (platform === '' || twins > 1) return platform === '' ? 'no platform' : `${twins} for ${platform}`;
  if (isPlain(card)) return '';
  return card.risks.length > 0 ? 'it asks a second time' : 'it has a remark';
}

const isAsked = ({ mood }: Card): boolean => mood === 'asks' || mood === 'blocked';
