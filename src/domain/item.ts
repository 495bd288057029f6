import type { Thread } from './effect.ts';
import type { Obstacle, WhyNoDraft } from './why-no-draft.ts';

/**
 * Something that came in and may need an action: a mail, a dropped file, a tick of the clock.
 * A watcher makes it, the workflow writes it once to `Needs_Action/`, a drafter may turn it into a draft.
 */
export type Item = {
  /**
   * Stable over restarts and re-deliveries, unique per event: the exactly-once point of everything that comes in.
   * At most 200 characters. Never shown.
   */
  readonly key: string;
  /** Name of the watcher that saw it. */
  readonly watcher: string;
  /** When it happened outside, not when we saw it. */
  readonly at: Date;
  /** First part of the file's name, e.g. `EMAIL_client_budget`; made safe and unique by the vault. */
  readonly fileStem: string;
  /** One line for people. Untrusted. */
  readonly title: string;
  /** Extra front matter, in order. Keys are ours, values untrusted; the vault quotes them. */
  readonly fields: readonly (readonly [key: string, value: string])[];
  /** Markdown body of the item file, made by the watcher; what strangers wrote stands in it as code or in a block. */
  readonly body: string;
  /** Whether a drafter may write a draft for it. */
  readonly draftable: Draftable;
  /** Only where it is a message somebody wrote: then its answers are told from messages out of nowhere. */
  readonly incoming?: Incoming;
  /** Only beside `incoming`: ids of messages that it follows, and the beginning of its text, plain, ≤ 2,000 characters. */
  readonly conversation?: { readonly follows: readonly string[]; readonly text: string };
};

/**
 * A message as it reached us, kept on record: what the card of its answer says of it, and the proof that its sender wrote
 * first. A draft may name any message; it can't make one.
 */
export type Incoming = {
  /** Message-ID with angle brackets. */
  readonly id: string;
  readonly from: Correspondent;
  /** To whom an answer goes: those the sender named for it, else the sender. */
  readonly answerTo: readonly Correspondent[];
  /** Who else got it, without ourselves and those an answer goes to. */
  readonly others: readonly Correspondent[];
  /** One line; a stranger wrote it. */
  readonly subject: string;
  readonly at: Date;
  /** What a careful reader would want to know before answering, in sentences of ours; strangers' words are set apart. */
  readonly cautions: readonly string[];
  /** Beginning of its text, plain; only where it follows another message that came in. */
  readonly excerpt?: string;
};

/** Somebody with an address; the name is what they call themselves, and proves nothing. */
export type Correspondent = { readonly name: string; readonly address: string };

export type Draftable =
  /** A reply may be drafted. */
  | { readonly kind: 'reply'; readonly reply: ReplyContext }
  /** The draft is given with the item (schedule entries): written as it is. */
  | { readonly kind: 'ready'; readonly fileStem: string; readonly content: string }
  /**
   * No draft, and why, in words for people; the item says it. `undrafted`: only where it is a message, with its text,
   * plain, as it stands in a block of `body`; empty when there is none.
   */
  | { readonly kind: 'none'; readonly why: string; readonly undrafted?: Undrafted & { readonly text: string } };

/** A message without a draft, as far as it goes on record. */
export type Undrafted = {
  readonly why: WhyNoDraft;
  /** Undefined where nobody can tell. */
  readonly from: Correspondent | undefined;
  /** One line; a stranger wrote it. */
  readonly subject: string;
  /** `original` is empty in it: the text lies in the item's file. */
  readonly answer:
    | { readonly kind: 'possible'; readonly reply: ReplyContext }
    | { readonly kind: 'impossible'; readonly obstacle: Obstacle };
};

/** Characters of what is answered that a drafter gets. */
export const mostOriginal = 20_000;

/** What a drafter needs to write an answer that ends in the same thread. */
export type ReplyContext = {
  /** Platform id on which the answer leaves. */
  readonly platform: string;
  /** All to whom it goes, at least one: the sender, or whom the sender wants answered instead. The first is greeted. */
  readonly to: readonly Correspondent[];
  /** Of the answer, with its `Re: `. */
  readonly subject: string;
  readonly thread: Thread;
  /** Text of what is answered, already plain and bounded (≤ `mostOriginal`). */
  readonly original: string;
};
