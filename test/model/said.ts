/** What a person says with a button, drawn by a number from 0 to 11. */
import type { Card } from '../../src/domain/card.ts';
import type { DraftVerb } from '../../src/domain/decision.ts';
import { png } from '../support/pictures.ts';
import type { Wish } from './steps.ts';

const second = 1_000;
/** The first has passed. */
const delays = [-60 * second, 40 * second, 3_600 * second, 20 * 3_600 * second];
const reasons = ['', 'Wrong tone', '“Too: soon”\n---'];

export type Said = { readonly verb: DraftVerb; readonly text?: string; readonly picture?: Uint8Array };

/** @returns undefined when the card has no button */
export function saidOn(card: Card, wish: Wish, number: number, now: Date): Said | undefined {
  const verb = wish === 'offered' ? card.verbs[number % Math.max(card.verbs.length, 1)] : wish;
  if (verb === undefined) return undefined;
  // The words must not go by the same number as the button.
  const among = <T>(list: readonly T[]): T | undefined => list[Math.floor(number / 3) % Math.max(list.length, 1)];
  const later = () => new Date(now.getTime() + (among(delays) ?? 0)).toISOString();
  switch (verb) {
    case 'edit': {
      const text = `Text ${card.text.length % 4}.`;
      // Some of the new texts come with a picture.
      return card.revision < '5' ? { verb, text, picture: png(4, 4, card.text.length % 3) } : { verb, text };
    }
    case 'postpone':
      return { verb, text: later() };
    case 'approve':
      return number === 7 || number === 10 ? { verb, text: later() } : { verb };
    case 'reject':
    case 'reason':
      return { verb, text: among(reasons) ?? '' };
    case 'choose':
      return { verb, text: among(card.candidates)?.id ?? '' };
    default:
      return { verb };
  }
}
