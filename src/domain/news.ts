import type { Correspondent } from './item.ts';

/** What happened in the conversation of a message after it came in: an answer to it may be out of date. */
export type News = {
  /** Id of the message that came in. */
  readonly messageId: string;
  /** The same for the same event, at most 300 characters. */
  readonly key: string;
  /** When it happened, as far as anybody knows. */
  readonly at: Date;
  readonly what:
    /** Another message that names it came in; its id is the key. */
    | { readonly kind: 'newer'; readonly from: Correspondent }
    /** It was answered without us; `to`: addresses, empty when nobody knows. */
    | { readonly kind: 'answered'; readonly to: readonly string[] }
    /** It is where it lay no more, nor where messages are kept. */
    | { readonly kind: 'gone' };
};

/** Key of the news that a message is gone: there is one at most, and it can be taken back. */
export const goneKey = 'gone';

/** News and when we heard of it. */
export type Noted = News & { readonly notedAt: Date };
