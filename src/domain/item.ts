import type { Thread } from './effect.ts';

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
  /** Markdown body of the item file. Untrusted. */
  readonly body: string;
  /** Whether a drafter may write a draft for it. */
  readonly draftable: Draftable;
};

export type Draftable =
  /** A reply to `reply.to` may be drafted. */
  | { readonly kind: 'reply'; readonly reply: ReplyContext }
  /** The draft is given with the item (schedule entries): written as it is. */
  | { readonly kind: 'ready'; readonly fileStem: string; readonly content: string }
  /** No draft, and why, in words for people; the item says it. */
  | { readonly kind: 'none'; readonly why: string };

/** What a drafter needs to write an answer that ends in the same thread. */
export type ReplyContext = {
  /** Platform id on which the answer leaves. */
  readonly platform: string;
  readonly to: { readonly name: string; readonly address: string };
  /** Of the answer, with its `Re: `. */
  readonly subject: string;
  readonly thread: Thread;
  /** Text of what is answered, already plain and bounded (≤ 20,000 characters). */
  readonly original: string;
};
