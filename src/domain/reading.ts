import type { Effect } from './effect.ts';
import type { Problem } from './problem.ts';

/**
 * What a file in the vault says, read without ever throwing. Only `draft` can be approved; the others become a card or
 * a note that says why not. Where the text stands in the file is kept, so that an edit replaces just that.
 */
export type Reading =
  | (Told & {
      readonly kind: 'draft';
      /** Where `effect.text` stands. */
      readonly span: Span;
      /** The mail or post that is answered, for the card; empty when none. */
      readonly original: string;
    })
  | (Told & {
      readonly kind: 'unclear';
      /** In the order of the file's most telling places; a person picks one. */
      readonly candidates: readonly Candidate[];
    })
  | {
      /** Nothing in it is meant to leave. */
      readonly kind: 'not_publishable';
      readonly effect: Effect;
      readonly problems: readonly Problem[];
      readonly why: NotPublishable;
    };

type Told = {
  /** Without account: who sends is not the file's business. */
  readonly effect: Effect;
  readonly problems: readonly Problem[];
  /** Where in the file each value comes from; a value the file doesn't tell has none. */
  readonly sources: readonly Source[];
  /** What stands below the front matter and is no part of what leaves, in the order of the file. */
  readonly leftOut: readonly LeftOut[];
  /** Not after this instant, ISO 8601 in UTC; empty when the file doesn't say. */
  readonly expires: string;
  /** Tags the file keeps apart from the text: they would not go out. */
  readonly hashtags: readonly string[];
  /** Name of the idea that several drafts are made from; empty when the file names none. */
  readonly set: string;
  /** Zone the time to leave at is meant in: `Asia/Karachi`, `UTC+05:00`; missing where it is the one of this machine. */
  readonly zone?: string;
};

/** Why nothing in a file is meant to leave. */
export type NotPublishable =
  | 'incoming'
  | 'plan'
  | 'task'
  | 'prompt'
  | 'report'
  | 'record'
  /** The text is said to be in another file. */
  | 'pointer'
  /** A payment, an appointment, a deletion: asked for approval, but no text to send. */
  | 'other_approval'
  | 'dropped_file'
  | 'long_document'
  /** Only words that hold the place of a text. */
  | 'placeholder'
  | 'no_text'
  | 'unreadable';

export type SourceName =
  | 'text'
  | 'platform'
  | 'action'
  | 'to'
  | 'cc'
  | 'bcc'
  | 'subject'
  | 'thread'
  | 'target'
  | 'media'
  | 'schedule'
  | 'expires'
  | 'hashtags';

/** Lines of the file, from 1, both included. */
export type LineRange = { readonly firstLine: number; readonly lastLine: number };

/** Lines that stay behind, with what is on them; long ones shortened. */
export type LeftOut = LineRange & { readonly text: string };

export type Source = LineRange & { readonly name: SourceName };

/** A text that may be the one to send. */
export type Candidate = {
  /** Names the text within its file: its SHA-256, hex. */
  readonly id: string;
  readonly text: string;
  readonly span: Span;
  readonly why: string;
};

/** A range of the decoded file (UTF-16 units, end excluded) and the lines it covers (from 1). */
export type Span = LineRange & {
  readonly start: number;
  readonly end: number;
};
