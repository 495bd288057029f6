import type { CardMedia, KeptFile } from './card.ts';

/**
 * What a channel may show beside its words. Only reads, and never throws for what may be expected: a file that is gone
 * or not what it was is undefined.
 */
export type Exhibits = {
  /** The bytes of a file on a card, if they are still those of the card. */
  media(file: Pick<CardMedia, 'path' | 'sha256'>): Promise<Uint8Array | undefined>;
  /** A file that an attempt kept. */
  kept(file: KeptFile): Promise<Uint8Array | undefined>;
  /** Names of the pictures an attempt kept, in the order of the alphabet. */
  pictures(attempt: string): Promise<readonly string[]>;
  /** What an attempt wrote down, without secrets. */
  log(attempt: string): Promise<string | undefined>;
};
