/** What people can ask for, what one tap carries, how the core answers, and what is put on record of it. */
import type { Actor } from './actor.ts';

/** Everything a person can ask for. Those about one draft are `DraftVerb`. */
export type Verb = DraftVerb | 'pause' | 'resume' | 'draft_reply';

export type DraftVerb =
  | 'approve'
  | 'reject'
  /** It was taken care of without us: nothing is to leave. */
  | 'close'
  | 'edit'
  /** Take the newest edit back: the text of before it. */
  | 'restore'
  /** "This part of the file is the text", where it holds several. */
  | 'choose'
  /** Take the marks of Markdown out of the text. */
  | 'plain'
  /** Put those in copy who got the message that is answered and would not get the answer. */
  | 'reply_all'
  /** Ask again later. */
  | 'postpone'
  /** Why it was rejected. */
  | 'reason'
  /** Take the last approve, reject or postpone back: possible until the point of no return. */
  | 'undo'
  /** Answers to an unknown outcome: it went out · it did not, ask me again · it did not, leave it. */
  | 'happened'
  | 'not_happened'
  | 'leave'
  /** Ask again for a failed draft. */
  | 'retry'
  /** Say something about it that is kept with it and never goes out. No decision. */
  | 'comment';

/** Those that change what a draft says, or say more about a decision; none of them lets anything out or holds it. */
export const asides: readonly DraftVerb[] = ['edit', 'restore', 'choose', 'plain', 'reply_all', 'reason'];

/** What people say most often when they reject; a channel offers them as one tap each. */
export const usualReasons = ['Wrong tone', 'Wrong facts', 'Not now'] as const;

/** A fact from outside: somebody wants something for the draft they saw. */
export type Tap = {
  readonly actor: Actor;
  /**
   * The same for the same tap whenever its channel delivers it again, and of no other tap there. Absent where nothing
   * is delivered twice.
   */
  readonly id?: string;
  /** The draft's short key, as on the card. */
  readonly key: string;
  /** Mark of the revision the person saw. A decision counts only for that one. */
  readonly revision: string;
  readonly verb: DraftVerb;
  /** The second question that the person answered with yes, as `asks` named it. */
  readonly sure?: string;
  /** New text for `edit`, reason for `reject` and `reason`, instant (ISO 8601) for `postpone` and, not before it, `approve`, id of the candidate for `choose`, what is said for `comment`; otherwise absent. */
  readonly text?: string;
  /** Bytes of a picture for `edit`: it takes the place of the draft's; the text stays where none is given. */
  readonly picture?: Uint8Array;
};

/** A decision on record. Rows are only added, never changed: an undo is a decision too. */
export type Decision = {
  readonly id: string;
  readonly draftId: string;
  /** Full revision hash it counts for. */
  readonly revision: string;
  readonly verb: DraftVerb;
  readonly actor: Actor;
  readonly at: Date;
  /** What was said with it: a reason, a new text, an instant; the addresses that `reply_all` adds, with `, ` between. */
  readonly reason: string;
  /**
   * Drafts of equal effect that the person was told of and said yes all the same. Undefined in rows from before that was
   * asked.
   */
  readonly knew: readonly string[] | undefined;
};

/** The answer to a tap: always words for the person (promise P6). */
export type Verdict =
  | { readonly kind: 'accepted'; readonly say: string }
  /**
   * Nothing was changed: it is risky, and nobody said yes to that yet. The same tap with this `sure` counts, unless
   * something else has become risky meanwhile.
   */
  | { readonly kind: 'asks'; readonly say: string; readonly risks: readonly string[]; readonly sure: string }
  | { readonly kind: 'refused'; readonly why: Refusal; readonly say: string };

export type Refusal =
  | 'not_allowed'
  | 'unknown_draft'
  /** The draft changed since; the new card is on its way. */
  | 'stale'
  /** Somebody decided before. */
  | 'decided'
  | 'too_late'
  | 'blocked'
  | 'bad_text'
  | 'trouble';
