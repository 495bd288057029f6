import type { Effect } from './effect.ts';
import type { Problem } from './problem.ts';

/**
 * What a file in the vault says, read without ever throwing. Only `draft` can be approved; the others become a card or
 * a note that says why not. Where the text stands in the file is kept, so that an edit replaces just that.
 */
export type Reading =
  | {
      readonly kind: 'draft';
      /** Without account: who sends is not the file's business. */
      readonly effect: Effect;
      readonly problems: readonly Problem[];
      /** Where `effect.text` stands. */
      readonly span: Span;
      /** The mail or post that is answered, for the card; empty when none. */
      readonly original: string;
    }
  | {
      readonly kind: 'unclear';
      readonly effect: Effect;
      readonly problems: readonly Problem[];
      readonly candidates: readonly Candidate[];
    }
  /** Nothing in it is meant to leave: an incoming mail, a plan, a record. `problems` says which. */
  | { readonly kind: 'not_publishable'; readonly effect: Effect; readonly problems: readonly Problem[] };

/** A text that may be the one to send. */
export type Candidate = {
  /** Names the text within its file: the beginning of its SHA-256, [0-9a-f]{10}. */
  readonly id: string;
  readonly text: string;
  readonly span: Span;
  readonly why: string;
};

/** A range of the decoded file (UTF-16 units, end excluded) and the lines it covers (from 1). */
export type Span = {
  readonly start: number;
  readonly end: number;
  readonly firstLine: number;
  readonly lastLine: number;
};
