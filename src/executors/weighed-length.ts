import { createRequire } from 'node:module';

type Weigher = { readonly parseTweet: (text: string) => { readonly weightedLength: number } };

let weigher: Weigher | undefined;

/** Length as X counts it: links 23, emoji and most other scripts than Latin 2 a sign, after NFC. */
export function weighedLength(text: string): number {
  // Costs 24 MB and a fifth of a second, so it is loaded when the first post for X is read.
  weigher ??= createRequire(import.meta.url)('twitter-text') as Weigher;
  return weigher.parseTweet(text).weightedLength;
}
