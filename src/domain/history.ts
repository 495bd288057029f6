import type { Attempt } from './attempt.ts';
import type { CardPart } from './card.ts';
import type { Comment } from './comment.ts';
import type { Decision } from './decision.ts';

/**
 * Something that happened to a draft, as the record has it. `version` counts the texts that were ever on offer, from 1;
 * 0 when that text is not on record.
 */
export type HistoryEvent =
  /** A text was seen for the first time. `signs`: its length in code points. */
  | { readonly kind: 'version'; readonly at: Date; readonly version: number; readonly signs: number }
  | { readonly kind: 'decision'; readonly at: Date; readonly version: number; readonly decision: Decision }
  | { readonly kind: 'comment'; readonly at: Date; readonly version: number; readonly comment: Comment }
  | { readonly kind: 'attempt'; readonly at: Date; readonly version: number; readonly attempt: Attempt };

/** All there is to read about a draft; a card has room for the beginning only. Written by strangers. */
export type WholeDraft = {
  /** Short revision this is about, as on the card. */
  readonly revision: string;
  readonly text: string;
  readonly leftOut: readonly CardPart[];
  /** The whole message that is answered; empty when none. */
  readonly original: string;
};

/** The file itself, byte for byte as it lies in the vault. */
export type DraftFile = { readonly name: string; readonly bytes: Uint8Array };
